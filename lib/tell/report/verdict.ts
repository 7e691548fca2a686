/** The verdict in one sentence, and what it rests on at a glance. */
import type { Finding } from '../../model/audit.ts';
import { visible } from '../message.ts';
import { inClauseOrder } from './clauses.ts';
import { h, type Content } from './element.ts';
import { ruleTitle } from './finding.ts';
import { instantText } from '../instant.ts';
import { inLanguage, localised, memberOf, type Report } from './report.ts';
import { paragraph, table, type Section } from './section.ts';

/** The policy's title in the report's language, else its id. */
export function policyTitle({ audit, language }: Report): string {
  return inLanguage(localised(memberOf(audit, 'source').title), language) ?? audit.policy.id;
}

export function verdictSection(report: Report): Section {
  const { audit, say } = report;
  const { summary } = audit;
  return {
    id: 'verdict',
    title: say('report_verdict'),
    content: [
      h(
        'p',
        { class: `verdict ${summary.verdict}` },
        h('strong', {}, say(`popup_verdict_${summary.verdict}`)),
        ' ',
        say(`report_verdict_${summary.verdict}`, { site: audit.site.host, policy: policyTitle(report), version: audit.policy.version }),
      ),
      h(
        'dl',
        { class: 'tallies' },
        tally(say('popup_count_error'), summary.errors, 'error'),
        tally(say('popup_count_warning'), summary.warnings, 'warning'),
        tally(say('popup_count_note'), summary.notes, 'note'),
        tally(say('report_observations'), summary.observations),
      ),
      paragraph(
        say('report_period', {
          from: instantText(audit.run.startedAt, report.timeZone),
          to: instantText(audit.run.endedAt, report.timeZone),
          zone: report.timeZone,
        }),
      ),
      audit.complete ? null : paragraph(say('report_incomplete'), 'aside'),
      summary.lost > 0 || audit.gaps.length > 0
        ? paragraph(say('report_impaired', { gaps: String(audit.gaps.length), lost: String(summary.lost) }), 'aside')
        : null,
      rulesTable(report),
    ],
  };
}

function tally(name: string, count: number, kind = ''): Content {
  return h('div', { class: `tally ${kind}` }, h('dt', {}, name), h('dd', {}, String(count)));
}

function rulesTable(report: Report): Content {
  const { audit, say } = report;
  const counted = audit.findings.filter(({ suppressed }) => suppressed === null);
  if (counted.length === 0) return null;
  const count = (findings: Finding[], test: (finding: Finding) => boolean): string => String(findings.filter(test).length || '–');
  return table(
    say('report_rules_caption'),
    [
      say('report_rule'),
      say('report_clauses'),
      ...['error', 'warning', 'note'].map((level) => say(`popup_count_${level}`)),
      say('report_unsure'),
    ],
    [...Map.groupBy(counted, ({ rule }) => rule)].map(([rule, findings]) => [
      ruleTitle(report, rule),
      visible([...new Set(findings.flatMap(({ clauses }) => clauses))].sort(inClauseOrder).join(', ')) || '–',
      count(findings, ({ level }) => level === 'error'),
      count(findings, ({ level }) => level === 'warning'),
      count(findings, ({ level }) => level === 'note'),
      count(findings, ({ outcome }) => outcome === 'unsure'),
    ]),
    { kind: 'numbers' },
  );
}
