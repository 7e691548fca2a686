/** Chromium with the extension and its developer tools open: the panel as a person has it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer-core';
import { EXTENSION } from './chromium.ts';
import { findBrowser } from './find-browser.ts';
import { ask, type CommandName, type Commands } from '../lib/messaging/commands.ts';

interface Runtime {
  runtime: { sendMessage(message: unknown): Promise<unknown> };
}

export interface Inspected {
  browser: Browser;
  /** The inspected page. */
  page: Page;
  /** The developer tools themselves. */
  tools: Page;
  ask<Name extends CommandName>(command: Name, parameters: Commands[Name]['ask']): Promise<Commands[Name]['answer']>;
  /** Shows the extension's panel. */
  panel(): Promise<Frame>;
  close(): Promise<void>;
}

/** @param windowSize of the browser, developer tools included, `1600,1000` */
export async function launchInspected(site: { port: number }, windowSize = '1600,1000', language = 'en'): Promise<Inspected> {
  const profile = mkdtempSync(join(tmpdir(), 'inspected-'));
  // Allows third-party cookies, which a fresh profile of some builds blocks.
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ profile: { cookie_controls_mode: 0 } }));
  const browser = await puppeteer.launch({
    userDataDir: profile,
    executablePath: findBrowser('chromium', null, () => undefined),
    pipe: true,
    enableExtensions: [EXTENSION],
    defaultViewport: null,
    acceptInsecureCerts: true,
    args: [
      '--headless=new',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--no-first-run',
      `--window-size=${windowSize}`,
      `--lang=${language}`,
      `--accept-lang=${language}`,
      `--host-resolver-rules=MAP * 127.0.0.1:${site.port}`,
      '--ignore-certificate-errors',
    ],
    env: { ...process.env, LANGUAGE: language },
  });
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  // Now, and not with the tab: opened while the extension is being installed, the developer tools may never have it.
  const tools = await page.openDevTools();
  tools.setDefaultTimeout(PATIENCE);
  // Puppeteer sees the frames of what it loads, and not always those that are being loaded when it comes.
  await tools.reload();
  // The extension's own page within the developer tools; a tab of its own would have developer tools too, and come to the front with them.
  const own = await frameOf(tools, /^chrome-extension:\/\/\w+\/devtools\.html/);
  const id = new URL(own.url()).host;
  await page.bringToFront();
  const sendMessage = (message: unknown): Promise<unknown> =>
    own.evaluate(
      (text) => (globalThis as unknown as { chrome: Runtime }).chrome.runtime.sendMessage(JSON.parse(text)),
      JSON.stringify(message),
    );
  return {
    browser,
    page,
    tools,
    ask: (command, parameters) => ask({ sendMessage }, command, parameters),
    panel: () => showPanel(tools, `chrome-extension://${id}/panel.html`),
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** On a busy machine the developer tools take their time: this only ends a hang. */
const PATIENCE = 250_000; // milliseconds

const MODULES = 'devtools://devtools/bundled';

/** Uses an internal module of the developer tools: there is no other way to choose a panel from outside. In words, for a test runner would rewrite the import. */
async function showPanel(tools: Page, url: string): Promise<Frame> {
  await tools.waitForFunction(
    `import('${MODULES}/ui/legacy/legacy.js').then(async ({ InspectorView }) => {
      const view = InspectorView.InspectorView.instance();
      const tab = view.tabbedPane.tabs.find(({ id }) => id.startsWith('chrome-extension://'));
      if (tab) await view.showPanel(tab.id);
      return Boolean(tab);
    })`,
    { polling: 100 },
  );
  return frameOf(tools, new RegExp(`^${url}`));
}

async function frameOf(tools: Page, url: RegExp): Promise<Frame> {
  return tools.waitForFrame((frame) => url.test(frame.url()));
}

/** Docks the developer tools below the page, so high (pixels). */
export async function dockBelow(tools: Page, height: number): Promise<void> {
  await tools.evaluate(
    `Promise.all([import('${MODULES}/core/common/common.js'), import('${MODULES}/ui/legacy/legacy.js')]).then(([{ Settings }, { DockController }]) => {
      Settings.Settings.instance().createSetting('inspector-view.split-view-state', {}).set({ horizontal: { size: ${height} } });
      DockController.DockController.instance().setDockSide('bottom');
    })`,
  );
}

/** Sets the theme of the developer tools: `dark` or `default`. */
export async function setTheme(tools: Page, name: string): Promise<void> {
  await tools.evaluate(
    `import('${MODULES}/core/common/common.js').then(({ Settings }) => Settings.Settings.instance().moduleSetting('ui-theme').set('${name}'))`,
  );
}

/** Resolves when the developer tools show this source. */
export async function showsSource(tools: Page, url: string): Promise<void> {
  await tools.waitForFunction(
    `Promise.all([import('${MODULES}/ui/legacy/legacy.js'), import('${MODULES}/models/workspace/workspace.js')]).then(
      ([{ Context }, { UISourceCode }]) => Context.Context.instance().flavor(UISourceCode.UISourceCode)?.url() === '${url}')`,
    { polling: 100 },
  );
}
