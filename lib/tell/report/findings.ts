/** The findings, service by service: the clauses they are held against, rule by rule, with what to do about it. */
import { visible } from '../message.ts';
import { clauseTable, inClauseOrder } from './clauses.ts';
import { h, type Content, type Element } from './element.ts';
import { casesTable, ruleTitle } from './finding.ts';
import { findingsByService, type RuleGroup, type ServiceGroup } from './group.ts';
import { categoryText, underscored, type Report } from './report.ts';
import { facts, paragraph, type Section } from './section.ts';

export function findingsSection(report: Report): Section {
  const { say } = report;
  const groups = findingsByService(report);
  return {
    id: 'findings',
    title: say('report_findings'),
    content: [
      groups.length === 0 ? paragraph(say('report_no_findings')) : paragraph(say('report_findings_explained')),
      groups.map((group) => serviceSection(report, group)),
    ],
    parts: groups.map((group) => ({
      id: serviceId(group),
      title: say('report_service_findings', { name: group.name, counts: countsText(report, group) }),
    })),
  };
}

function serviceId({ number }: ServiceGroup): string {
  return `service-${number}`;
}

/** `errors: 3, warnings: 1`, without what there is none of. */
export function countsText({ say }: Report, { findings }: Pick<ServiceGroup, 'findings'>): string {
  return (['error', 'warning', 'note'] as const)
    .map((level) => ({ level, count: findings.filter((finding) => finding.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => say(`report_count_${level}`, { count, value: String(count) }))
    .join(', ');
}

function serviceSection(report: Report, group: ServiceGroup): Element {
  const { say } = report;
  const id = serviceId(group);
  const clauses = [...new Set(group.findings.flatMap((finding) => finding.clauses))].sort(inClauseOrder);
  const rules = new Set(group.findings.map(({ rule }) => rule));
  const rows: [string, Content][] = [];
  if (group.operator !== null) rows.push([say('report_operator_of'), visible(group.operator)]);
  if (group.own) rows.push([say('report_service'), say('report_own_site')]);
  else if (group.category !== null) rows.push([say('report_category'), categoryText(report, group.category)]);
  if (!group.own && group.declared !== null)
    rows.push([say('report_in_policy'), say(group.declared ? 'report_declared' : 'report_undeclared')]);
  return h(
    'section',
    { class: 'service', 'aria-labelledby': id },
    h('h3', { id }, visible(group.name), ' ', h('span', { class: 'counts' }, countsText(report, group))),
    facts(rows),
    clauses.length === 0
      ? null
      : h(
          'details',
          { open: 'open' },
          h('summary', {}, say('report_clauses_cited')),
          clauseTable(report, say('report_clauses_of', { name: group.name }), clauses, rules),
        ),
    group.rules.map((rule) => ruleSection(report, rule, group.name)),
  );
}

function ruleSection(report: Report, { rule, cases }: RuleGroup, name: string): Content {
  const { say } = report;
  const clauses = [...new Set(cases.flat().flatMap((finding) => finding.clauses))].sort(inClauseOrder);
  return h(
    'div',
    { class: 'rule' },
    h(
      'h4',
      {},
      ruleTitle(report, rule),
      ' ',
      h('span', { class: 'counts' }, clauses.length === 0 ? '' : say('report_against', { clauses: clauses.join(', ') })),
    ),
    h('p', { class: 'remedy' }, h('strong', {}, say('report_remedy')), ' ', remedyText(report, rule)),
    casesTable(report, say('report_evidence_of', { rule: ruleTitle(report, rule), name }), cases),
  );
}

/** What to do about it, per rule. */
export function remedyText({ say }: Report, rule: string): string {
  return say.or(say('report_no_remedy'), `remedy_${underscored(rule)}`);
}
