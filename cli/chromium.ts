/** Runs Chromium with the built extension and a profile of its own, through Playwright. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Frame, type Locator, type Page } from 'playwright-core';
import type { AuditOptions } from './arguments.ts';
import {
  askThrough,
  EXTENSION_WENT_DOWN,
  firstLine,
  hearOut,
  MOBILE,
  PAGE_CRASHED,
  sizeOf,
  whyClosed,
  type PageActions,
  type Place,
  type RunningBrowser,
} from './browser.ts';
import { withoutFeatures } from './chromium-features.ts';
import { hindranceOf } from './chromium-hindrance.ts';
import { noVerdict } from './exit.ts';
import { ROOT } from './find-browser.ts';

export const EXTENSION = join(ROOT, '.output', 'chrome-mv3');

const ARGS = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  `--disable-extensions-except=${EXTENSION}`,
  `--load-extension=${EXTENSION}`,
];

export interface Chromium extends RunningBrowser {
  /** Playwright's page, for what only this browser's tests do. */
  page: Page;
}

/** Starts Chromium on a profile folder. */
export async function launchChromium(path: string, profile: string, options: AuditOptions): Promise<Chromium> {
  writePreferences(profile, options.thirdPartyCookies === 'block');
  const { deviceScaleFactor, isMobile, hasTouch, ...small } = MOBILE;
  let context: BrowserContext;
  try {
    context = await chromium.launchPersistentContext(profile, {
      executablePath: path,
      headless: false,
      handleSIGINT: false,
      handleSIGTERM: false,
      ignoreHTTPSErrors: options.ignoreHttpsErrors,
      ...(options.viewport === 'mobile'
        ? { viewport: small, deviceScaleFactor, isMobile, hasTouch }
        : { viewport: sizeOf(options.viewport) }),
      args: withoutFeatures([
        ...(options.headed ? [] : ['--headless=new']),
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...ARGS,
        ...options.browserArgs,
      ]),
      // The extension is the point; the rest of Playwright's defaults keep the browser quiet.
      ignoreDefaultArgs: ['--disable-extensions', '--disable-component-extensions-with-background-pages'],
    });
  } catch (error) {
    throw noVerdict(`${path}: the browser did not start (${firstLine(error)}).`);
  }
  let closing = false;
  let dead = false;
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 30_000 }).catch(() => null));
  if (!worker) {
    await context.close();
    throw noVerdict(
      `${path}: the browser did not load the extension; Chromium or Chrome for Testing is needed (branded Chrome ignores --load-extension).`,
    );
  }
  const base = new URL('/', worker.url()).href;
  const control = await context.newPage();
  await control.goto(`${base}control.html`);
  const page = await context.newPage();
  for (const blank of context.pages()) if (blank !== page && blank !== control) await blank.close();
  const session = await context.newCDPSession(page);
  const { product } = (await session.send('Browser.getVersion')) as { product: string };
  await session.detach();
  const crashed = new Promise<string>((resolve) => {
    const tell = (what: string): void => {
      if (!closing) resolve(what);
    };
    page.on('crash', () => tell(PAGE_CRASHED));
    control.on('crash', () => tell(EXTENSION_WENT_DOWN));
    page.on('close', () => void whyClosed(control).then(tell));
    context.on('close', () => {
      dead = true;
      tell('the browser went down');
    });
  });
  const sendMessage = (message: unknown): Promise<unknown> =>
    control.evaluate(
      (sent) =>
        (globalThis as unknown as { chrome: { runtime: { sendMessage(m: unknown): Promise<unknown> } } }).chrome.runtime.sendMessage(sent),
      message,
    );
  const askBackground = askThrough(sendMessage, () => !dead);
  return {
    name: 'chromium',
    page,
    actions: actionsOn(page),
    version: product.replace(/^.*\//, ''),
    conditions: {},
    crashed,
    alive: () => !dead,
    ask: askBackground,
    leave: async () => {
      // While another page takes its place, its frames are heard too; a tab that closes takes those along that have not ended.
      await page.goto('about:blank');
      await hearOut(askBackground);
    },
    close: async () => {
      closing = true;
      await context.close().catch(() => undefined);
    },
  };
}

/** Third-party cookies as wanted: a fresh profile of some builds blocks them. Only before the profile's first start. */
function writePreferences(profile: string, block: boolean): void {
  const folder = join(profile, 'Default');
  if (existsSync(join(folder, 'Preferences'))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'Preferences'),
    JSON.stringify({ profile: { cookie_controls_mode: block ? 1 : 0, block_third_party_cookies: block } }),
  );
}

function placeOf(place: Page | Frame): Place {
  const use = (selector: string, act: (element: Locator) => Promise<void>): Promise<void> =>
    act(place.locator(`css=${selector}`).first()).catch((error: unknown) => {
      const hindrance = error instanceof Error ? hindranceOf(error.message) : null;
      throw hindrance === null ? error : new Error(hindrance);
    });
  return {
    click: (selector, timeout) => use(selector, (element) => element.click({ timeout })),
    check: (selector, timeout) => use(selector, (element) => element.check({ timeout })),
    hover: (selector, timeout) => use(selector, (element) => element.hover({ timeout })),
    fill: (selector, text, timeout) => use(selector, (element) => element.fill(text, { timeout })),
    evaluate: (script) => place.evaluate(script),
  };
}

function actionsOn(page: Page): PageActions {
  return {
    ...placeOf(page),
    url: () => page.url(),
    visit: (url, timeout) => page.goto(url, { waitUntil: 'commit', timeout }).then(() => undefined),
    reload: (timeout) => page.reload({ waitUntil: 'commit', timeout }).then(() => undefined),
    loaded: (timeout) => page.waitForLoadState('load', { timeout }),
    frame(part) {
      const frame = page.frames().find((one) => one !== page.mainFrame() && one.url().includes(part));
      return frame ? placeOf(frame) : null;
    },
    clickAt: (x, y) => page.mouse.click(x, y),
    move: (x, y) => page.mouse.move(x, y),
    scroll: (pixels) => page.mouse.wheel(0, pixels),
    press: (key) => page.keyboard.press(key),
  };
}
