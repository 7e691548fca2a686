/** What is Firefox's own: its driver, its preferences, and how an audit ends when something of it goes down. */
import { spawnSync, type ChildProcess } from 'node:child_process';
import { expect, test } from 'vitest';
import { auditPages, browserArguments, found, html, pages, runAudit, script, seen, shopPolicy } from './audit-of.ts';
import { killThose, whileItWaits } from './cut-short.ts';

const audit = (host: Parameters<typeof auditPages>[0], steps: unknown[], more: string[] = []) =>
  auditPages(host, steps, shopPolicy(), undefined, more, 'firefox');

test('selectors reach across open shadow roots; what is covered or disabled is waited for; a dialog holds up nothing', async () => {
  const host = pages({
    'shop.test/': html(`<body><div id="host"></div><button id="late" disabled>late</button><script>
      alert('in the way');
      const root = document.getElementById('host').attachShadow({ mode: 'open' });
      root.innerHTML = '<section class="banner"><div id="deeper"></div></section>';
      const deeper = root.getElementById('deeper').attachShadow({ mode: 'open' });
      deeper.innerHTML = '<button data-role="ok, [sure]">ok</button>';
      deeper.querySelector('button').onclick = (event) => {
        localStorage.setItem('clicked-' + event.isTrusted, '1');
        const cover = document.body.appendChild(document.createElement('div'));
        cover.style = 'position:fixed;inset:0';
        setTimeout(() => { document.getElementById('late').disabled = false; setTimeout(() => cover.remove(), 300); }, 300);
      };
      document.getElementById('late').onclick = () => localStorage.setItem('late', '1');
    </script>`),
  });
  const { audit: report } = await audit(host, [
    { visit: '/' },
    { click: '#host .banner button[data-role="ok, [sure]"]' },
    { click: '#late' },
  ]);
  expect(seen(report, 'localStorage', 'clicked-true')).toHaveLength(1);
  expect(seen(report, 'localStorage', 'late')).toHaveLength(1);
});

test('a control that stays covered is told with what is in front of it, a key that is none by its name', async () => {
  const page = html('<button id="x">x</button><div id="cover" style="position:fixed;inset:0"></div>');
  await Promise.all([
    expect(audit(pages({ 'shop.test/': page }), [{ visit: '/' }, { click: '#x' }])).rejects.toThrow(
      /scenario\.json: \/steps\/1: "#x" could not be used within 10 s \(<div> is in front of it\)/,
    ),
    expect(audit(pages({ 'shop.test/': page }), [{ visit: '/' }, { press: 'NoSuchKey' }])).rejects.toThrow(
      /the key "NoSuchKey" cannot be pressed/,
    ),
  ]);
});

test('a document that never ends is audited as it is', async () => {
  const host = pages({
    'shop.test/': html('<script>document.cookie = "_ga=1; Secure"</script><script src="/never.js"></script>'),
    'shop.test/never.js': { status: 200, type: 'text/javascript', body: '', headers: { 'content-length': '1000' } },
  });
  const { audit: report } = await audit(host, [{ visit: '/' }]);
  expect(found(report, 'stored-before-choice', '_ga')).toHaveLength(1);
});

test('a page that prints is not held up by a preview, and what it does and loads for it is seen', async () => {
  const host = pages({
    'shop.test/': html(`<style>@media print { body { background: url(https://pixel.test/printed.gif) } }</style>
      <button id="print">print</button><script>
      addEventListener('beforeprint', () => localStorage.setItem('before', '1'));
      addEventListener('afterprint', () => localStorage.setItem('after', '1'));
      document.getElementById('print').onclick = () => { print(); document.cookie = '_ga=1; Secure'; };
    </script>`),
    'shop.test/loading': html('<script>print(); localStorage.setItem("loading", "1")</script>'),
  });
  const { audit: report } = await audit(host, [{ visit: '/' }, { click: '#print' }, { visit: '/loading' }, { reload: true }]);
  expect(seen(report, 'cookie', '_ga')[0]).toMatchObject({ mechanism: 'document.cookie' });
  for (const name of ['before', 'after', 'loading']) expect(seen(report, 'localStorage', name)[0], name).toBeDefined();
  expect(report.observations.some(({ request }) => request?.url === 'https://pixel.test/printed.gif')).toBe(true);
  expect(report.gaps).toEqual([]);
});

