/** Firefox's containers: the same pages in several, each with cookies, storage and choices of its own, in one recording. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { launchFirefox, type Firefox } from '../../cli/firefox.ts';
import { settle } from '../../cli/steps.ts';
import type { Audit } from '../../lib/model/audit.ts';
import type { Observation } from '../../lib/model/observation.ts';
import { startSite, type Site } from '../site/server.ts';
import { browserArguments, found, html, pages, script, shopPolicy } from './audit-of.ts';
import { PATIENCE } from './patience.ts';

/** Both containers get the same names with other values, and a third party that sets its cookie for each. */
const PAGE = html(`<button id="accept">Accept all</button><button id="withdraw">Withdraw consent</button>
  <img src="https://pixel.tracker.test/p"><script>
  document.cookie = '_ga=GA1.1.' + Math.random() + '; Max-Age=1000; Secure';
  localStorage.setItem('visitor', String(Math.random()));
  indexedDB.open('known');
  navigator.serviceWorker.register('/worker.js');
  document.getElementById('accept').onclick = () => { document.cookie = 'cookie_consent=accepted; Max-Age=1000; Secure'; };
  document.getElementById('withdraw').onclick = () => {
    document.cookie = 'cookie_consent=rejected; Max-Age=1000; Secure';
    document.cookie = '_ga=; Max-Age=0; Secure';
    localStorage.removeItem('visitor');
  };</script>`);

let site: Site;
let profile: string;
let firefox: Firefox;
let contained: Page;
let audit: Audit;

beforeAll(async () => {
  site = await startSite({
    form: 'clean',
    host: pages({
      'shop.test/': PAGE,
      'shop.test/worker.js': script("onactivate = () => fetch('/by-worker', { method: 'POST' });"),
      'pixel.tracker.test/p': { status: 204, type: 'text/plain', body: '', setCookies: ['tp=1; Max-Age=1000; Secure; SameSite=None'] },
    }),
  });
  profile = mkdtempSync(join(tmpdir(), 'containers-'));
  firefox = await launchFirefox(
    findBrowser('firefox', null, () => undefined),
    profile,
    readArguments(['https://shop.test/', '--ignore-https-errors', ...browserArguments('firefox', site.port)]),
  );
  await firefox.ask('configure', { policy: shopPolicy(), sites: [], key: null, clean: true });
  contained = await (await firefox.browser.createBrowserContext()).newPage();
  await visited(firefox.page, 1);
  await visited(contained, 2);
  await firefox.page.bringToFront();
  await firefox.page.click('#accept');
  await settle(firefox, undefined);
  await firefox.page.click('#withdraw');
  await settle(firefox, undefined);
  audit = await firefox.ask('audit', { conditions: {} });
});

