/** Bad input, missing browsers, unreachable pages and interruption: one clear line, the right exit code, nothing lost. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../lib/model/canonical-json.ts';
import { composeAudit } from '../../lib/session/compose-audit.ts';
import { startSite } from '../site/server.ts';
import { auditPages, html, pages, runAudit, shopPolicy } from './audit-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'command-line-'));
const write = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

const policy = JSON.stringify({ ...shopPolicy(), categories: [{ id: 'analytical', basis: 'consent', retention: '24 months' }] });
const BAD: [string, string[], RegExp][] = [
  ['a scenario that is not there', ['https://shop.test', '--scenario', join(folder, 'none.json')], /none\.json: cannot be read/],
  [
    'a scenario that is not JSON',
    ['https://shop.test', '--scenario', write('broken.json', '{ "steps": [')],
    /broken\.json: \/steps\/0: found the end of the file/,
  ],
  [
    'a step that does not exist',
    ['https://shop.test', '--scenario', write('wrong.json', '{ "steps": [{ "visit": "/" }, { "tap": "#x" }] }')],
    /wrong\.json: \/steps\/1: found "tap", expected one of/,
  ],
  [
    'a step of another type',
    ['https://shop.test', '--scenario', write('type.json', '{ "steps": [{ "wait": "long" }] }')],
    /type\.json: \/steps\/0\/wait: found "long", expected a number/,
  ],
  [
    'a step of a later version',
    ['https://shop.test', '--scenario', write('later.json', '{ "steps": [{ "choose": "accept" }] }')],
    /\/steps\/0\/choose: the step "choose" is not available/,
  ],
  [
    'a policy with a wrong duration',
    ['https://shop.test', '--policy', write('policy.json', policy)],
    /policy\.json: \/categories\/0\/retention: found "24 months", expected an ISO 8601 duration/,
  ],
  ['an unknown option', ['--frobnicate'], /--frobnicate: unknown option/],
  ['a format of a later version', ['--format', 'json,sarif'], /--format sarif: not available in this version/],
  ['an option of a later version', ['--baseline', 'x'], /--baseline: not available in this version/],
  ['a preference that is none', ['--browser', 'firefox', '--browser-pref', 'network.proxy.type'], /expected NAME=VALUE such as/],
  ['a preference for Chromium', ['--browser-pref', 'network.proxy.type=1'], /preferences are Firefox's/],
  [
    'a preference that the audit needs',
    ['--browser=firefox', '--browser-pref=extensions.webextensions.uuids={}'],
    /the audit itself needs/,
  ],
  ['a browser that is neither', ['--browser', 'netscape'], /--browser netscape: expected chromium or firefox/],
  ['something that is no URL', ['ftp://shop.test/'], /expected an http: or https: URL/],
];

test.each(BAD)('%s: exit 2 and one line', async (_what, args, line) => {
  const { code, stderr, stdout, audit } = await runAudit(args);
  expect(stderr).toMatch(line);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stdout).toBe('');
  expect(audit).toBeNull();
  expect(code).toBe(2);
});

test('a browser that is not there: exit 3', async () => {
  const { code, stderr } = await runAudit(['https://shop.test', '--browser-path', join(folder, 'no-browser')]);
  expect(stderr.trim()).toMatch(/no-browser: there is no such browser/);
  expect(code).toBe(3);
});

test('a page that cannot be reached: exit 3 and a readable, incomplete audit', async () => {
  const { code, stderr, audit } = await runAudit(['https://shop.test', '--browser-arg=--host-resolver-rules=MAP * ~NOTFOUND']);
  expect(stderr).toMatch(/https:\/\/shop\.test\/: the page could not be opened \(net::ERR_NAME_NOT_RESOLVED/);
  expect(audit).toMatchObject({ complete: false, summary: { verdict: 'inconclusive' } });
  expect(code).toBe(3);
});

test('a control that is not there: exit 3, what came before it is in the file', async () => {
  await expect(
    auditPages(
      pages({ 'shop.test/': html('<script>document.cookie="_ga=1;Secure"</script>') }),
      [{ visit: '/' }, { click: '#nothing' }],
      shopPolicy(),
    ),
  ).rejects.toThrow(/scenario\.json: \/steps\/1: "#nothing" could not be used/);
});

test('interrupted: exit 130, and what was observed so far is readable and marked incomplete', async () => {
  const site = await startSite({ form: 'clean', host: pages({ 'shop.test/': html('<script>document.cookie="_ga=1;Secure"</script>') }) });
  const scenario = write('wait.json', JSON.stringify({ steps: [{ visit: '/' }, { wait: 600_000 }] }));
  try {
    let sent = false;
    const { code, audit, stderr } = await runAudit(
      [
        'https://shop.test/',
        '--policy',
        write('shop.json', JSON.stringify(shopPolicy())),
        '--scenario',
        scenario,
        '--ignore-https-errors',
        `--browser-arg=--host-resolver-rules=MAP * 127.0.0.1:${site.port}`,
      ],
      (child, out) => {
        if (sent || !out.includes('wait 600000')) return;
        sent = true;
        child.kill('SIGINT');
      },
    );
    expect(stderr).toContain('Interrupted');
    expect(code).toBe(130);
    expect(audit?.complete).toBe(false);
    expect(audit?.observations.some(({ name, action }) => name === '_ga' && action === 'set')).toBe(true);
  } finally {
    await site.close();
  }
});

test('npm run policy: a good file exits 0, a bad one 2', () => {
  const run = (file: string) =>
    spawnSync(process.execPath, [join(import.meta.dirname, '..', '..', 'cli', 'policy.ts'), file], { encoding: 'utf8' });
  expect(run(write('good.json', JSON.stringify(shopPolicy())))).toMatchObject({ status: 0 });
  const bad = run(write('bad.json', policy));
  expect(bad.status).toBe(2);
  expect(bad.stderr).toContain('/categories/0/retention');
});

test('the same observations and policy give the same findings, byte for byte', async () => {
  const { audit } = await auditPages(
    pages({ 'shop.test/': html('<script>document.cookie="_ga=1;Secure"; localStorage.x = 1</script>') }),
    [{ visit: '/' }],
    shopPolicy(),
  );
  const again = () =>
    canonicalJson(
      composeAudit({
        evidence: {
          format: 'consent-evidence/1',
          profiles: [{ profile: 1, clean: true }],
          visits: audit.run.visits,
          observations: audit.observations,
          gaps: audit.gaps,
          lost: audit.summary.lost,
        },
        policy: shopPolicy(),
        sites: [],
        tool: audit.tool,
        conditions: audit.conditions,
        scenario: audit.run.scenario,
        complete: true,
        startedAt: audit.run.startedAt,
        endedAt: audit.run.endedAt,
      }).findings,
    );
  expect(again()).toBe(canonicalJson(audit.findings));
  expect(again()).toBe(again());
});
