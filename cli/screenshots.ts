/** `npm run screenshots [FOLDER [LANGUAGE]]`: makes the pictures of README and docs, of the real extension over the demo site. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import { demoPolicy } from '../tests/site/policy.ts';
import { startSite } from '../tests/site/server.ts';
import { ROOT } from './find-browser.ts';
import { dockBelow, launchInspected, setTheme, type Inspected } from './devtools.ts';

const [folder = join('docs', 'images'), language = 'en'] = process.argv.slice(2);
const OUT = resolve(ROOT, folder);
/** Height of the developer tools, pixels. */
const PANEL = 720;
const REJECT = '#cc-main .cm button[data-role="necessary"]';

mkdirSync(OUT, { recursive: true });
const site = await startSite({ form: 'breaking' });
const inspected = await launchInspected(site, '1280,1200', language);
try {
  await dockBelow(inspected.tools, PANEL);
  await inspected.ask('configure', { policy: demoPolicy(), sites: [], key: null, clean: true });
  await show('https://elsewhere.example/');
  await picturesOfBoth('-not-audited');
  await show('https://send-box.com/nothing-here');
  await picturesOfBoth('-empty');
  await visitTheDemo(inspected);
  const panel = await inspected.panel();
  await panel.waitForSelector('[role="row"][aria-rowindex="5"]');
  await panel.click('[role="row"][aria-rowindex="3"]');
  await picturesOfBoth('');
  await pictureOfReport();
} finally {
  await inspected.close();
  await site.close();
}

async function show(url: string): Promise<void> {
  await inspected.page.bringToFront();
  await inspected.page.goto(url, { waitUntil: 'load' });
  await quiet(inspected.ask);
}

async function visitTheDemo({ page, ask }: Inspected): Promise<void> {
  await page.bringToFront();
  await page.goto('https://send-box.com/kk/', { waitUntil: 'load' });
  await quiet(ask);
  await page.locator(REJECT).click();
  await quiet(ask);
  await page.reload({ waitUntil: 'load' });
  await quiet(ask);
}

async function quiet(ask: Inspected['ask']): Promise<void> {
  while ((await ask('quiet', {})).milliseconds < 1000) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** Resolves when the page has its answers and has drawn them. */
async function shown(view: Frame | Page): Promise<void> {
  await view.waitForSelector('main[aria-busy="false"]');
  await view.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Panel and popup over the page that is shown, light and dark. */
async function picturesOfBoth(scene: string): Promise<void> {
  for (const theme of ['', '-dark']) {
    await setTheme(inspected.tools, theme === '' ? 'default' : 'dark');
    await pictureOfPanel(`panel${scene}${theme}`, theme === '' ? 'light' : 'dark');
  }
  const popup = await pageOver('popup.html', { width: 400, height: 600 });
  await shown(popup);
  await picture(`popup${scene}`, popup);
  await popup.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await picture(`popup${scene}-dark`, popup);
  await popup.close();
  await inspected.page.bringToFront();
}

async function pictureOfReport(): Promise<void> {
  const report = await pageOver('report.html', { width: 1000, height: 1250 });
  await report.waitForSelector('.document h1');
  await picture('report', report);
}

/** A page of the extension about the inspected page, in a tab of its own. */
async function pageOver(name: string, viewport: { width: number; height: number }): Promise<Page> {
  const { browser, page, tools } = inspected;
  const base = tools
    .frames()
    .map((frame) => frame.url())
    .find((url) => url.startsWith('chrome-extension://'));
  if (base === undefined) throw new Error('no page of the extension is open');
  const own = await browser.newPage();
  await own.setViewport(viewport);
  const tab = await tabOf(own, base, page.url());
  await own.goto(new URL(`/${name}?tab=${tab}`, base).href);
  return own;
}

/** The id by which the extension knows the tab that shows this. */
async function tabOf(popup: Page, base: string, url: string): Promise<number> {
  await popup.goto(new URL('/control.html', base).href);
  return popup.evaluate(async (wanted) => {
    const { tabs } = (globalThis as unknown as { chrome: { tabs: { query(q: object): Promise<{ id: number; url: string }[]> } } }).chrome;
    return (await tabs.query({})).find((tab) => tab.url === wanted)?.id ?? -1;
  }, url);
}

/** Of the developer tools alone, without the page above them. */
async function pictureOfPanel(name: string, theme: 'light' | 'dark'): Promise<void> {
  const { tools } = inspected;
  await tools.bringToFront();
  // A frame that was drawn while another tab was in front is drawn again only when its place changes.
  for (const height of [PANEL - 1, PANEL]) await dockBelow(tools, height);
  const panel = await inspected.panel();
  await panel.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, {}, theme);
  await shown(panel);
  const { width, height } = await tools.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  await picture(name, tools, { x: 0, y: height - PANEL, width, height: PANEL });
}

async function picture(name: string, view: Page, clip?: { x: number; y: number; width: number; height: number }): Promise<void> {
  await view.bringToFront();
  const file = join(OUT, `${name}.png`);
  await view.screenshot({ path: file as `${string}.png`, captureBeyondViewport: false, ...(clip ? { clip } : {}) });
  process.stderr.write(`${name}.png\n`);
}
