/** One finding, or several that say the same of different profiles: what happened, and the evidence of each. */
import type { Finding } from '../../model/audit.ts';
import type { Observation, RequestFacts } from '../../model/observation.ts';
import { visible } from '../message.ts';
import { h, type Content, type Element } from './element.ts';
import { lifetimesOf, statedText } from './lifetimes.ts';
import { spanText, whenText } from './moments.ts';
import { underscored, type Report } from './report.ts';
import { code, folded } from './section.ts';

/** Where a finding stands; the id in a file may be anything. */
export function findingId({ audit }: Report, finding: Finding): string {
  return `finding-${audit.findings.indexOf(finding) + 1}`;
}

/** The sentence in the report's language, its period in words. */
export function messageOf(report: Report, finding: Finding): string {
  const { stated } = finding.arguments;
  const inWords: Record<string, string> = typeof stated === 'string' ? { stated: statedText(report, stated, NaN) } : {};
  return report.say.or(visible(finding.message), finding.messageId, { ...finding.arguments, ...inWords });
}

/** The finding's title, as the rule's own. */
export function ruleTitle({ say }: Report, rule: string): string {
  return say.or(visible(rule), `rule_${underscored(rule)}`);
}

/** The cited observation that the finding is held against: the one whose lifetimes it repeats, else the first of its kind and name. */
export function accusedOf(report: Report, finding: Finding): Observation | null {
  const cited = citedBy(report, finding);
  // A request has no name of its own: the finding's is that of the identifier which it carries.
  const own = cited.filter(({ kind, name }) => kind === finding.kind && (kind === 'request' || name === finding.name));
  const lives = own.find(({ cookie }) => (cookie?.asked ?? null) === finding.asked && (cookie?.granted ?? null) === finding.granted);
  return lives ?? own[0] ?? cited[0] ?? null;
}

function citedBy(report: Report, { observations }: Finding): Observation[] {
  return observations.map((id) => report.observation(id)).filter((o) => o !== null);
}

/**
 * The table of one rule: per case a sentence over the whole width, a row of evidence per finding, and the observations behind it.
 * @param cases findings that say the same of different profiles stand together
 */
export function casesTable(report: Report, caption: string, cases: readonly Finding[][]): Element {
  const { say } = report;
  const headings = [say('report_finding'), say('report_script'), say('report_when'), say('report_how_long')];
  return h(
    'table',
    { class: 'evidence' },
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, ...headings.map((heading) => h('th', { scope: 'col' }, heading)))),
    ...cases.map((findings) => caseRows(report, findings, String(headings.length))),
  );
}

function caseRows(report: Report, findings: Finding[], width: string): Element {
  const { say } = report;
  const first = findings[0] as Finding;
  const doubt = first.outcome === 'unsure' ? h('strong', { class: 'doubt' }, say('report_cannot_tell'), ' ') : null;
  const cited = new Set(findings.flatMap(({ observations }) => observations)).size;
  return h(
    'tbody',
    { class: `case ${first.level}` },
    h('tr', { class: 'what' }, h('th', { colspan: width, scope: 'rowgroup' }, badge(report, first), ' ', doubt, messageOf(report, first))),
    ...findings.map((finding) => evidenceRow(report, finding)),
    h(
      'tr',
      {},
      h(
        'td',
        { colspan: width, class: 'behind' },
        folded(
          say('report_observations_of', { count: String(cited) }),
          findings.map((finding) => observationsOf(report, finding)),
        ),
      ),
    ),
  );
}

/** The level by shape, colour and word. */
export function badge({ say }: Report, { level, outcome }: Pick<Finding, 'level' | 'outcome'>): Element {
  const shape = { error: '▲', warning: '◆', note: '●' }[level];
  return h(
    'span',
    { class: `badge ${level}${outcome === 'unsure' ? ' unsure' : ''}` },
    h('span', { 'aria-hidden': 'true' }, `${shape} `),
    say(`report_level_${level}`),
  );
}

function evidenceRow(report: Report, finding: Finding): Element {
  const { say } = report;
  const accused = accusedOf(report, finding);
  const cited = citedBy(report, finding);
  const earliest =
    cited.find(({ at, kind }) => at === finding.firstAt && kind === finding.kind) ??
    cited.find(({ at }) => at === finding.firstAt) ??
    accused;
  const cells: Content[] = [
    [
      h('span', { id: findingId(report, finding), class: 'id' }, visible(finding.id)),
      finding.profile === null ? null : h('span', { class: 'line' }, say('report_profile', { profile: String(finding.profile) })),
      finding.count > 1 ? h('span', { class: 'line' }, say('report_times', { count: finding.count, value: String(finding.count) })) : null,
    ],
    scriptOf(report, earliest),
    [
      earliest === null ? say('report_not_seen') : h('span', { class: 'line' }, whenText(report, earliest)),
      finding.firstAt === null
        ? null
        : h('span', { class: 'line quiet' }, spanText(report, finding.firstAt, finding.lastAt ?? finding.firstAt)),
      earliest === null ? null : h('span', { class: 'line quiet' }, code(visible(earliest.page))),
    ],
    howLong(report, finding, accused),
  ];
  return h('tr', {}, ...cells.map((cell) => h('td', {}, cell)));
}

