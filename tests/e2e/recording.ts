/** A browser with the extension, driven without the command line: for what happens to browsers, tabs and backgrounds. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer, { type Browser, type CDPSession, type Page, type Target, type WebWorker } from 'puppeteer-core';
import { WITHOUT_ADDRESS_BAR } from '../../cli/chromium-features.ts';
import { EXTENSION } from '../../cli/chromium.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { ask, type CommandName, type Commands } from '../../lib/messaging/commands.ts';
import type { Evidence } from '../../lib/model/evidence.ts';
import type { GatheredObservation } from '../../lib/model/observation.ts';
import { newKey } from '../../lib/settings/settings.ts';
import type { Host } from '../site/exchange.ts';
import { startSite, type Site } from '../site/server.ts';
import { shopPolicy } from './audit-of.ts';
import { PATIENCE } from './patience.ts';

export interface Recording {
  site: Site;
  browser: Browser;
  /** The extension's own page: has its APIs, and wakes the background by asking. */
  control: Page;
  extension: string;
  ask<Name extends CommandName>(command: Name, parameters: Commands[Name]['ask']): Promise<Commands[Name]['answer']>;
  /** A new tab with this page; resolves when its document has begun. */
  open(url: string): Promise<Page>;
  /** The browser's own folder. */
  profile: string;
  /** What a person does on the browser's page of extensions; the extension is loaded anew for it. */
  allowPrivateWindows(): Promise<void>;
  /** The background itself; only of a `driven` recording. */
  background(): Promise<WebWorker>;
  /** Stops the background as the browser does when it idles, in the middle of whatever it was doing. */
  stopBackground(): Promise<void>;
  /** Asks until nothing was observed for a while, looks into everything, and gives what is there. */
  evidence(command?: Partial<Commands['evidence']['ask']>): Promise<Evidence>;
  /** Does what has the extension loaded anew, and opens its page again. */
  reloaded(reload: () => Promise<unknown>): Promise<void>;
  /** The browser's process ends without a word. */
  kill(): Promise<void>;
  /** Starts the browser again on the same profile. */
  again(): Promise<void>;
}

/**
 * Runs `live` with pages of a test under shop.test; every host name leads to them.
 * @param options.driven the test reaches into the background itself
 * @param options.everyday the extension is as it was installed, in a browser that is used for other things too
 */
export async function recording<T>(host: Host, live: (it: Recording) => Promise<T>, { driven = false, everyday = false } = {}): Promise<T> {
  const site = await startSite({ form: 'clean', host });
  const profile = mkdtempSync(join(tmpdir(), 'recording-'));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({ profile: { cookie_controls_mode: 0 }, extensions: { ui: { developer_mode: true } } }),
  );
  const it = { site, profile } as Recording & { workers: CDPSession };
  const start = async (): Promise<void> => {
    it.browser = await puppeteer.launch({
      executablePath: findBrowser('chromium', null, () => undefined),
      userDataDir: profile,
      pipe: true,
      enableExtensions: true,
      // A worker that begins under the eyes of the driver waits for it, so the driver only looks where a test needs it to.
      targetFilter: (target) => driven || target.type() !== 'service_worker',
      acceptInsecureCerts: true,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        WITHOUT_ADDRESS_BAR,
        '--ignore-certificate-errors',
        `--host-resolver-rules=MAP * 127.0.0.1:${site.port}`,
      ],
    });
    it.extension = await it.browser.installExtension(EXTENSION);
    await openControl();
  };
  const openControl = async (): Promise<void> => {
    it.control = await it.browser.newPage();
    // While the extension is loaded anew its pages are not there.
    while (!(await it.control.goto(`chrome-extension://${it.extension}/control.html`).catch(() => null))) await sleep(50);
    it.workers = await it.control.createCDPSession();
    await it.workers.send('ServiceWorker.enable');
  };
  const runtime = {
    sendMessage: (message: unknown): Promise<unknown> =>
      it.control.evaluate((sent) => (globalThis as unknown as ExtensionPage).chrome.runtime.sendMessage(sent), message),
  };
  it.ask = async (command, parameters) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask(runtime, command, parameters);
      } catch (error) {
        // The background may have been stopped between question and answer; the next question wakes it.
        if (attempt === 20) throw error;
        await sleep(25 * attempt);
      }
    }
  };
  it.open = async (url) => {
    const page = await it.browser.newPage();
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    return page;
  };
  it.reloaded = async (reload) => {
    await reload();
    await it.control.close().catch(() => undefined);
    await openControl();
    // It answers when it has registered its content scripts.
    await it.ask('quiet', {});
  };
  it.allowPrivateWindows = async () => {
    const settings = await it.browser.newPage();
    await settings.goto('chrome://extensions');
    await it.reloaded(() =>
      settings.evaluate((extensionId) => {
        const { developerPrivate } = (
          globalThis as unknown as { chrome: { developerPrivate: { updateExtensionConfiguration(o: object): Promise<void> } } }
        ).chrome;
        return developerPrivate.updateExtensionConfiguration({ extensionId, incognitoAccess: true });
      }, it.extension),
    );
    await settings.close();
  };
  const isBackground = (target: Target): boolean => target.type() === 'service_worker' && target.url().includes(it.extension);
  it.background = async () => {
    const target = await it.browser.waitForTarget(isBackground, { timeout: PATIENCE });
    const worker = await target.worker();
    if (!worker) throw new Error('no background');
    return worker;
  };
  it.stopBackground = () => it.workers.send('ServiceWorker.stopAllWorkers').then(() => undefined);
  it.evidence = async (command = {}) => {
    while ((await it.ask('quiet', {})).milliseconds < 400) await sleep(50);
    await it.ask('snapshot', {});
    return it.ask('evidence', command);
  };
  it.kill = async () => {
    const child = it.browser.process();
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGKILL');
    await ended;
  };
  it.again = start;
  try {
    await start();
    if (!everyday) await it.ask('configure', { policy: shopPolicy(), sites: [], key: newKey(), clean: true });
    return await live(it);
  } finally {
    await it.browser.close().catch(() => undefined);
    await site.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What the tests use of an extension page's own globals. */
export interface ExtensionPage {
  chrome: {
    runtime: { sendMessage(message: unknown): Promise<unknown>; reload(): void };
    windows: { create(options: { url?: string; incognito?: boolean }): Promise<unknown> };
    tabs: {
      query(of: object): Promise<{ id: number; url?: string; incognito: boolean }[]>;
      update(tab: number, to: { url: string }): Promise<unknown>;
      remove(tab: number): Promise<void>;
    };
    webNavigation: { onCommitted: { addListener(listener: (details: { tabId: number }) => void): void } };
    storage: { session: { get(keys: null): Promise<object> } };
  };
}

/** Names of what was set, of one kind, with this prefix, in the order of happening. */
export function namesSet(evidence: Evidence, kind: GatheredObservation['kind'], prefix: string): string[] {
  return evidence.observations
    .filter((o) => o.kind === kind && o.action === 'set' && o.name?.startsWith(prefix))
    .map(({ name }) => name ?? '');
}

/** The same numbers from 0, as `namesSet` gives them after sorting. */
export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`).sort();
}
