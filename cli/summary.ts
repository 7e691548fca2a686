/** The audit in plain words, for the terminal. */
import type { Audit, Finding } from '../lib/model/audit.ts';
import { messageText, visible } from '../lib/tell/message.ts';

/** Findings shown of one rule; the file holds them all. */
const MOST_OF_A_RULE = 5;
const MOST_GAPS = 10;

/** Lines for standard output; text of the page is escaped. */
export function summaryLines(audit: Audit, files: string[]): string[] {
  const { summary } = audit;
  const lines = [
    '',
    messageText(`verdict_${summary.verdict}`, {}),
    messageText('summary_counts', {
      errors: summary.errors,
      warnings: summary.warnings,
      notes: summary.notes,
      observations: summary.observations,
    }),
    messageText('summary_policy', { policy: `${audit.policy.id}, ${audit.policy.version}`, host: audit.site.host }),
  ];
  for (const level of ['error', 'warning', 'note'] as const) {
    const findings = audit.findings.filter((finding) => finding.level === level && finding.suppressed === null);
    if (findings.length === 0) continue;
    lines.push('', messageText(`level_${level}`, { count: findings.length }));
    for (const [rule, ofRule] of Map.groupBy(findings, (finding) => finding.rule)) lines.push(...ruleLines(rule, ofRule));
  }
  if (audit.gaps.length > 0) lines.push('');
  for (const gap of audit.gaps.slice(0, MOST_GAPS)) lines.push(messageText('summary_gap', { reason: gap.reason }));
  lines.push('', ...files.map((file) => messageText('summary_written', { file })));
  return lines;
}

function ruleLines(rule: string, findings: Finding[]): string[] {
  const clauses = [...new Set(findings.flatMap((finding) => finding.clauses))];
  const cited = clauses.length > 0 ? `, §${clauses.join(', ')}` : '';
  const title = `  ${messageText(`rule_${rule.replaceAll('-', '_')}`)} (${rule}${cited}): ${findings.length}`;
  const more = findings.length - MOST_OF_A_RULE;
  return [
    title,
    ...findings.slice(0, MOST_OF_A_RULE).map(findingLine),
    ...(more > 0 ? [messageText('summary_more', { count: more })] : []),
  ];
}

function findingLine({ message, outcome, count }: Finding): string {
  const doubt =
    outcome === 'unsure' ? ` (${messageText('outcome_unsure')})` : outcome === 'error' ? ` (${messageText('outcome_error')})` : '';
  return `    ${visible(message)}${count > 1 ? ` ×${count}` : ''}${doubt}`;
}
