/** Firefox with the extension, driven like the Chromium of `recording.ts`: for the specs that hold in both. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { vi } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { askThrough } from '../../cli/browser.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { EXTENSION_ID, EXTENSION_UUID } from '../../cli/firefox-preferences.ts';
import { askPage, launchFirefox, openControl } from '../../cli/firefox.ts';
import { settle } from '../../cli/steps.ts';
import type { Host } from '../site/exchange.ts';
import { startSite } from '../site/server.ts';
import { BROWSER, browserArguments, shopPolicy } from './audit-of.ts';
import { recording, type Recording } from './recording.ts';
import { PATIENCE } from './patience.ts';

export type FirefoxRecording = Omit<Recording, 'background' | 'reloaded' | 'kill' | 'again'>;

/** Globals of Firefox's own pages. */
interface Privileged {
  WebExtensionPolicy: {
    getByID(id: string): { extension: { terminateBackground(options: object): Promise<void> } } | null;
  };
}

async function firefoxRecording<T>(host: Host, live: (it: FirefoxRecording) => Promise<T>): Promise<T> {
  const site = await startSite({ form: 'clean', host });
  const profile = mkdtempSync(join(tmpdir(), 'recording-'));
  const options = [
    '--ignore-https-errors',
    '--browser-pref=extensions.getAddons.showPane=false',
    ...browserArguments('firefox', site.port),
  ];
  const firefox = await launchFirefox(
    findBrowser('firefox', null, () => undefined),
    profile,
    readArguments(['https://shop.test/', ...options]),
  );
  const { browser } = firefox;
  const it = { site, browser, profile, control: firefox.control, extension: EXTENSION_UUID } as FirefoxRecording;
  it.ask = askThrough(
    (message) => askPage(it.control, message),
    () => browser.connected,
  );
  it.open = async (url) => {
    const page = await browser.newPage();
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    return page;
  };
  it.evidence = async (command = {}) => {
    await settle({ ...firefox, ask: it.ask }, undefined);
    return it.ask('evidence', command);
  };
  try {
    // Firefox opens new tabs in the window in front: once a private one is there, this page would be of it.
    const addons = await browser.newPage();
    await addons.goto('about:addons', { waitUntil: [] });
    it.allowPrivateWindows = async () => {
      const card = `addon-card[addon-id="${EXTENSION_ID}"]`;
      await found(addons, `${card} .addon-name-link`, true);
      await found(addons, `${card} input[name="private-browsing"][value="1"]`, true);
      await found(addons, `${card}:not([reloading]) .addon-badge-private-browsing-allowed:not([hidden])`);
      // Firefox has closed the pages of the extension that was.
      it.control = await openControl(browser);
      // It answers when it has registered its content scripts.
      await it.ask('quiet', {});
    };
    it.stopBackground = () => addons.evaluate(terminate, EXTENSION_ID);
    await it.ask('configure', { policy: shopPolicy(), sites: [], key: null, clean: true });
    return await live(it);
  } finally {
    await firefox.close();
    await site.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A recording in the browser that this run of the specs is about. */
export const recordingInEither = BROWSER === 'firefox' ? firefoxRecording : recording;

async function terminate(id: string): Promise<void> {
  const { extension } = (globalThis as unknown as Privileged).WebExtensionPolicy.getByID(id) ?? {};
  await extension?.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
}

/** Firefox's own pages run nothing of the driver's, so it can wait for no element of theirs, nor click it. */
async function found(page: Page, selector: string, click = false): Promise<void> {
  const look = (wanted: string, clicks: boolean): boolean => {
    const element = document.querySelector<HTMLElement>(wanted);
    if (clicks) element?.click();
    return element !== null;
  };
  await vi.waitUntil(() => page.evaluate(look, selector, click), { timeout: PATIENCE, interval: 50 });
}
