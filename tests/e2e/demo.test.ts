/** The bundled demo in both forms: the verdicts, and nothing missed of what reached the server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@cfworker/json-schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Audit } from '../../lib/model/audit.ts';
import { demoPolicy } from '../site/policy.ts';
import { HOST_NAMES } from '../site/hosts/index.ts';
import { startSite, type Site } from '../site/server.ts';
import { BROWSER, browserArguments, runAudit } from './audit-of.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

const ROOT = join(import.meta.dirname, '..', '..');

test('--demo clean keeps to the policy: exit 0, nothing above a note', async () => {
  const { code, audit, stdout } = await runAudit(['--demo', 'clean', '--browser', BROWSER]);
  expect(audit?.findings.filter(({ level }) => level !== 'note')).toEqual([]);
  expect(audit?.summary).toMatchObject({ verdict: 'pass', errors: 0, warnings: 0, lost: 0 });
  expect(audit?.complete).toBe(true);
  expect(stdout).toContain('PASS');
  expect(code).toBe(0);
});

describe('the breaking form, audited as a page outside the project', () => {
  let site: Site;
  let audit: Audit;
  let code: number | null;
  beforeAll(async () => {
    site = await startSite({ form: 'breaking' });
    const folder = mkdtempSync(join(tmpdir(), 'demo-'));
    writeFileSync(join(folder, 'policy.json'), JSON.stringify(demoPolicy()));
    const outcome = await runAudit([
      'https://send-box.com/kk/',
      '--policy',
      join(folder, 'policy.json'),
      '--scenario',
      join(ROOT, 'tests', 'site', 'scenario.json'),
      '--ignore-https-errors',
      ...browserArguments(BROWSER, site.port),
    ]);
    rmSync(folder, { recursive: true, force: true });
    if (!outcome.audit) throw new Error(outcome.stderr);
    ({ audit } = outcome);
    ({ code } = outcome);
  });
  afterAll(() => site.close());

  test('exit 1, and at least twelve rules are broken', () => {
    expect(code).toBe(1);
    expect(audit.summary.verdict).toBe('fail');
    const broken = new Set(audit.findings.filter(({ level, outcome }) => level !== 'note' && outcome === 'fail').map(({ rule }) => rule));
    expect([...broken].sort()).toEqual([
      'active-after-withdrawal',
      'choice-ignored',
      'consent-mode-contradiction',
      'consent-presumed',
      'consent-record-too-long',
      'cookie-sync',
      'endless-storage',
      'identifier-sent-after-withdrawal',
      'identifier-sent-before-choice',
      'insecure-cookie',
      'insecure-transport',
      'left-after-withdrawal',
      'request-before-choice',
      'retention-exceeded',
      'rolling-renewal',
      'session-declared-persistent',
      'session-replay',
      'stored-before-choice',
      'undeclared-cookie',
      'undeclared-data',
      'undeclared-recipient',
      'undeclared-storage',
      'undeclared-technology',
    ]);
  });

  test('every finding cites clauses and observations that exist', () => {
    const ids = new Set(audit.observations.map(({ id }) => id));
    for (const finding of audit.findings) {
      if (!['policy-gap', 'capture-gap', 'declared-never-seen'].includes(finding.rule)) {
        expect(finding.observations.length, finding.rule).toBeGreaterThan(0);
        expect(finding.clauses.length, finding.rule).toBeGreaterThan(0);
      }
      expect(finding.observations.filter((id) => !ids.has(id))).toEqual([]);
      expect(finding.message).not.toMatch(/finding_|\{\w+\}/);
    }
  });

  test('the file keeps to its published schema', () => {
    const schema = JSON.parse(readFileSync(join(ROOT, 'public', 'schema', 'consent-audit-1.schema.json'), 'utf8')) as ConstructorParameters<
      typeof Validator
    >[0];
    expect(new Validator(schema, '2020-12').validate(audit).errors).toEqual([]);
  });

  test('every request that reached the server is in it, and every cookie that the server asked to set', () => {
    const addresses = (list: string[]): Map<string, number> =>
      list.reduce((counts, address) => counts.set(address, (counts.get(address) ?? 0) + 1), new Map<string, number>());
    // The browser's own traffic also reaches a server that plays every host, and asks for icons on its own account.
    const served = site.log().filter(({ host, path }) => HOST_NAMES.includes(host) && !/icon/.test(path));
    const reported = addresses(
      audit.observations
        .filter(({ request }) => request && !request.internal)
        .map(({ request }) => `${request?.method} ${request?.url.replace(/^(https?):\/\//, '$1 ')}`),
    );
    const missing = [...addresses(served.map(({ method, scheme, host, path }) => `${method} ${scheme} ${host}${path}`))].filter(
      ([address, count]) => (reported.get(address) ?? 0) < count,
    );
    expect(missing.filter(([address]) => !/[A-Za-z0-9]{24,}/.test(address))).toEqual([]);
    const asked = addresses(served.flatMap(({ setCookies }) => setCookies));
    const seen = addresses(audit.observations.filter(({ mechanism }) => mechanism === 'http').map(({ name }) => name ?? ''));
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(asked));
  });

  test('the order of happening is the order of seq, and ids follow it', () => {
    expect(audit.observations.map(({ seq }) => seq)).toEqual(audit.observations.map((_, index) => index + 1));
    expect(audit.gaps).toEqual([]);
  });
});
