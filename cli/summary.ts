/** The audit in plain words, for the terminal. */
import type { Audit, Finding } from '../lib/model/audit.ts';
import type { Language } from '../lib/model/policy.ts';
import { visible } from '../lib/tell/message.ts';
import { sayIn, type Say } from '../lib/tell/say.ts';

/** Findings shown of one rule; the file holds them all. */
const MOST_OF_A_RULE = 5;
const MOST_GAPS = 10;

/** Lines for standard output; text of the page is escaped. */
export function summaryLines(audit: Audit, files: string[], language: Language): string[] {
  const say = sayIn(language);
  const { summary } = audit;
  const lines = [
    '',
    say(`verdict_${summary.verdict}`, {}),
    say('summary_counts', {
      errors: summary.errors,
      warnings: summary.warnings,
      notes: summary.notes,
      observations: summary.observations,
    }),
    say('summary_policy', { policy: `${audit.policy.id}, ${audit.policy.version}`, host: audit.site.host }),
  ];
  for (const level of ['error', 'warning', 'note'] as const) {
    const findings = audit.findings.filter((finding) => finding.level === level && finding.suppressed === null);
    if (findings.length === 0) continue;
    lines.push('', say(`level_${level}`, { count: findings.length }));
    for (const [rule, ofRule] of Map.groupBy(findings, (finding) => finding.rule)) lines.push(...ruleLines(rule, ofRule, say));
  }
  if (audit.gaps.length > 0) lines.push('');
  for (const gap of audit.gaps.slice(0, MOST_GAPS)) lines.push(say('summary_gap', { reason: gap.reason }));
  lines.push('', ...files.map((file) => say('summary_written', { file })));
  return lines;
}

function ruleLines(rule: string, findings: Finding[], say: Say): string[] {
  const clauses = [...new Set(findings.flatMap((finding) => finding.clauses))];
  const cited = clauses.length > 0 ? `, §${clauses.join(', ')}` : '';
  const title = `  ${say(`rule_${rule.replaceAll('-', '_')}`)} (${rule}${cited}): ${findings.length}`;
  const more = findings.length - MOST_OF_A_RULE;
  return [
    title,
    ...findings.slice(0, MOST_OF_A_RULE).map((finding) => findingLine(finding, say)),
    ...(more > 0 ? [say('summary_more', { count: more })] : []),
  ];
}

function findingLine({ message, messageId, arguments: args, outcome, count }: Finding, say: Say): string {
  const doubt = outcome === 'unsure' ? ` (${say('outcome_unsure')})` : outcome === 'error' ? ` (${say('outcome_error')})` : '';
  return `    ${say.or(visible(message), messageId, args)}${count > 1 ? ` ×${count}` : ''}${doubt}`;
}
