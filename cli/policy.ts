/** `npm run policy -- FILE`: checks a policy file and says in plain words what it leaves out. Exit 0, or 2 for bad usage or a bad file. */
import { readFileSync } from 'node:fs';
import { policyGaps } from '../lib/policy/gaps.ts';
import { normalisePolicy } from '../lib/policy/normalise.ts';
import { parsePolicy } from '../lib/policy/parse.ts';
import { formatPolicyError } from '../lib/policy/policy-error.ts';
import { messageText } from '../lib/tell/message.ts';

process.exitCode = main(process.argv.slice(2));

function main(args: string[]): number {
  const [file, ...rest] = args;
  if (file === undefined || file.startsWith('-') || rest.length > 0) return refuse([messageText('policy_usage', {})]);

  const text = readPolicyFile(file);
  if ('found' in text) return refuse([messageText('policy_unreadable', { file, found: text.found })]);
  const parsed = parsePolicy(text.content, file);
  if (!parsed.ok) return refuse(parsed.errors.map(formatPolicyError));

  const { document } = parsed;
  const policy = normalisePolicy(document);
  const gaps = policyGaps(policy);
  const lines = [
    messageText('policy_summary_title', { id: document.id, version: document.version }),
    messageText('policy_summary_sites', { sites: document.sites.join(', ') }),
    messageText('policy_summary_counts', {
      categories: document.categories.length,
      services: document.services?.length ?? 0,
      keys: (document.keys?.length ?? 0) + (document.services ?? []).reduce((sum, service) => sum + (service.keys?.length ?? 0), 0),
      clauses: Object.keys(document.clauses ?? {}).length,
    }),
    messageText('policy_summary_digest', { sha256: policy.sha256 }),
    messageText('policy_summary_gaps', { count: gaps.length }),
    ...gaps.map((gap) => {
      const text = messageText(gap.messageId, gap.arguments);
      return gap.clauses.length === 0
        ? `- ${text}`
        : `- ${text} (${messageText('policy_summary_clauses', { clauses: gap.clauses.join(', ') })})`;
    }),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function refuse(lines: string[]): number {
  process.stderr.write(`${lines.join('\n')}\n`);
  return 2;
}

/** The file's text, or why there is none (the operating system's error code, or that it is no UTF-8). */
function readPolicyFile(file: string): { content: string } | { found: string } {
  try {
    return { content: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file)) };
  } catch (error) {
    // Whatever went wrong, the answer is the same one line; only the code differs.
    return { found: error instanceof Error && 'code' in error ? String(error.code) : 'an unreadable file' };
  }
}
