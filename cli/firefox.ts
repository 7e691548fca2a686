/** Runs Firefox with the built extension and a profile of its own, through WebDriver BiDi (https://w3c.github.io/webdriver-bidi/). */
import { join } from 'node:path';
import { launch, type Browser, type Page } from 'puppeteer-core';
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
  type RunningBrowser,
} from './browser.ts';
import { noVerdict } from './exit.ts';
import { ROOT } from './find-browser.ts';
import { actionsOn } from './firefox-page.ts';
import { EXTENSION_UUID, preferencesFor } from './firefox-preferences.ts';
import { giveStartupFiles, keepStartupFiles } from './firefox-startup.ts';

const EXTENSION = join(ROOT, '.output', 'firefox-mv3');
const PATIENCE = 30_000; // milliseconds for the extension's own page to be there

export interface Firefox extends RunningBrowser {
  /** Puppeteer's, for what only this browser's tests do. */
  page: Page;
  browser: Browser;
  /** The extension's own page, with its APIs. */
  control: Page;
}

/** Starts Firefox on a profile folder. The extension is there before anything is opened. */
export async function launchFirefox(path: string, profile: string, options: AuditOptions): Promise<Firefox> {
  const { given, recorded } = preferencesFor(options, profile);
  giveStartupFiles(profile);
  let browser: Browser;
  try {
    browser = await launch({
      browser: 'firefox',
      executablePath: path,
      userDataDir: profile,
      headless: !options.headed,
      acceptInsecureCerts: options.ignoreHttpsErrors,
      handleSIGINT: false,
      handleSIGTERM: false,
      defaultViewport: null,
      // Needed to open the extension's own page.
      args: ['--remote-allow-system-access', ...options.browserArgs],
      extraPrefsFirefox: given,
      // Release builds take no other address for their settings (the driver gives one that leads nowhere) without it.
      env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
    });
  } catch (error) {
    throw noVerdict(`${path}: the browser did not start (${firstLine(error)}).`);
  }
  try {
    return await equip(browser, profile, recorded, options.viewport);
  } catch (error) {
    await browser.close().catch(() => undefined);
    throw noVerdict(`${path}: the browser did not load the extension; Firefox 140 or newer is needed (${firstLine(error)}).`);
  }
}

async function equip(browser: Browser, profile: string, recorded: object, viewport: string): Promise<Firefox> {
  await browser.installExtension(EXTENSION);
  const [blank] = await browser.pages();
  const control = await openControl(browser);
  const page = await browser.newPage();
  await blank?.close();
  await page.setViewport(viewport === 'mobile' ? MOBILE : sizeOf(viewport));
  page.on('dialog', (dialog) => {
    // As a driven Chromium does: nobody is there to answer, and leaving a page is not held up. A dialog may be gone already.
    (dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss()).catch(() => undefined);
  });
  let closing = false;
  const crashed = new Promise<string>((resolve) => {
    const tell = (what: string): void => {
      if (!closing) resolve(what);
    };
    page.once('close', () => void whyClosed(control).then(tell));
    browser.once('disconnected', () => tell('the browser went down'));
    onCrash(page, control, tell);
  });
  const askBackground = askThrough(
    (message) => askPage(control, message),
    () => browser.connected,
  );
  return {
    name: 'firefox',
    browser,
    page,
    control,
    actions: actionsOn(page),
    version: (await browser.version()).replace(/^.*\//, ''),
    conditions: {
      browserPreferences: recorded,
      ...(viewport === 'mobile' ? { emulated: ['size', 'device-pixel-ratio', 'touch'] } : {}),
    },
    crashed,
    alive: () => browser.connected,
    ask: askBackground,
    leave: async () => {
      closing = true;
      // What a document says while its tab closes is lost as often as not; while another takes its place it is heard.
      await page.goto('about:blank');
      // Until then it may come back, and does not end.
      await page.close();
      await hearOut(askBackground);
    },
    close: async () => {
      closing = true;
      // One that went down may have left half a file.
      const whole = browser.connected;
      await browser.close().then(
        () => (whole ? keepStartupFiles(profile) : undefined),
        () => undefined,
      );
    },
  };
}

const LOOK_EVERY = 1000; // milliseconds

/** BiDi has no event for a crash: Firefox shows a document of its own in the place of a page, and an empty one in that of the extension's. */
function onCrash(page: Page, control: Page, tell: (what: string) => void): void {
  // Between two documents there is nobody to ask.
  const shown = (one: Page): Promise<string> => one.evaluate(() => document.documentURI).catch(() => '');
  let asking = false;
  const timer = setInterval(() => {
    if (page.isClosed()) clearInterval(timer);
    if (asking || page.isClosed()) return;
    asking = true;
    void Promise.all([shown(page), shown(control)]).then(([uri, own]) => {
      asking = false;
      const crashed = uri.startsWith('about:tabcrashed');
      if (!crashed && (own === '' || own.startsWith('moz-extension:'))) return;
      clearInterval(timer);
      tell(crashed ? PAGE_CRASHED : EXTENSION_WENT_DOWN);
    });
  }, LOOK_EVERY);
  timer.unref();
}

/** Waiting for `load` of an extension's page never ends, so it is asked until it has the extension's own functions. */
export async function openControl(browser: Browser): Promise<Page> {
  const control = await browser.newPage();
  await control.goto(`moz-extension://${EXTENSION_UUID}/control.html`, { waitUntil: [], timeout: PATIENCE });
  await control.waitForFunction(() => 'browser' in globalThis && document.readyState === 'complete', { timeout: PATIENCE });
  return control;
}

/** As one text both ways: BiDi would wrap every value of it in a description of its type. */
export async function askPage(control: Page, message: unknown): Promise<unknown> {
  const answer = await control.evaluate(async (text) => {
    const { runtime } = (globalThis as unknown as { browser: { runtime: { sendMessage(m: unknown): Promise<unknown> } } }).browser;
    return JSON.stringify(await runtime.sendMessage(JSON.parse(text)));
  }, JSON.stringify(message));
  return answer === undefined ? undefined : (JSON.parse(answer) as unknown);
}
