/** A clean start in Chromium: what of the site and its recipients is gone, and that a bystander keeps everything. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { launchChromium, type Chromium } from '../../cli/chromium.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { settle } from '../../cli/steps.ts';
import { startSite, type Site } from '../site/server.ts';
import { html, pages, script, shopPolicy } from './audit-of.ts';
import { EVERYTHING, fill, heldBy, NOTHING } from './storage-of.ts';

const FRAME = html('<p>frame');
const PAGE =
  html(`<iframe src="https://frame.tracker.test/frame"></iframe><script>fetch('https://a.tracker.test/hit', { method: 'POST', credentials: 'include' });
  addEventListener('pagehide', () => { document.cookie = 'at_unload=1; Max-Age=1000; Secure'; localStorage.setItem('at_unload', '1'); });</script>`);

let site: Site;
let profile: string;
let browser: Chromium;

beforeAll(async () => {
  site = await startSite({
    form: 'clean',
    host: pages({
      'shop.test/': PAGE,
      'frame.tracker.test/frame': FRAME,
      'bystander.test/': html('<p>bystander<iframe src="https://frame.tracker.test/frame"></iframe>'),
      'other.tracker.test/': html('<p>a sibling of the recipient'),
      'a.tracker.test/hit': {
        status: 204,
        type: 'text/plain',
        body: '',
        setCookies: [
          'parent=1; Domain=tracker.test; Max-Age=1000; Secure; SameSite=None',
          'own=1; Path=/hit; Max-Age=1000; Secure; SameSite=None',
          'parted=1; Max-Age=1000; Secure; SameSite=None; Partitioned',
        ],
      },
      ...Object.fromEntries(
        ['shop.test', 'frame.tracker.test', 'bystander.test', 'other.tracker.test'].map((host) => [`${host}/worker.js`, script('')]),
      ),
    }),
  });
  profile = mkdtempSync(join(tmpdir(), 'start-clean-'));
  const args = [`--host-resolver-rules=MAP * 127.0.0.1:${site.port}`, '--ignore-certificate-errors', '--lang=en'].map(
    (arg) => `--browser-arg=${arg}`,
  );
  browser = await launchChromium(
    findBrowser('chromium', null, () => undefined),
    profile,
    readArguments(['https://shop.test/', '--ignore-https-errors', ...args]),
  );
});

afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await settle(browser, undefined);
}

async function tabOf(url: string): Promise<number> {
  const control = browser.page
    .context()
    .pages()
    .find((one) => one.url().endsWith('/control.html'));
  const id = await control?.evaluate(async (wanted) => {
    const { tabs } = (globalThis as unknown as { chrome: { tabs: { query(which: object): Promise<{ id: number; url: string }[]> } } })
      .chrome;
    return (await tabs.query({})).find((tab) => tab.url === wanted)?.id;
  }, url);
  if (id === undefined) throw new Error(`no tab shows ${url}`);
  return id;
}

const jar = async (): Promise<string[]> =>
  (await browser.page.context().cookies())
    .map(({ name, domain, partitionKey }) => `${name} ${domain}${partitionKey ? ` in ${partitionKey}` : ''}`)
    .sort();

test('removes what the site and its recipients stored, says so before, and leaves everybody else alone', async () => {
  await browser.ask('configure', { policy: shopPolicy(), sites: [], key: null, clean: false });
  const bystander = await browser.page.context().newPage();
  for (const url of ['https://bystander.test/', 'https://other.tracker.test/']) {
    await visit(bystander, url);
    for (const frame of bystander.frames()) await frame.evaluate(fill, 'b');
  }
  await bystander.goto('https://bystander.test/');
  await visit(browser.page, 'https://shop.test/');
  for (const frame of browser.page.frames()) await frame.evaluate(fill, 's');
  const tab = await tabOf('https://shop.test/');
  const before = await jar();

  const plan = await browser.ask('previewClean', { tab });
  expect(await jar()).toEqual(before);
  expect(plan).toMatchObject({ url: 'https://shop.test/', otherTabs: 0, onlyOpenDocuments: false });
  expect(plan.hosts).toEqual([
    { host: 'shop.test', own: true },
    { host: 'frame.tracker.test', own: false },
    { host: 'a.tracker.test', own: false },
  ]);
  expect(plan.cookies.map(({ name, domain }) => `${name} ${domain}`).sort()).toEqual([
    'b_cookie frame.tracker.test',
    'own a.tracker.test',
    'parent tracker.test',
    'parted a.tracker.test',
    's_cookie frame.tracker.test',
    's_cookie shop.test',
  ]);

  const report = await browser.ask('startClean', { tab, hosts: plan.hosts.map(({ host }) => host) });
  // The page wrote one more while it was left.
  expect(report).toEqual({ cookies: plan.cookies.length + 1, left: [], failures: [] });
  await settle(browser, undefined);
  expect(await jar()).toEqual([
    'b_cookie bystander.test',
    'b_cookie other.tracker.test',
    // Set anew by the answers to the page that was opened again.
    'own a.tracker.test',
    'parent .tracker.test',
    'parted a.tracker.test in https://shop.test',
  ]);

  const [own, embedded] = await Promise.all(browser.page.frames().map((frame) => frame.evaluate(heldBy)));
  expect(own).toEqual(NOTHING);
  expect({ ...embedded, cookies: '' }).toEqual(NOTHING);
  expect(await bystander.evaluate(heldBy)).toEqual(EVERYTHING);
  await bystander.goto('https://other.tracker.test/');
  expect({ ...(await bystander.evaluate(heldBy)), cookies: EVERYTHING.cookies }).toEqual(EVERYTHING);

  const { profiles, visits, gaps, lost } = await browser.ask('evidence', {});
  expect({ profiles, gaps, lost }).toEqual({ profiles: [{ profile: 1, clean: true }], gaps: [], lost: 0 });
  expect(visits.map(({ url }) => url)).toEqual(['https://shop.test/']);
  const { consent } = await browser.ask('audit', { conditions: {} });
  expect(consent.map(({ state }) => state)).toEqual(['before-choice']);
  await bystander.close();
});

test('touches no host that was not listed, and then does not call the profile clean', async () => {
  await browser.ask('configure', { policy: shopPolicy(), sites: [], key: null, clean: false });
  await visit(browser.page, 'https://shop.test/');
  const tab = await tabOf('https://shop.test/');
  const report = await browser.ask('startClean', { tab, hosts: ['shop.test', 'bystander.test'] });
  expect(report.left.map(({ name, domain }) => `${name} ${domain}`).sort()).toEqual([
    'own a.tracker.test',
    'parent tracker.test',
    'parted a.tracker.test',
  ]);
  expect(await jar()).toContain('b_cookie bystander.test');
  await settle(browser, undefined);
  expect((await browser.ask('evidence', {})).profiles).toEqual([{ profile: 1, clean: false }]);
});

test('is refused where the tab shows no audited page', async () => {
  await browser.page.goto('https://bystander.test/');
  const tab = await tabOf('https://bystander.test/');
  await expect(browser.ask('startClean', { tab, hosts: ['bystander.test'] })).rejects.toThrow('no audited page');
  expect(await jar()).toContain('b_cookie bystander.test');
});
