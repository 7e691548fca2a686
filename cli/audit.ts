/** `npm run audit`: arguments in, exit code and report files out. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULESET } from '../lib/judge/ruleset.ts';
import type { Audit } from '../lib/model/audit.ts';
import type { PolicyDocument } from '../lib/model/policy.ts';
import { bundledPolicy } from '../lib/policy/bundled/index.ts';
import { normalisePolicy } from '../lib/policy/normalise.ts';
import { formatPolicyError } from '../lib/policy/policy-error.ts';
import { parsePolicy } from '../lib/policy/parse.ts';
import { composeAudit } from '../lib/session/compose-audit.ts';
import { hostOf } from '../lib/gather/url.ts';
import { readArguments, type AuditOptions } from './arguments.ts';
import { startDemo, type Demo } from './demo.ts';
import { EXIT, ExitError, usageError } from './exit.ts';
import { findBrowser, ROOT } from './find-browser.ts';
import { onInterruption } from './interruption.ts';
import { runScenario } from './run.ts';
import { checkAgainst, readScenario, VISIT_AND_RELOAD, type Scenario } from './scenario.ts';
import { languageOfEnvironment } from './language.ts';
import { summaryLines } from './summary.ts';
import { writeReports } from './write.ts';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const code = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof ExitError)) throw error;
  say(error.message);
  return error.code;
});
// A step that was interrupted may still be waiting for its timer; nobody waits for it any more.
process.stdout.write('', () => process.exit(code));

async function main(args: string[]): Promise<number> {
  const options = readArguments(args);
  const policyFile = options.policy === null ? null : readPolicy(options.policy);
  const scenarioFile = options.scenario === null ? null : readScenario(options.scenario);
  const demo = options.demo === null ? null : await startDemo(options.demo);
  try {
    return await audit(
      args,
      options,
      policyFile ?? demo?.policy ?? bundledPolicy,
      scenarioFile ?? demo?.scenario ?? VISIT_AND_RELOAD,
      demo,
    );
  } finally {
    await demo?.close();
  }
}

async function audit(args: string[], given: AuditOptions, policy: PolicyDocument, scenario: Scenario, demo: Demo | null): Promise<number> {
  const options = demo ? { ...given, ignoreHttpsErrors: true, ...demo.reachedBy(given) } : given;
  const scenarioFile = options.scenario ?? 'scenario';
  const first = options.url ?? scenario.start ?? demo?.url;
  if (first === undefined) throw usageError('A URL, a scenario with "start", or --demo is expected.');
  checkAgainst(first, policy, scenario, scenarioFile);
  prepareOutput(options.out);
  const browserPath = findBrowser(options.browser, options.browserPath, say);
  const sites = auditedSites(options, policy, first);
  const interruption = onInterruption(say);

  const startedAt = new Date().toISOString();
  const result = await runScenario({
    browserPath,
    options,
    policy,
    sites,
    scenario,
    scenarioFile,
    base: first,
    say,
    signal: interruption,
  });
  const endedAt = new Date().toISOString();
  const { evidence } = result;
  if (result.failure) evidence.gaps.push({ from: endedAt, to: endedAt, reason: `incomplete: ${result.failure.message}` });

  const report = composeAudit({
    evidence,
    policy,
    sites,
    tool: {
      name: 'consent-audit',
      version: (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version,
      build: process.env.CONSENT_AUDIT_BUILD ?? 'sha256:unknown',
      ruleset: RULESET,
      browser: { name: options.browser, version: result.browserVersion },
    },
    conditions: {
      operator: options.operator,
      purpose: options.purpose,
      commandLine: args,
      ...result.conditions,
      viewport: options.viewport,
      thirdPartyCookies: options.thirdPartyCookies,
      ignoreHttpsErrors: options.ignoreHttpsErrors,
      headless: !options.headed,
      browserArguments: options.browserArgs,
    },
    scenario,
    complete: result.complete,
    startedAt,
    endedAt,
  });
  const language = options.language ?? languageOfEnvironment(process.env);
  const files = writeReports(report, options.out, options.formats, language);
  process.stdout.write(`${summaryLines(report, files, language).join('\n')}\n`);
  if (result.failure) {
    say(result.failure.message);
    return result.failure.code;
  }
  return exitCode(report, options.failOn);
}

/** Findings that count first, then whether there is a verdict at all. */
function exitCode(report: Audit, failOn: AuditOptions['failOn']): number {
  const counts = failOn === 'never' ? [] : failOn === 'warning' ? ['error', 'warning'] : ['error'];
  if (report.findings.some((finding) => finding.outcome === 'fail' && finding.suppressed === null && counts.includes(finding.level)))
    return EXIT.findings;
  return report.summary.verdict === 'inconclusive' ? EXIT.noVerdict : EXIT.ok;
}

/** The hosts given by --site; a URL of another site than the policy's is itself the audited one. */
function auditedSites(options: AuditOptions, policy: PolicyDocument, url: string): string[] {
  const host = hostOf(url);
  if (normalisePolicy(policy, { sites: options.sites }).isSite(host)) return options.sites;
  say(`${host} is not a site of the policy ${policy.id}; it is audited in its place, as with --site ${host}.`);
  return [...options.sites, host];
}

function readPolicy(file: string): PolicyDocument {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}); expected a policy file.`);
  }
  const parsed = parsePolicy(text, file);
  if (!parsed.ok) throw usageError(formatPolicyError(parsed.errors[0] as (typeof parsed.errors)[number]));
  return parsed.document;
}

function prepareOutput(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw usageError(
      `--out ${folder}: cannot be made (${(error as NodeJS.ErrnoException).code ?? 'unwritable'}); expected a folder that can be written.`,
    );
  }
}
