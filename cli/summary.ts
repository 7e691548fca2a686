/** The audit in plain words, for the terminal. */
import type { Audit, Finding } from '../lib/model/audit.ts';
import { messageText, visible } from '../lib/tell/message.ts';

const MOST_FINDINGS = 40;

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
    for (const finding of findings.slice(0, MOST_FINDINGS)) lines.push(...findingLines(finding));
    if (findings.length > MOST_FINDINGS) lines.push(messageText('summary_more', { count: findings.length - MOST_FINDINGS }));
  }
  for (const gap of audit.gaps.slice(0, 10)) lines.push(messageText('summary_gap', { reason: gap.reason }));
  lines.push('', ...files.map((file) => messageText('summary_written', { file })));
  return lines;
}

function findingLines(finding: Finding): string[] {
  const clauses = finding.clauses.length > 0 ? ` §${finding.clauses.join(', ')}` : '';
  const unsure =
    finding.outcome === 'unsure'
      ? ` (${messageText('outcome_unsure')})`
      : finding.outcome === 'error'
        ? ` (${messageText('outcome_error')})`
        : '';
  return [`  ${finding.rule}${clauses}${unsure}`, `    ${visible(finding.message)}${finding.count > 1 ? ` ×${finding.count}` : ''}`];
}