test("the person's own preferences go before the tool's, and every condition is recorded", async () => {
  const host = pages({
    'shop.test/': html('<body><iframe src="https://widget.test/"></iframe>'),
    'widget.test/': { ...html(''), setCookies: ['tp=1; Secure; SameSite=None; Max-Age=1000'] },
  });
  // Firefox's own default: third-party cookies are kept, each embedding site's apart.
  const { audit: report } = await audit(host, [{ visit: '/' }], ['--browser-pref=network.cookie.cookieBehavior=5', '--viewport=mobile']);
  expect(report.tool.browser).toMatchObject({ name: 'firefox' });
  expect(report.tool.browser.version).toMatch(/^\d+\./);
  expect(report.conditions).toMatchObject({
    viewport: 'mobile',
    emulated: ['size', 'device-pixel-ratio', 'touch'],
    browserPreferences: { 'network.cookie.cookieBehavior': 5, 'privacy.trackingprotection.enabled': false },
  });
  expect(seen(report, 'cookie', 'tp')[0]).toMatchObject({ rejected: null, cookie: { granted: 1000, partitioned: true } });
});

test("a script's stack is what it is for any visitor, though the driver looks on", async () => {
  const late = script(`setTimeout(function wait() {
    setTimeout(function later() { localStorage.setItem(new Error().stack.split('@').length === 2 ? 'by itself' : 'by a timer', '1'); });
  }, 200);`);
  const { audit: report } = await audit(pages({ 'shop.test/': html('<script src="/late.js"></script>'), 'shop.test/late.js': late }), [
    { visit: '/' },
  ]);
  const written = report.observations.filter(({ kind, action }) => kind === 'localStorage' && action === 'set');
  expect(written.map(({ name, initiator }) => [name, initiator?.stack])).toEqual([
    ['by itself', [expect.stringMatching(/^later https:\/\/shop\.test\/late\.js:/)]],
  ]);
});

test('a page that cannot be reached: exit 3 and a readable, incomplete audit', async () => {
  const outcome = await runAudit(['https://shop.test', '--browser=firefox', ...refusing()]);
  expect(outcome.stderr).toMatch(/https:\/\/shop\.test\/: the page could not be opened \(NS_ERROR_PROXY_CONNECTION_REFUSED\)/);
  expect(outcome.audit).toMatchObject({ complete: false, summary: { verdict: 'inconclusive' } });
  expect(outcome.code).toBe(3);
});

/** A proxy that is not there. */
const refusing = (): string[] => browserArguments('firefox', 1).slice(2);

/** As Firefox names the processes of pages; that of extensions has a name of its own. */
const nameOf = (pid: number): string => spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout;

const ENDINGS: [string, (child: ChildProcess) => void, RegExp, number, string[]][] = [
  ['interrupted', (child) => void child.kill('SIGINT'), /Interrupted: the audit holds what was observed so far/, 130, []],
  [
    'the page crashes',
    (child) => killThose(child, ({ pid }) => nameOf(pid).startsWith('Web Content')),
    /The audit was cut short: the page crashed/,
    3,
    ['document-cut-off: https://shop.test/'],
  ],
  [
    'the page crashes, and the extension with it',
    (child) => killThose(child, ({ command }) => command.endsWith(' tab')),
    /The audit was cut short: the (page crashed|extension's process went down)/,
    3,
    [],
  ],
  [
    'the extension goes down',
    (child) => killThose(child, ({ pid }) => nameOf(pid).startsWith('WebExtensions')),
    /The audit was cut short: the extension's process went down/,
    3,
    ['recording-cut-off: https://shop.test/'],
  ],
  [
    'the browser is killed',
    (child) => killThose(child, ({ command }) => command.includes('--remote-debugging-port')),
    /The audit was cut short: the browser went down/,
    3,
    ['recording-cut-off: https://shop.test/'],
  ],
];

test.each(ENDINGS)('%s: what was observed so far is readable and marked incomplete', async (_what, meddle, line, code, gaps) => {
  const outcome = await whileItWaits('firefox', meddle);
  expect(outcome.stderr).toMatch(line);
  expect(outcome.audit?.complete).toBe(false);
  expect(outcome.audit && seen(outcome.audit, 'cookie', '_ga')[0]).toMatchObject({ action: 'set' });
  expect(outcome.audit?.gaps.map(({ reason }) => reason)).toEqual(expect.arrayContaining(gaps));
  expect(outcome.code).toBe(code);
});
