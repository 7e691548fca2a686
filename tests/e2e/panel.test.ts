/** The panel in Chromium's real developer tools, over real pages. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Audit } from '../../lib/model/audit.ts';
import { digestOf } from '../../lib/tell/integrity.ts';
import { startSite, type Site } from '../site/server.ts';
import { html, pages, script, shopPolicy } from './audit-of.ts';
import { launchInspected, setTheme, showsSource, type Inspected } from '../../cli/devtools.ts';
import { violations } from './accessible.ts';
import { counted, detail, press, rowsOf, shows } from './panel-page.ts';
import { EVERYTHING, fill, heldBy, NOTHING } from './storage-of.ts';
import { PATIENCE } from './patience.ts';

const HOSTILE = '<img src=x onerror=alert(1)>\u202egnp.exe';
const SHOP = html(`<button id="ok">Ok</button><script src="https://cdn.tracker.test/tag.js?version=7"></script><script>
  localStorage.setItem(${JSON.stringify(HOSTILE).replaceAll('<', '\\u003c')}, '1');
  localStorage.setItem('long' + 'x'.repeat(900), '1');
</script>`);
const TAG = script(`document.cookie = '_ga=GA1.1.1234567890.1700000000; Max-Age=94608000; Secure';
  fetch('https://hit.tracker.test/collect', { method: 'POST', credentials: 'include', mode: 'no-cors' });`);

let site: Site;
let inspected: Inspected;
let panel: Frame;
let downloads: string;

beforeAll(async () => {
  site = await startSite({
    form: 'clean',
    host: pages({
      'shop.test/': SHOP,
      'shop.test/plain': html('<p>nothing'),
      'other.test/': html('<p>not audited'),
      'bystander.test/': html('<p>bystander'),
      'bystander.test/worker.js': script(''),
      'shop.test/worker.js': script(''),
      'cdn.tracker.test/tag.js': TAG,
      'hit.tracker.test/collect': {
        status: 204,
        type: 'text/plain',
        body: '',
        setCookies: ['id=1; Domain=tracker.test; Max-Age=1000; Secure; SameSite=None'],
      },
    }),
  });
  inspected = await launchInspected(site);
  downloads = mkdtempSync(join(tmpdir(), 'panel-downloads-'));
  const session = await inspected.browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads, eventsEnabled: true });
  await inspected.ask('configure', { policy: shopPolicy(), sites: [], key: null, clean: true });
  await inspected.page.goto('https://shop.test/', { waitUntil: 'domcontentloaded' });
  await quiet();
  panel = await inspected.panel();
});

afterAll(async () => {
  await inspected.close();
  await site.close();
  rmSync(downloads, { recursive: true, force: true, maxRetries: 5 });
});

async function quiet(): Promise<void> {
  await vi.waitUntil(async () => (await inspected.ask('quiet', {})).milliseconds > 600, { timeout: PATIENCE, interval: 100 });
}

const names = async (): Promise<string[]> => (await rowsOf(panel)).map((row) => row.Name ?? '');

test('what was gathered before it was opened is there at once', async () => {
  await shows(panel, 'judged');
  const { summary, findings } = await inspected.ask('audit', { conditions: {} });
  expect(summary.errors).toBeGreaterThan(0);
  const shown = findings.filter(({ suppressed }) => suppressed === null).length;
  expect(await counted(panel)).toBe(`${shown} of ${shown} shown`);
  expect(await rowsOf(panel)).toContainEqual(
    expect.objectContaining({ Rule: 'Stored before the choice', Name: '_ga', Host: 'shop.test', Phase: 'before the choice' }),
  );
  expect(await violations(panel)).toEqual([]);
});

test('hostile names are text, cut in the table and whole in the detail', async () => {
  await press(panel, 'Storage');
  const found = await names();
  expect(found).toContain(HOSTILE.replace('\u202e', '\\u202e'));
  const long = found.find((name) => name.startsWith('longx')) ?? '';
  expect(long.length).toBe(201);
  expect(await panel.$('main img')).toBeNull();
  await panel.evaluate(
    (name) => [...document.querySelectorAll<HTMLElement>('.body bdi')].find((bdi) => bdi.textContent === name)?.click(),
    long,
  );
  await panel.waitForSelector('aside');
  expect(await detail(panel)).toContain(`long${'x'.repeat(900)}`);
  expect(await violations(panel)).toEqual([]);
  await panel.focus('aside h2');
  await panel.page().keyboard.press('Escape');
  expect(await panel.$('aside')).toBeNull();
});

test('filters by text, from the keyboard, and clears it again', async () => {
  await press(panel, 'Requests');
  await panel.focus('#table');
  await panel.page().keyboard.down('Control');
  await panel.page().keyboard.press('f');
  await panel.page().keyboard.up('Control');
  expect(await panel.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
  await panel.page().keyboard.type('hit.tracker');
  expect((await rowsOf(panel)).map((row) => row.Path)).toEqual(['/collect']);
  await panel.page().keyboard.press('Escape');
  expect((await rowsOf(panel)).length).toBeGreaterThan(1);
});

test('facets count and narrow; sorting says so', async () => {
  await press(panel, 'Cookies');
  await press(panel, 'Service');
  const options = await panel.$$eval('details[open] label', (labels) =>
    labels.map((label) => label.textContent?.replace(/\s+/g, ' ').trim()),
  );
  expect(options).toContain('Google Analytics 2');
  await panel.evaluate(() =>
    [...document.querySelectorAll('details[open] label')]
      .find((label) => label.textContent?.includes('Google'))
      ?.querySelector('input')
      ?.click(),
  );
  await panel.page().keyboard.press('Escape');
  expect(await panel.$('details[open]')).toBeNull();
  expect(new Set(await names())).toEqual(new Set(['_ga']));
  await press(panel, 'Clear all');
  await press(panel, 'Name');
  expect(
    await panel.$$eval('[aria-sort="ascending"]', (heads) => heads.map((head) => head.textContent?.trim().replace(/\W+$/, ''))),
  ).toEqual(['Name']);
  const ascending = await names();
  await press(panel, 'Name');
  expect(await names()).toEqual([...ascending].reverse());
});

test('arrows move through rows, Enter opens the detail: asked, granted, clause, and the script among the sources', async () => {
  await panel.focus('#table');
  await panel.page().keyboard.press('Home');
  const current = (): Promise<string> => panel.$eval('[role="row"][aria-selected="true"]', (row) => row.textContent ?? '');
  while (!/set.*_ga/.test(await current())) await panel.page().keyboard.press('ArrowDown');
  await panel.page().keyboard.press('Enter');
  await panel.waitForSelector('aside');
  expect(await panel.evaluate(() => document.activeElement?.tagName)).toBe('H2');
  const text = await detail(panel);
  for (const part of ['1,095 days', '400 days', '24 months', 'Clause 3', 'cdn.tracker.test/tag.js:1', 'Findings about it'])
    expect(text).toContain(part);
  await (await panel.$('aside .link'))?.click();
  // The full address, query included, is shown among the sources.
  await showsSource(inspected.tools, 'https://cdn.tracker.test/tag.js?version=7');
  panel = await inspected.panel();
  await press(panel, 'Close');
});

test('a mark says what the choice was, and what happens next comes by itself; selection and filter stay', async () => {
  await (await panel.$('#tab-cookies'))?.click();
  const selected = (): Promise<string[]> =>
    panel.$$eval('[role="row"][aria-selected="true"] [role="gridcell"]', (cells) =>
      cells.slice(2, 5).map((cell) => cell.textContent ?? ''),
    );
  expect(await selected()).toEqual(['set', '_ga', 'shop.test']);
  await inspected.page.click('#ok');
  await quiet();
  await press(panel, 'Rejected');
  await panel.waitForFunction(() => document.querySelector('.sums')?.textContent?.includes('Rejected'));
  await inspected.page.evaluate(() => {
    document.cookie = 'later=1; Max-Age=100; Secure';
  });
  await panel.waitForFunction(() => [...document.querySelectorAll('.body bdi')].some((bdi) => bdi.textContent === 'later'));
  expect(await selected()).toEqual(['set', '_ga', 'shop.test']);
  expect((await rowsOf(panel)).find(({ Name: name }) => name === 'later')?.Phase).toBe('after rejection');
});

test('follows the theme of the developer tools, live', async () => {
  const theme = (name: string): Promise<void> => setTheme(inspected.tools, name);
  const background = (): Promise<string> => panel.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await theme('dark');
  await panel.waitForSelector(':root[data-theme="dark"]');
  expect(await background()).toBe('rgb(31, 33, 36)');
  expect(await violations(panel)).toEqual([]);
  await theme('default');
  await panel.waitForSelector(':root[data-theme="light"]');
  expect(await background()).toBe('rgb(255, 255, 255)');
});

test('exports the audit that it shows', async () => {
  await press(panel, 'Export JSON');
  await expect.poll(() => readdirSync(downloads).filter((name) => name.endsWith('.json')), { timeout: PATIENCE }).toHaveLength(1);
  const [name] = readdirSync(downloads);
  expect(name).toMatch(/^consent-audit-shop\.test-\d{4}-\d{2}-\d{2}\.json$/);
  const audit = JSON.parse(readFileSync(join(downloads, name ?? ''), 'utf8')) as Audit;
  expect(audit.integrity.digest).toBe(digestOf(audit));
});

test('a clean start lists what goes, can be left, removes that and nothing else, and begins before the choice', async () => {
  // In the same tab: a new one would come to the front with developer tools of its own.
  await inspected.page.goto('https://bystander.test/');
  await inspected.page.evaluate(fill, 'b');
  await inspected.page.goto('https://shop.test/');
  await shows(panel, 'judged');
  await inspected.page.evaluate(fill, 's');
  await quiet();

  await press(panel, 'Start clean');
  await panel.waitForSelector('dialog[open]');
  const listed = await panel.$eval('dialog', (dialog) => (dialog as HTMLElement).innerText);
  for (const part of ['_ga shop.test', 's_cookie shop.test', 'id .tracker.test', 'cdn.tracker.test', 'hit.tracker.test'])
    expect(listed).toContain(part);
  expect(listed).not.toContain('bystander');
  expect(await violations(panel)).toEqual([]);
  await panel.page().keyboard.press('Escape');
  await panel.waitForSelector('dialog[open]', { hidden: true });
  expect(await inspected.page.evaluate(() => document.cookie)).toContain('s_cookie');

  await press(panel, 'Start clean');
  await press(panel, 'Remove and start');
  await panel.waitForFunction(() => document.querySelector('.done')?.textContent?.startsWith('Started clean'));
  await shows(panel, 'judged');
  await quiet();
  await inspected.page.goto('https://shop.test/plain');
  const held = await inspected.page.evaluate(heldBy);
  // The page was opened again, and did what it does.
  expect({
    ...held,
    cookies: held.cookies.replace(/^_ga=[^;]*$/, ''),
    localStorage: held.localStorage.filter((key) => key !== HOSTILE && !key.startsWith('longx')),
  }).toEqual(NOTHING);
  const { consent } = await inspected.ask('audit', { conditions: {} });
  expect(consent.map(({ state }) => state)).toEqual(['before-choice']);
  await inspected.page.goto('https://bystander.test/');
  expect(await inspected.page.evaluate(heldBy)).toEqual(EVERYTHING);
});

test('follows the tab to a page that is not audited, adds it, and sees it after a reload', async () => {
  await inspected.page.goto('https://other.test/');
  await shows(panel, 'other');
  expect(await violations(panel)).toEqual([]);
  await press(panel, 'Audit this site too');
  await shows(panel, 'unseen');
  await press(panel, 'Reload the page');
  await shows(panel, 'judged');
});

test('speaks Kazakh where the person prefers it, though the browser itself cannot', async () => {
  const other = await launchInspected(site, '1600,1000', 'kk');
  try {
    const own = await other.panel();
    await own.waitForFunction(() => document.documentElement.lang === 'kk');
    expect(await own.title()).toBe('Келісім аудиті');
  } finally {
    await other.close();
  }
});