/** Which script did it, as the page itself says; for what the network brought, the answer that brought it. */
export function scriptOf(report: Report, o: Observation | null): Content {
  const { say } = report;
  if (o === null) return say('report_not_seen');
  const before = o.action === 'present' ? report.writeBefore(o) : null;
  if (before !== null) return [h('span', { class: 'line' }, say('report_found_written_by')), scriptOf(report, before)];
  if (o.initiator !== null) {
    const { url, line, column, function: name } = o.initiator;
    const place = [visible(url), line, column].filter((part) => part !== null).join(':');
    return [
      h('span', { class: 'line' }, code(place)),
      name === null || name === '' ? null : h('span', { class: 'line' }, say('report_function'), ' ', code(visible(name))),
      h('span', { class: 'line quiet' }, say('report_claimed')),
    ];
  }
  if (o.request?.redirectedFrom)
    return [h('span', { class: 'line' }, say('report_redirected')), h('span', { class: 'line' }, code(visible(o.request.redirectedFrom)))];
  if (o.kind === 'request') return say(o.mechanism === 'navigation' ? 'report_navigation' : 'report_script_not_seen');
  const cause = o.cause === null ? null : report.observation(o.cause);
  if (cause?.request)
    return [h('span', { class: 'line' }, say('report_by_answer')), h('span', { class: 'line' }, code(visible(cause.request.url)))];
  return say(o.mechanism === 'snapshot' ? 'report_write_not_seen' : 'report_script_not_seen');
}

/** The lifetimes of what was stored; of a request, what it was and what it carried, with the lifetimes of the carried identifier. */
function howLong(report: Report, finding: Finding, accused: Observation | null): Content {
  const { say } = report;
  const carried =
    accused?.kind === 'request' ? (citedBy(report, finding).find(({ name }) => name !== null && name === finding.name) ?? null) : null;
  const before = accused?.action === 'present' ? report.writeBefore(accused) : null;
  // What was only found in the store began to live with the write, if that was seen.
  const lifetimes =
    before === null
      ? lifetimesOf(report, finding, carried ?? accused)
      : lifetimesOf(report, { ...finding, asked: null, granted: null }, before);
  const request = accused?.request ?? null;
  if (lifetimes.length === 0 && request === null) return say('report_not_stored');
  const lives = lifetimes.map(({ id, label, text }) => h('div', { class: id }, h('dt', {}, label), h('dd', {}, text)));
  return [
    request === null ? null : requestOf(report, request),
    carried === null ? null : h('span', { class: 'line' }, say('report_identifier_lives')),
    lives.length === 0 ? null : h('dl', { class: 'lives' }, ...lives),
  ];
}

function requestOf({ say }: Report, { method, type, status }: RequestFacts): Content {
  return [
    h('span', { class: 'line' }, say('report_request', { method, type })),
    h('span', { class: 'line' }, status === null ? say('report_no_answer') : say('report_answered', { status: String(status) })),
  ];
}

/** What a request carried, by name: a long list, so it stands below over the whole width. */
function carriedText({ say }: Report, o: Observation | null): Content {
  if (o === null || o.request === null) return null;
  const sent = [...new Set(o.request.sentIdentifiers.map(({ name }) => visible(name)))];
  return h(
    'p',
    { class: 'ids' },
    code(visible(o.request.url)),
    sent.length === 0 ? null : ['; ', say('report_identifiers_sent'), ' ', code(sent.join(', '))],
    o.request.data.length === 0 ? null : ['; ', say('report_data_sent'), ' ', code(visible(o.request.data.join(', ')))],
  );
}

function observationsOf(report: Report, finding: Finding): Content {
  const stack = citedBy(report, finding).find(({ initiator }) => (initiator?.stack.length ?? 0) > 1)?.initiator?.stack ?? [];
  return [
    h('p', { class: 'ids' }, `${visible(finding.id)}: `, code(finding.observations.map(visible).join(', '))),
    carriedText(report, accusedOf(report, finding)),
    stack.length === 0 ? null : h('p', { class: 'stack' }, report.say('report_stack'), ' ', code(stack.map(visible).join(' ← '))),
  ];
}
