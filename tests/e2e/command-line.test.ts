/** Bad input, missing browsers, unreachable pages and interruption: one clear line, the right exit code, nothing lost. */
import { spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../lib/model/canonical-json.ts';
import { composeAudit } from '../../lib/session/compose-audit.ts';
import { auditPages, html, pages, runAudit, shopPolicy } from './audit-of.ts';
import { killThose, whileItWaits } from './cut-short.ts';

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
    /type\.json: \/steps\/0\/wait: found "long", expected milliseconds from 0 to 2147483647/,
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
  [
    'a mark of a category that the bundled policy does not have',
    ['https://send-box.com', '--scenario', write('mark.json', '{ "steps": [{ "visit": "/" }, { "mark": { "analitical": true } }] }')],
    /mark\.json: \/steps\/1\/mark\/analitical: found a category that the policy send-box\.com does not have, expected one of: mandatory, /,
  ],
  [
    'a visit that leads nowhere on the web',
    ['https://shop.test', '--scenario', write('visit.json', '{ "steps": [{ "visit": "javascript:alert(1)" }] }')],
    /visit\.json: \/steps\/0\/visit: found "javascript:alert\(1\)", expected an http: or https: URL, or a path/,
  ],
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
  ).rejects.toThrow(/scenario\.json: \/steps\/1: "#nothing" could not be used within 10 s \(it is not there\)/);
});

const ENDINGS: [string, (child: ChildProcess) => void, RegExp, number, string[]][] = [
  ['interrupted', (child) => void child.kill('SIGINT'), /Interrupted: the audit holds what was observed so far/, 130, []],
  [
    'the page crashes',
    (child) => killThose(child, ({ command }) => command.includes('--type=renderer') && !command.includes('--extension-process')),
    /The audit was cut short: the page crashed/,
    3,
    ['document-cut-off: https://shop.test/'],
  ],
  [
    'the browser is killed',
    (child) => killThose(child, ({ command }) => command.includes('--remote-debugging-pipe') && !command.includes('--type=')),
    /The audit was cut short: the browser went down/,
    3,
    ['recording-cut-off: https://shop.test/'],
  ],
  [
    'the extension goes down',
    (child) => killThose(child, ({ command }) => command.includes('--extension-process')),
    /The audit was cut short: the extension's process went down/,
    3,
    ['recording-cut-off: https://shop.test/'],
  ],
];

test.each(ENDINGS)('%s: what was observed so far is readable and marked incomplete', async (_what, meddle, line, code, gaps) => {
  const { stderr, audit, code: ended } = await whileItWaits('chromium', meddle);
  expect(stderr).toMatch(line);
  expect(audit?.complete).toBe(false);
  expect(audit?.observations.some(({ name, action }) => name === '_ga' && action === 'set')).toBe(true);
  expect(audit?.gaps.map(({ reason }) => reason)).toEqual(expect.arrayContaining(gaps));
  expect(ended).toBe(code);
});

test.each<[string, (child: ChildProcess) => void]>([
  ['the process that was started', (child) => void child.kill('SIGINT')],
  ['its whole group, as a terminal does', (child) => void process.kill(-(child.pid as number), 'SIGINT')],
])('an interruption that is sent to %s ends the audit once, and gently', async (_what, interrupt) => {
  const { stderr, audit, code } = await whileItWaits('chromium', interrupt, 'start');
  expect(stderr.match(/^Interrupted.*$/gm)).toEqual([
    'Interrupted; writing what was observed so far … (interrupt again to end without it)',
    'Interrupted: the audit holds what was observed so far.',
  ]);
  expect(audit?.complete).toBe(false);
  expect(audit?.observations.some(({ name, action }) => name === '_ga' && action === 'set')).toBe(true);
  expect(code).toBe(130);
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
