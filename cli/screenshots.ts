/** `npm run screenshots`: makes the pictures of README and docs, of the real extension over the demo site. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readArguments } from './arguments.ts';
import { findChromium, launchChromium, ROOT, type RunningBrowser } from './chromium.ts';
import { startDemo } from './demo.ts';
import { settle, takeStep } from './steps.ts';

const OUT = join(ROOT, process.argv[2] ?? join('docs', 'images'));
const say = (text: string): void => void process.stderr.write(`${text}\n`);

mkdirSync(OUT, { recursive: true });
const demo = await startDemo('breaking');
const profile = mkdtempSync(join(tmpdir(), 'screenshots-'));
const args = [...demo.browserArgs, '--lang=en'].map((arg) => `--browser-arg=${arg}`);
const browser = await launchChromium(
  findChromium(null, say),
  profile,
  readArguments(['--demo=breaking', '--ignore-https-errors', ...args]),
);
try {
  await browser.ask('configure', { policy: demo.policy, sites: [], key: null, clean: true });
  await picturesOfPopup(browser);
} finally {
  await browser.close();
  await demo.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

async function picturesOfPopup(over: RunningBrowser): Promise<void> {
  const extension = over.page
    .context()
    .pages()
    .find((page) => page.url().endsWith('/control.html')) as Page;
  const popup = await over.page.context().newPage();
  await popup.setViewportSize({ width: 400, height: 600 });
  const open = async (): Promise<void> => {
    const tab = await extension.evaluate(async (url) => {
      const { tabs } = (globalThis as unknown as { chrome: { tabs: { query(q: object): Promise<{ id: number; url: string }[]> } } }).chrome;
      return (await tabs.query({})).find((one) => one.url === url)?.id;
    }, over.page.url());
    await popup.goto(new URL(`/popup.html?tab=${tab}`, extension.url()).href);
    await popup.locator('main[aria-busy="false"]').waitFor();
  };
  const picture = async (name: string): Promise<void> => {
    await popup.bringToFront();
    await popup.screenshot({ path: join(OUT, `${name}.png`) });
    say(`${name}.png`);
    await over.page.bringToFront();
  };
  await over.page.goto('about:blank');
  await open();
  await picture('popup-not-audited');
  await takeStep(over, { visit: '/kk/' }, demo.url, 'screenshots');
  await settle(over, undefined);
  await takeStep(over, { click: '#cc-main .cm button[data-role="necessary"]' }, demo.url, 'screenshots');
  await settle(over, undefined);
  await takeStep(over, { reload: true }, demo.url, 'screenshots');
  await settle(over, undefined);
  await open();
  await picture('popup');
  await popup.emulateMedia({ colorScheme: 'dark' });
  await picture('popup-dark');
}
