/** The popup over real pages, opened as a page of its own with `?tab=`: what a person reads, and what each button does. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { launchChromium, type Chromium } from '../../cli/chromium.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { settle } from '../../cli/steps.ts';
import type { Audit } from '../../lib/model/audit.ts';
import { digestOf } from '../../lib/tell/integrity.ts';
import { startSite, type Site } from '../site/server.ts';
import { violations } from './accessible.ts';
import { html, pages, shopPolicy } from './audit-of.ts';
import { PATIENCE } from './patience.ts';

interface Chrome {
  tabs: { query(which: object): Promise<{ id?: number; url?: string }[]> };
  action: { getBadgeText(which: { tabId: number }): Promise<string> };
}

const SHOP = html(`<button id="ok">Ok</button><script>
  document.cookie = '_ga=GA1.1.1234567890.1700000000; Max-Age=1000; Secure';
</script>`);
const HOSTILE = html(`<script>
  localStorage.setItem('<img src=x onerror=alert(1)>\\u202egnp.exe\\u0007', '1');
  localStorage.setItem('long' + 'x'.repeat(4000), '1');
  localStorage.setItem('\\ud800lone', '1');
</script>`);
const PLAIN = html('<h1>nothing to see</h1>');

let site: Site;
let profile: string;
let browser: Chromium;
let popup: Page;

beforeAll(async () => {
  site = await startSite({ form: 'clean', host: pages({ 'shop.test/': SHOP, 'shop.test/hostile': HOSTILE, 'other.test/': PLAIN }) });
  profile = mkdtempSync(join(tmpdir(), 'popup-'));
  const args = [`--host-resolver-rules=MAP * 127.0.0.1:${site.port}`, '--ignore-certificate-errors', '--lang=en'].map(
    (arg) => `--browser-arg=${arg}`,
  );
  browser = await launchChromium(
    findBrowser('chromium', null, () => undefined),
    profile,
    readArguments(['https://shop.test/', '--ignore-https-errors', ...args]),
  );
  popup = await browser.page.context().newPage();
  await popup.setViewportSize({ width: 400, height: 600 });
});

afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

beforeEach(async () => {
  await browser.page.context().clearCookies();
  await browser.ask('configure', { policy: shopPolicy(), sites: [], key: null, clean: true });
});

const extensionPage = (): Page => {
  const page = browser.page
    .context()
    .pages()
    .find((one) => one.url().endsWith('/control.html'));
  if (!page) throw new Error('no page of the extension');
  return page;
};

async function tabOf(page: Page): Promise<number> {
  const id = await extensionPage().evaluate(async (url) => {
    const { tabs } = (globalThis as unknown as { chrome: Chrome }).chrome;
    return (await tabs.query({})).find((tab) => tab.url === url)?.id;
  }, page.url());
  if (id === undefined) throw new Error(`no tab shows ${page.url()}`);
  return id;
}

/** Opens a page and, when nothing more is observed, the popup over it; resolves when it shows all that was observed. */
async function over(url: string): Promise<void> {
  await browser.page.goto(url);
  await settle(browser, undefined);
  await popup.goto(new URL(`/popup.html?tab=${await tabOf(browser.page)}`, extensionPage().url()).href);
  if ((await scene()) !== 'judged') return;
  const { observations } = await browser.ask('evidence', {});
  await popup.getByText(`observations: ${observations.length}`).waitFor();
}

const button = (name: string): Locator => popup.getByRole('button', { name, exact: true });

/** Which scene is shown once the popup has its answers. */
async function scene(): Promise<string | null> {
  const main = popup.locator('main[aria-busy="false"]');
  await main.waitFor();
  return main.getAttribute('data-scene');
}

/** The state of consent that the popup tells, with its source. */
const consent = (): Promise<string> => popup.getByRole('region', { name: 'Consent now' }).innerText();

test('a page that is not audited can be added, is seen after a reload, and can be removed', async () => {
  await over('https://other.test/');
  expect(await popup.getByRole('heading', { level: 1 }).innerText()).toBe('Not audited');
  expect((await popup.getByRole('listitem').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))).toEqual([
    'shop.test by the policy',
    '*.shop.test by the policy',
  ]);

  await button('Audit this site too').click();
  await popup.getByRole('heading', { name: 'Nothing was seen of this page yet' }).waitFor();
  await button('Reload the page').click();
  await popup.getByRole('heading', { name: 'Pass Nothing seen so far breaks the policy.' }).waitFor();

  await button('Stop auditing this site').click();
  await popup.getByRole('heading', { name: 'Not audited' }).waitFor();
  await browser.page.reload();
  await settle(browser, undefined);
  const { visits } = await browser.ask('evidence', {});
  expect(visits.map(({ url }) => url)).toEqual(['https://other.test/']);
});

test('findings are told with rule, name, clause and a verdict in words; the badge counts the errors', async () => {
  await over('https://shop.test/');
  expect(await scene()).toBe('judged');
  expect(await popup.getByRole('heading', { level: 1 }).innerText()).toMatch(/^Fail\s+The site does not keep to its policy\.$/);
  expect(await consent()).toContain('No choice yet');

  const stored = popup.locator('details[data-rule="stored-before-choice"]');
  await stored.locator('summary').click();
  const text = await stored.innerText();
  for (const part of ['Stored before the choice', '_ga', 'shop.test', 'Clause']) expect(text).toContain(part);

  const { summary } = await browser.ask('audit', { conditions: {} });
  const tabId = await tabOf(browser.page);
  await expect
    .poll(
      () =>
        extensionPage().evaluate((id) => (globalThis as unknown as { chrome: Chrome }).chrome.action.getBadgeText({ tabId: id }), tabId),
      { timeout: PATIENCE },
    )
    .toBe(String(summary.errors));
});