afterAll(async () => {
  await firefox.close();
  await site.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

/** The worker's request is the last that a page leads to. */
async function visited(page: Page, time: number): Promise<void> {
  await page.goto('https://shop.test/');
  await vi.waitUntil(() => site.log().filter(({ path }) => path === '/by-worker').length === time, { timeout: PATIENCE, interval: 50 });
  await settle(firefox, undefined);
}

const profileOf = (o: Observation): number | undefined => audit.run.visits.find(({ id }) => id === o.visit)?.profile;
/** What happened to an entry, in the order of happening. */
const story = (name: string, of: number): string[] =>
  audit.observations
    .filter((o) => o.name === name && profileOf(o) === of && o.action !== 'read')
    .map(({ action, confirmed, rejected }) => `${action} ${confirmed ?? rejected}`);

test('each is a profile of the audit, with the visits that it saw', () => {
  expect(audit.run.visits.map(({ id, profile: own, cookieStore }) => [id, own, cookieStore])).toEqual([
    ['v1', 1, undefined],
    ['v2', 2, expect.stringMatching(/^firefox-container-\d+$/)],
  ]);
  const moments = audit.observations.map(({ at }) => at);
  expect(moments).toEqual(moments.toSorted());
  expect(audit.gaps).toEqual([]);
  expect(audit.summary.lost).toBe(0);
});

test('what one writes and deletes is not done to the cookies and the storage of the other', () => {
  for (const name of ['_ga', 'visitor']) {
    const by = name === '_ga' ? 'jar' : 'snapshot';
    expect(story(name, 1).filter((one) => !one.startsWith('present'))).toEqual([`set ${by}`, expect.stringMatching(/^delete/)]);
    expect(new Set(story(name, 2))).toEqual(new Set([`set ${by}`, 'present snapshot']));
    expect(story(name, 2).filter((one) => one.startsWith('set'))).toHaveLength(1);
  }
  for (const of of [1, 2]) {
    expect(new Set(story('tp', of))).toEqual(new Set(['set header', 'present snapshot']));
    expect(story('known', of)).toContain('set snapshot');
    const byWorker = audit.observations.filter((o) => o.request?.url === 'https://shop.test/by-worker' && profileOf(o) === of);
    expect(byWorker).toHaveLength(1);
  }
});

test('a choice counts where it was made, and nowhere else', async () => {
  const states = ({ consent, run }: Audit, of: number): string[] =>
    consent.flatMap(({ visit, state }) => (run.visits.find(({ id }) => id === visit)?.profile === of ? [state] : []));
  expect(states(audit, 1)).toEqual(['before-choice', 'accepted', 'withdrawn']);
  expect(states(audit, 2)).toEqual(['before-choice']);
  expect(new Set(found(audit, 'left-after-withdrawal').map((finding) => finding.profile))).not.toContain(2);
  expect(found(audit, 'left-after-withdrawal', '_ga')).toEqual([]);
  expect(found(audit, 'stored-before-choice', '_ga').map((finding) => finding.profile)).toEqual([1, 2]);

  await firefox.ask('mark', { tab: await containedTab(), state: 'rejected', categories: null });
  const marked = await firefox.ask('audit', { conditions: {} });
  expect(states(marked, 1)).toEqual(['before-choice', 'accepted', 'withdrawn']);
  expect(states(marked, 2)).toEqual(['before-choice', 'rejected']);
});

test('a clean start empties the container of its tab, and the recording says of which jar it is clean', async () => {
  const tab = await containedTab();
  const { hosts, otherTabs } = await firefox.ask('previewClean', { tab });
  expect(otherTabs).toBe(0);
  const report = await firefox.ask('startClean', { tab, hosts: hosts.map(({ host }) => host) });
  expect(report).toEqual({ cookies: 2, left: [], failures: [] });
  expect(await jar('firefox-default')).toEqual(['cookie_consent', 'tp']);
  await settle(firefox, undefined);
  const { profiles, visits } = await firefox.ask('evidence', {});
  expect(profiles).toEqual([{ profile: 1, clean: true }]);
  expect(visits.map(({ cookieStore }) => cookieStore)).toEqual([store()]);
});

test('the cookies of a container are looked at when its last tab is closed, too', async () => {
  const before = await firefox.ask('evidence', {});
  await contained.close();
  await firefox.ask('snapshot', {});
  const { observations } = await firefox.ask('evidence', {});
  const last = observations.findLast(({ action, name }) => action === 'present' && name === '_ga');
  expect(Date.parse(last?.at ?? '')).toBeGreaterThan(Date.parse(before.observations.at(-1)?.at ?? ''));
});

interface ExtensionPage {
  browser: {
    tabs: { query(which: object): Promise<{ id: number; url: string; cookieStoreId: string }[]> };
    cookies: { getAll(which: object): Promise<{ name: string }[]> };
  };
}

const store = (): string => audit.run.visits[1]?.cookieStore ?? '';

async function containedTab(): Promise<number> {
  const open = await firefox.control.evaluate(() => (globalThis as unknown as ExtensionPage).browser.tabs.query({}));
  return open.find(({ cookieStoreId }) => cookieStoreId === store())?.id ?? -1;
}

async function jar(storeId: string): Promise<string[]> {
  const cookies = await firefox.control.evaluate(
    (of) => (globalThis as unknown as ExtensionPage).browser.cookies.getAll({ storeId: of, partitionKey: {} }),
    storeId,
  );
  return cookies.map(({ name }) => name).sort();
}
