/** The background is stopped again and again in the middle of a visit: nothing is lost, nothing is told twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newKey } from '../../lib/settings/settings.ts';
import { readArguments } from '../../cli/arguments.ts';
import { launchChromium, type Chromium } from '../../cli/chromium.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { settle } from '../../cli/steps.ts';
import { startSite } from '../site/server.ts';
import { html, pages, shopPolicy } from './audit-of.ts';

const WRITES = 150;
const PAGE = html(`<body><script>
  let n = 0;
  const timer = setInterval(() => {
    document.cookie = 'c' + n + '=' + n + '; Secure; Max-Age=1000';
    localStorage['s' + n] = n;
    fetch('/r/' + n, { method: 'POST', body: 'x' });
    if (++n === ${WRITES}) { clearInterval(timer); document.title = 'done'; }
  }, 15);
</script>`);

async function watched(visit: (browser: Chromium, stop: () => Promise<void>) => Promise<void>) {
  const site = await startSite({ form: 'clean', host: pages({ 'shop.test/': PAGE }) });
  const profile = mkdtempSync(join(tmpdir(), 'worker-stop-'));
  const options = readArguments([
    'https://shop.test/',
    '--ignore-https-errors',
    `--browser-arg=--host-resolver-rules=MAP * 127.0.0.1:${site.port}`,
    '--browser-arg=--ignore-certificate-errors',
  ]);
  const browser = await launchChromium(
    findBrowser('chromium', null, () => undefined),
    profile,
    options,
  );
  try {
    await browser.ask('configure', { policy: shopPolicy(), sites: [], key: newKey(), clean: true });
    const context = browser.page.context();
    const control = context.pages().find((page) => page.url().endsWith('/control.html'));
    if (!control) throw new Error('no control page');
    const session = await context.newCDPSession(control);
    await session.send('ServiceWorker.enable');
    await visit(browser, () => session.send('ServiceWorker.stopAllWorkers').then(() => undefined));
    await browser.page.waitForFunction(() => document.title === 'done');
    await settle(browser, undefined);
    return { evidence: await browser.ask('evidence', {}), log: site.log() };
  } finally {
    await browser.close();
    await site.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Everything that the page wrote and sent is there, once. */
function expectWhole({ evidence, log }: Awaited<ReturnType<typeof watched>>): void {
  const names = (kind: string, prefix: string): string[] =>
    evidence.observations.filter((o) => o.kind === kind && o.action === 'set' && o.name?.startsWith(prefix)).map(({ name }) => name ?? '');
  const expected = (prefix: string): string[] => Array.from({ length: WRITES }, (_, index) => `${prefix}${index}`).sort();
  expect(names('cookie', 'c').sort()).toEqual(expected('c'));
  expect(names('localStorage', 's').sort()).toEqual(expected('s'));
  expect(evidence.observations.filter((o) => o.kind === 'cookie' && o.action === 'set' && o.confirmed !== 'jar')).toEqual([]);
  const sent = evidence.observations
    .filter(({ request }) => request?.url.startsWith('https://shop.test/r/'))
    .map(({ request }) => request?.url.replace('https://shop.test/r/', 'r') ?? '');
  const served = log.filter(({ path }) => path.startsWith('/r/')).map(({ path }) => path.replace('/r/', 'r'));
  expect(sent.sort()).toEqual(served.sort());
  expect(evidence.lost).toBe(0);
  expect(evidence.gaps).toEqual([]);
}

test('five stops during a visit', async () => {
  const result = await watched(async ({ page }, stop) => {
    await page.goto('https://shop.test/', { waitUntil: 'commit' });
    for (const reached of [20, 45, 70, 95, 120]) {
      await page.waitForFunction((count) => document.cookie.split('; ').length >= count, reached);
      await stop();
    }
  });
  expectWhole(result);
});

test('stopped again and again while the page begins', async () => {
  const result = await watched(async ({ page }, stop) => {
    const opened = page.goto('https://shop.test/', { waitUntil: 'commit' });
    for (let stops = 0; stops < 8; stops++) await stop();
    await opened;
    for (let stops = 0; stops < 3; stops++) await stop();
  });
  expectWhole(result);
  expect(result.evidence.visits).toHaveLength(1);
});
