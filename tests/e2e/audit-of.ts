/** Runs the command line as a person would, over pages that a test makes, and reads what it wrote. */
import { spawn } from 'node:child_process';
import { mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Audit, Finding } from '../../lib/model/audit.ts';
import type { Observation } from '../../lib/model/observation.ts';
import type { PolicyDocument } from '../../lib/model/policy.ts';
import type { Answer, Host, Question } from '../site/exchange.ts';
import { leadingTo } from '../site/leading.ts';
import { startSite, type Site } from '../site/server.ts';

export type BrowserName = 'chromium' | 'firefox';

/** The browser that this run of the specs is about: vitest.config.ts runs those that concern both in each. */
export const BROWSER: BrowserName = process.env.CONSENT_AUDIT_TEST_BROWSER === 'firefox' ? 'firefox' : 'chromium';

/** `npm run test:full`. */
export const FULL = process.env.CONSENT_AUDIT_FULL === '1';

const COMMANDS = {
  audit: [join(import.meta.dirname, '..', '..', 'cli', 'audit.ts')],
  /** What `npm run audit` starts. */
  start: [join(import.meta.dirname, '..', '..', 'cli', 'start.mjs'), 'audit'],
};

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
  /** null where nothing was written. */
  audit: Audit | null;
  /** report.html; null where none was written. */
  report: string | null;
}

/** The command with these arguments, in a process group of its own; `whileRunning` gets the child, to interrupt it. */
export async function runAudit(
  args: string[],
  whileRunning?: (child: ReturnType<typeof spawn>, out: string) => void,
  command: keyof typeof COMMANDS = 'audit',
): Promise<Outcome> {
  const out = mkdtempSync(join(tmpdir(), 'audit-out-'));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...COMMANDS[command], '--out', out, ...args], {
    detached: command === 'start',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on('data', (text: Buffer) => {
    stderr += text.toString();
    whileRunning?.(child, stderr);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const file = join(out, 'audit.json');
  const audit = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Audit) : null;
  const page = join(out, 'report.html');
  const report = existsSync(page) ? readFileSync(page, 'utf8') : null;
  rmSync(out, { recursive: true, force: true });
  return { code, stdout, stderr, audit, report };
}

export const html = (body: string): Answer => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><meta charset="utf-8"><title>test</title>${body}`,
});
export const script = (body: string): Answer => ({ status: 200, type: 'text/javascript; charset=utf-8', body });

/** Pages by `host/path`; a function is asked each time. Anything else is answered with an empty 200, so that trackers are happy. */
export function pages(table: Record<string, Answer | ((question: Question) => Answer)>): Host {
  return (question) => {
    const found = table[`${question.url.hostname}${question.url.pathname}`];
    if (typeof found === 'function') return found(question);
    return found ?? { status: 200, type: 'text/plain', body: '' };
  };
}

/** What a person would write to have this browser find every host on one port. */
export function browserArguments(browser: BrowserName, port: number): string[] {
  const { args, prefs } = leadingTo(browser, port);
  return [
    '--browser',
    browser,
    ...args.map((arg) => `--browser-arg=${arg}`),
    ...Object.entries(prefs).map(([name, value]) => `--browser-pref=${name}=${value}`),
  ];
}

export interface PageAudit extends Outcome {
  audit: Audit;
  site: Site;
}

/** Audits pages of a test with its own scenario and policy; every host name leads to them. */
export async function auditPages(
  host: Host,
  steps: unknown[],
  policy: PolicyDocument,
  url = 'https://shop.test/',
  more: string[] = [],
  browser: BrowserName = BROWSER,
): Promise<PageAudit> {
  const site = await startSite({ form: 'clean', host });
  const folder = mkdtempSync(join(tmpdir(), 'audit-in-'));
  writeFileSync(join(folder, 'scenario.json'), JSON.stringify({ name: 'test', steps }));
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy));
  try {
    const outcome = await runAudit([
      url,
      '--scenario',
      join(folder, 'scenario.json'),
      '--policy',
      join(folder, 'policy.json'),
      '--ignore-https-errors',
      ...browserArguments(browser, site.port),
      ...more,
    ]);
    if (!outcome.audit) throw new Error(`no audit was written (exit ${outcome.code}): ${outcome.stderr}`);
    if (!outcome.audit.complete) throw new Error(`the audit is not complete (exit ${outcome.code}): ${outcome.stderr}`);
    return { ...outcome, audit: outcome.audit, site };
  } finally {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A small policy of shop.test; `more` replaces whole members. */
export function shopPolicy(more: Partial<PolicyDocument> = {}): PolicyDocument {
  return {
    format: 'consent-policy/1',
    id: 'shop.test',
    version: '1',
    sites: ['shop.test', '*.shop.test'],
    categories: [
      { id: 'mandatory', basis: 'contract', clause: '1' },
      { id: 'functional', basis: 'consent', clause: '2', retention: null },
      { id: 'analytical', basis: 'consent', clause: '3', retention: 'P24M', retentionClause: '5' },
      { id: 'marketing', basis: 'consent', clause: '4', retention: 'P12M', retentionClause: '5' },
    ],
    services: [
      {
        id: 'google-analytics',
        name: 'Google Analytics',
        category: 'analytical',
        clause: '3',
        hosts: ['*.google-analytics.com'],
        keys: ['_ga', '_ga_*'],
      },
    ],
    consent: { validity: 'P12M', clause: '7' },
    technologies: ['http-cookies', 'local-storage', 'pixel-tags'],
    ...more,
  };
}

export const found = (audit: Audit, rule: string, name?: string): Finding[] =>
  audit.findings.filter((finding) => finding.rule === rule && (name === undefined || finding.name === name));
export const seen = (audit: Audit, kind: Observation['kind'], name: string | null): Observation[] =>
  audit.observations.filter((o) => o.kind === kind && o.name === name && o.action !== 'present' && o.action !== 'read');

/** Each entry of the consent log with where it is known from. */
export const told = (audit: Audit): string[] => audit.consent.map(({ state, source }) => `${state} (${source})`);
/** Every choice begins with the person's own act. */
export const acts = (audit: Audit): (string | undefined)[] =>
  audit.consent.filter(({ byUser }) => byUser).map((entry) => audit.observations.find(({ id }) => id === entry.observations[0])?.kind);
