/** `npm run screenshots [FOLDER [LANGUAGE]]`: makes the pictures of README and docs, of the real extension over the demo site. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import { demoPolicy } from '../tests/site/policy.ts';
import { startSite } from '../tests/site/server.ts';
import { ROOT } from './find-browser.ts';
import { dockBelow, launchInspected, setTheme, type Inspected } from './devtools.ts';

const [folder = join('docs', 'images'), language = 'en'] = process.argv.slice(2);
const OUT = join(ROOT, folder);
/** Height of the developer tools, pixels. */
const PANEL = 720;
const REJECT = '#cc-main .cm button[data-role="necessary"]';

mkdirSync(OUT, { recursive: true });
const site = await startSite({ form: 'breaking' });
const inspected = await launchInspected(site, '1280,1200', language);
try {
  await dockBelow(inspected.tools, PANEL);
  await inspected.ask('configure', { policy: demoPolicy(), sites: [], key: null, clean: true });
  const panel = await inspected.panel();
  await shown(panel);
  await pictureOfPanel('panel-not-audited');
  await visitTheDemo(inspected);
  await panel.waitForSelector('[role="row"][aria-rowindex="5"]');
  await panel.click('[role="row"][aria-rowindex="3"]');
  await pictureOfPanel('panel');
  await setTheme(inspected.tools, 'dark');
  await pictureOfPanel('panel-dark');
  await setTheme(inspected.tools, 'default');
  await picturesOfPages(inspected);
} finally {
  await inspected.close();
  await site.close();
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

/** Resolves when the page has its answers. */
async function shown(view: Frame | Page): Promise<void> {
  await view.waitForSelector('main[aria-busy="false"]');
}

/** Popup and report, each as a page of its own. */
async function picturesOfPages({ browser, page, tools }: Inspected): Promise<void> {
  const base = tools
    .frames()
    .map((frame) => frame.url())
    .find((url) => url.startsWith('chrome-extension://'));
  if (base === undefined) throw new Error('no page of the extension is open');
  const popup = await browser.newPage();
  await popup.setViewport({ width: 400, height: 600 });
  const tab = await tabOf(popup, base, page.url());
  await popup.goto(new URL(`/popup.html?tab=${tab}`, base).href);
  await shown(popup);
  await picture('popup', popup);
  await popup.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await picture('popup-dark', popup);
  const report = await browser.newPage();
  await report.setViewport({ width: 1000, height: 1250 });
  await report.goto(new URL(`/report.html?tab=${tab}`, base).href);
  await report.waitForSelector('.document h1');
  await picture('report', report);
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
async function pictureOfPanel(name: string): Promise<void> {
  const { tools } = inspected;
  const { width, height } = await tools.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  await picture(name, tools, { x: 0, y: height - PANEL, width, height: PANEL });
}

async function picture(name: string, view: Page, clip?: { x: number; y: number; width: number; height: number }): Promise<void> {
  await view.bringToFront();
  const file = join(OUT, `${name}.png`);
  await view.screenshot({ path: file as `${string}.png`, ...(clip ? { clip } : {}) });
  process.stderr.write(`${name}.png\n`);
}
