/** The consent timeline: a picture per profile, and the same in words. */
import type { ConsentEntry } from '../../../model/audit.ts';
import type { Phase } from '../../../model/observation.ts';
import { PHASES } from '../../../model/observation.ts';
import { activityByService, type ServiceActivity } from '../../activity.ts';
import { exactInstantText } from '../../instant.ts';
import { visible } from '../../message.ts';
import { h, type Content, type Element } from '../element.ts';
import { actText, stateText } from '../moments.ts';
import { categoryText, membersOf, underscored, type Report } from '../report.ts';
import { code, paragraph, table, type Section } from '../section.ts';
import { gravest } from './marks.ts';
import { markShape, picture } from './picture.ts';

/** Rows of one picture: what fits on a sheet of paper. */
const MOST_ROWS = 30;
const ACTIVITY = 'activity';

export function timelineSection(report: Report): Section {
  const { audit, say } = report;
  const rows = activityByService(audit);
  const graves = gravest(audit);
  const pictures = report.profiles.flatMap((profile) => {
    const own = rows.filter((row) => row.observations.some(({ visit }) => report.profileOf(visit) === profile));
    const parts = Array.from({ length: Math.max(1, Math.ceil(own.length / MOST_ROWS)) }, (_, part) =>
      own.slice(part * MOST_ROWS, (part + 1) * MOST_ROWS),
    );
    return parts.map((part, index) => {
      const title = pictureTitle(report, profile, index, parts.length);
      return h('figure', {}, h('figcaption', {}, title), picture(report, profile, part, graves, title, ACTIVITY));
    });
  });
  return {
    id: 'timeline',
    title: say('report_timeline'),
    content: [
      paragraph(say('report_timeline_explained')),
      legend(report),
      pictures,
      h('h3', {}, say('report_choices')),
      choices(report),
      h('h3', { id: ACTIVITY }, say('report_activity')),
      activityTable(report, rows),
    ],
  };
}

function pictureTitle({ say, acts }: Report, profile: number, index: number, parts: number): string {
  const own = acts.filter((act) => act.profile === profile).length;
  const title = say('report_picture_title', { profile: String(profile), choices: String(own) });
  return parts === 1 ? title : `${title} (${index + 1}/${parts})`;
}

/** The signs of the pictures, each drawn as there. */
function legend({ say }: Report): Element {
  const signs = [
    ['report_sign_stored', 'stored', null],
    ['report_sign_request', 'requests', null],
    ['report_sign_error', 'stored', 'error'],
    ['report_sign_warning', 'stored', 'warning'],
    ['report_sign_unsure', 'stored', 'unsure'],
  ] as const;
  return h(
    'ul',
    { class: 'legend' },
    ...signs.map(([key, kind, grave]) =>
      h(
        'li',
        {},
        h('svg', { viewBox: '0 0 14 14', class: 'sign', 'aria-hidden': 'true' }, markShape({ kind, x: 7, count: 2, grave }, 7)),
        ' ',
        say(key),
      ),
    ),
    h(
      'li',
      {},
      h(
        'svg',
        { viewBox: '0 0 14 14', class: 'sign', 'aria-hidden': 'true' },
        h('rect', { class: 'band before-choice', x: '0', y: '0', width: '14', height: '14' }),
      ),
      ' ',
      say('report_sign_before'),
    ),
    h('li', {}, say('report_sign_size')),
  );
}

/** Every entry of the consent timeline, the ones without a person's act included. */
function choices(report: Report): Content {
  const { audit, say } = report;
  if (audit.consent.length === 0) return paragraph(say('report_no_consent'));
  return table(
    say('report_choices_caption'),
    [say('report_moment'), say('report_new_visitor'), say('report_what'), say('report_known_from'), say('report_categories')],
    audit.consent.map((entry) => {
      const act = report.acts.find((one) => one.entry === entry);
      return [
        exactInstantText(entry.at, report.timeZone),
        String(report.profileOf(entry.visit)),
        act
          ? actText(report, act)
          : say(entry.source === 'start' ? 'report_visit_began' : 'report_without_act', { state: stateText(report, entry.state) }),
        sourceText(report, entry.source),
        categoriesText(report, entry),
      ];
    }),
  );
}

/** Line by line what is allowed, what is not, and what was not offered; in the policy's own order, then by the site's own names. */
function categoriesText(report: Report, { categories, otherNames = {} }: ConsentEntry): Content {
  const { say } = report;
  const list = report.audit.policy.document.categories;
  const declared = Array.isArray(list) ? (list as { id?: unknown }[]).map(({ id }) => String(id)) : [];
  return (['granted', 'refused', 'open'] as const).map((word) => {
    const own = membersOf(categories, declared).flatMap(([id, granted]) => (wordOf(granted) === word ? [id] : []));
    const named = Object.entries(otherNames).flatMap(([name, granted]) => (wordOf(granted) === word ? [`"${visible(name)}"`] : []));
    const all = [...own.map((id) => categoryText(report, id)), ...named];
    if (all.length === 0) return null;
    return h('span', { class: 'line' }, `${say(`popup_category_${word}`)}: ${all.join(', ')}`);
  });
}

function wordOf(granted: unknown): 'granted' | 'refused' | 'open' {
  return granted === null ? 'open' : granted === true ? 'granted' : 'refused';
}

function sourceText({ say }: Report, source: string): string {
  const platform = /^cmp:(.*)$/s.exec(source)?.[1];
  return platform === undefined
    ? say.or(visible(source), `popup_source_${underscored(source)}`)
    : say('popup_source_cmp', { name: platform });
}

/** What each service did in each state of consent: the picture in numbers. */
function activityTable(report: Report, rows: readonly ServiceActivity[]): Content {
  const { say } = report;
  if (rows.length === 0) return paragraph(say('report_nothing_seen'));
  const phases = PHASES.filter((phase) => rows.some((row) => row.phases[phase] !== undefined));
  const cell = (row: ServiceActivity, phase: Phase): string => {
    const counts = row.phases[phase];
    return counts === undefined ? '–' : `${counts.stored} / ${counts.requests}`;
  };
  return table(
    say('report_activity_caption'),
    [say('report_service'), ...phases.map((phase) => stateText(report, phase)), say('popup_count_error'), say('popup_count_warning')],
    rows.map((row) => [
      [row.service === null ? code(visible(row.name)) : visible(row.name), h('span', { class: 'line quiet' }, aboutRow(report, row))],
      ...phases.map((phase) => cell(row, phase)),
      String(row.errors),
      String(row.warnings),
    ]),
    { kind: 'numbers' },
  );
}

function aboutRow(report: Report, { key, category, declared }: ServiceActivity): string {
  const { say } = report;
  if (key.startsWith('site:')) return say('report_own_site');
  return `${categoryText(report, category)}, ${say(declared ? 'report_declared' : 'report_undeclared')}`;
}
