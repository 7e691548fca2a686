/** What was declared and never seen, what could not be seen, what is suppressed, and what the policy itself leaves out. */
import type { Finding } from '../../model/audit.ts';
import { canonicalJson } from '../../model/canonical-json.ts';
import { reasonText, visible } from '../message.ts';
import { h, type Content } from './element.ts';
import { badge, findingId, messageOf, ruleTitle } from './finding.ts';
import { remedyText } from './findings.ts';
import { crashes, findingsOf } from './group.ts';
import { spanText } from './moments.ts';
import { membersOf, type Report } from './report.ts';
import { paragraph, table, type Section } from './section.ts';

export function unseenDeclaredSection(report: Report): Section {
  const { say } = report;
  return {
    id: 'never-seen',
    title: say('report_never_seen'),
    content: [
      paragraph(say('report_never_seen_explained')),
      sentences(report, findingsOf(report, 'declared-never-seen'), 'report_never_seen_none'),
    ],
  };
}

export function policyGapsSection(report: Report): Section {
  const { say } = report;
  return {
    id: 'policy-gaps',
    title: say('report_policy_gaps'),
    content: [
      paragraph(say('report_policy_gaps_explained')),
      sentences(report, findingsOf(report, 'policy-gap'), 'report_policy_gaps_none'),
      findingsOf(report, 'policy-gap').length === 0 ? null : remedy(report, 'policy-gap'),
    ],
  };
}

/** Gaps, losses, an audit that was cut short, and rules that said nothing. */
export function blindSection(report: Report): Section {
  const { audit, say } = report;
  const impaired = [...findingsOf(report, 'capture-gap'), ...crashes(report)];
  const whole = audit.complete && audit.gaps.length === 0 && audit.summary.lost === 0 && impaired.length === 0;
  return {
    id: 'unseen',
    title: say('report_unseen'),
    content: [
      whole ? paragraph(say('report_unseen_none')) : null,
      audit.complete ? null : paragraph(say('report_incomplete'), 'aside'),
      audit.summary.lost > 0 ? paragraph(say('report_lost', { count: String(audit.summary.lost) })) : null,
      audit.gaps.length === 0
        ? null
        : table(
            say('report_gaps_caption'),
            [say('report_from_to'), say('report_reason')],
            audit.gaps.map(({ from, to, reason }) => [spanText(report, from, to), visible(reasonText(reason, report.language))]),
          ),
      impaired.length === 0 ? null : [sentences(report, impaired, 'report_unseen_none'), remedy(report, 'capture-gap')],
      paragraph(say('report_servers_unseen')),
    ],
  };
}

export function suppressedSection(report: Report): Section {
  const { audit, say } = report;
  const suppressed = audit.findings.filter((finding) => finding.suppressed !== null);
  return {
    id: 'suppressed',
    title: say('report_suppressed'),
    content: [
      paragraph(say('report_suppressed_explained')),
      suppressed.length === 0
        ? paragraph(say('report_suppressed_none'))
        : table(
            say('report_suppressed'),
            [say('report_finding'), say('report_what'), say('report_clauses'), say('report_why_suppressed')],
            suppressed.map((finding) => [
              idOf(report, finding),
              [badge(report, finding), ' ', messageOf(report, finding)],
              clausesOf(finding),
              whySuppressed(finding),
            ]),
          ),
    ],
  };
}

/** Reason, author and expiry, or whatever else the audit holds of it. */
function whySuppressed({ suppressed }: Finding): Content {
  if (typeof suppressed !== 'object' || suppressed === null) return visible(canonicalJson(suppressed ?? null));
  return membersOf(suppressed, ['reason', 'author']).map(([name, value]) =>
    h('span', { class: 'line' }, `${visible(name)}: ${visible(typeof value === 'string' ? value : canonicalJson(value ?? null))}`),
  );
}

function sentences(report: Report, findings: Finding[], none: string): Content {
  const { say } = report;
  if (findings.length === 0) return paragraph(say(none));
  const rule = findings[0]?.rule ?? '';
  return table(
    ruleTitle(report, rule),
    [say('report_finding'), say('report_what'), say('report_clauses')],
    findings.map((finding) => [idOf(report, finding), messageOf(report, finding), clausesOf(finding)]),
    { kind: 'sentences' },
  );
}

function remedy(report: Report, rule: string): Content {
  return h('p', { class: 'remedy' }, h('strong', {}, report.say('report_remedy')), ' ', remedyText(report, rule));
}

function idOf(report: Report, finding: Finding): Content {
  return h('span', { id: findingId(report, finding), class: 'id' }, visible(finding.id));
}

function clausesOf({ clauses }: Finding): string {
  return visible(clauses.join(', ')) || '–';
}