test('the worst findings are told in words, and each service before and after the choice', async () => {
  await over('https://shop.test/');
  const worst = popup.getByRole('region', { name: 'Look at these first' });
  const told = (await worst.getByRole('listitem').allInnerTexts()).find((text) => text.includes('Stored before the choice'));
  for (const part of ['_ga', 'Clause 3']) expect(told).toContain(part);
  const row = popup.getByRole('row', { name: /Google Analytics/ });
  expect((await row.getByRole('cell').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
    '1 1 entry stored, 0 requests',
    '– 0 entries stored, 0 requests',
    '– 0 entries stored, 0 requests',
  ]);
});

test('the report opens in a tab of its own', async () => {
  await over('https://shop.test/');
  const [report] = await Promise.all([popup.context().waitForEvent('page'), button('Open report').click()]);
  await report.waitForURL(/\/report\.html\?tab=\d+$/);
  await report.close();
});

test('what was opened stays open when the page is looked at again', async () => {
  await over('https://shop.test/');
  const details = popup.locator('details').first();
  await details.locator('summary').click();
  await button('Refresh').click();
  await scene();
  expect(await details.getAttribute('open')).not.toBeNull();
});

test('a mark says what the last click meant', async () => {
  await over('https://shop.test/');
  await browser.page.bringToFront();
  await browser.page.click('#ok');
  await settle(browser, undefined);
  const markedAt = Date.now();
  await popup.bringToFront();
  await button('Rejected').click();
  await popup.getByText('Marked.').waitFor();
  const shown = await consent();
  expect(shown).toContain('Rejected');
  expect(shown).toContain('known from your mark');
  const { consent: entries } = await browser.ask('audit', { conditions: {} });
  expect(entries.at(-1)).toMatchObject({ state: 'rejected', source: 'mark', byUser: true });
  expect(Date.parse(entries.at(-1)?.at ?? '')).toBeLessThan(markedAt);
});

test('exports the audit that it shows', async () => {
  await over('https://shop.test/');
  const [download] = await Promise.all([popup.waitForEvent('download'), button('Export JSON').click()]);
  expect(download.suggestedFilename()).toMatch(/^consent-audit-shop\.test-\d{4}-\d{2}-\d{2}\.json$/);
  const text = readFileSync(await download.path(), 'utf8');
  const audit = JSON.parse(text) as Audit;
  expect(audit.integrity.digest).toBe(digestOf(audit));
  await scene();
  expect(await popup.locator('main').innerText()).toContain(`observations: ${audit.summary.observations}`);
});

test('starting over is asked twice, forgets, and leaves no hole in what comes after', async () => {
  await over('https://shop.test/');
  await button('Start over').click();
  expect(await button('Cancel').evaluate((element) => element === document.activeElement)).toBe(true);
  await button('Cancel').click();
  expect(await scene()).toBe('judged');
  await button('Start over').click();
  await button('Forget it').click();
  await popup.getByRole('heading', { name: 'Nothing was seen of this page yet' }).waitFor();

  // What the page stores after the clearing is no recording from its beginning, and none at all.
  await browser.page.evaluate(() => localStorage.setItem('late', '1'));
  await over('https://shop.test/');
  const { visits, gaps, lost } = await browser.ask('evidence', {});
  expect(visits.map(({ url }) => url)).toEqual(['https://shop.test/']);
  expect({ gaps, lost }).toEqual({ gaps: [], lost: 0 });
  // The site's own cookie is still there, so nobody can tell what was chosen before.
  expect(await consent()).toContain('Unknown');
});

test('everything can be reached and used by keyboard', async () => {
  await over('https://shop.test/');
  const reached: string[] = [];
  for (let presses = 0; presses < 60 && !reached.includes('Start over'); presses++) {
    await popup.keyboard.press('Tab');
    reached.push(
      await popup.evaluate(
        () => document.activeElement?.querySelector('.title')?.textContent ?? document.activeElement?.textContent?.trim() ?? '',
      ),
    );
  }
  for (const name of [
    'Accepted',
    'Rejected',
    'Withdrawn',
    'Stored before the choice',
    'Open report',
    'Export JSON',
    'Refresh',
    'Start over',
  ])
    expect(reached).toContain(name);
  await popup.keyboard.press('Enter');
  expect(await button('Forget it').isVisible()).toBe(true);
});

test('a failure is told in words, and can be tried again', async () => {
  await popup.goto(new URL('/popup.html?tab=987654321', extensionPage().url()).href);
  expect(await popup.getByRole('alert').innerText()).toContain('That did not work:');
  expect(await button('Try again').isVisible()).toBe(true);
});

test.each(['light', 'dark'] as const)('axe finds nothing wrong, in %s', async (colorScheme) => {
  await popup.emulateMedia({ colorScheme });
  await over('https://shop.test/');
  await popup.locator('details').first().locator('summary').click();
  expect(await violations(popup)).toEqual([]);
  await over('https://other.test/');
  expect(await violations(popup)).toEqual([]);
});

test('what a page names is shown as text, clipped, with nothing hidden or turned round', async () => {
  await over('https://shop.test/hostile');
  expect(await scene()).toBe('judged');
  for (const details of await popup.locator('details').all()) await details.locator('summary').click();
  const text = await popup.locator('main').innerText();
  expect(text).toContain('<img src=x onerror=alert(1)>\\u202egnp.exe\\u0007');
  expect(text).toContain('\ufffdlone');
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/);
  expect(await popup.locator('img').count()).toBe(0);
  expect(await popup.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await violations(popup)).toEqual([]);
});
