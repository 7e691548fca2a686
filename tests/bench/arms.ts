/**
 * The browsers that are compared: none, none again (what differs between these two is noise), an empty extension, one that hears
 * what ours hears of the browser and does nothing with it, and ours.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { WITHOUT_ADDRESS_BAR } from '../../cli/chromium-features.ts';
import { EXTENSION } from '../../cli/chromium.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { ask, type CommandName, type Commands } from '../../lib/messaging/commands.ts';
import type { PolicyDocument } from '../../lib/model/policy.ts';
import { newKey } from '../../lib/settings/settings.ts';

export const ARMS = ['none', 'none again', 'empty extension', 'listening extension', 'ours'] as const;
export type ArmName = (typeof ARMS)[number];

export interface Arm {
  name: ArmName;
  pid: number;
  page: Page;
  /** Only of ours. */
  ours: Ours | null;
  close(): Promise<void>;
}

export interface Ours {
  control: Page;
  workers: CDPSession;
  ask<Name extends CommandName>(command: Name, parameters: Commands[Name]['ask']): Promise<Commands[Name]['answer']>;
  /** Resolves when nothing was observed for so long, and what was observed is stored. */
  settled(milliseconds: number): Promise<void>;
}

/** A policy of the benchmark's own site, and nothing else. */
const POLICY: PolicyDocument = {
  format: 'consent-policy/1',
  id: 'bench.test',
  version: '1',
  sites: ['bench.test'],
  categories: [
    { id: 'mandatory', basis: 'contract' },
    { id: 'analytical', basis: 'consent', retention: 'P24M' },
  ],
};

export async function startArm(name: ArmName, port: number): Promise<Arm> {
  const profile = mkdtempSync(join(tmpdir(), 'bench-'));
  const worker = WORKERS[name];
  const extension = name === 'ours' ? EXTENSION : worker === undefined ? null : extensionOf(profile, name, worker);
  const browser = await puppeteer.launch({
    executablePath: findBrowser('chromium', null, () => undefined),
    userDataDir: join(profile, 'profile'),
    pipe: true,
    acceptInsecureCerts: true,
    ...(extension === null ? {} : { enableExtensions: [extension] }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      WITHOUT_ADDRESS_BAR,
      '--ignore-certificate-errors',
      `--host-resolver-rules=MAP * 127.0.0.1:${port}`,
    ],
  });
  const ours = name === 'ours' ? await drive(browser) : null;
  const page = await browser.newPage();
  await page.bringToFront();
  return {
    name,
    pid: browser.process()?.pid ?? 0,
    page,
    ours,
    close: async () => {
      await browser.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function drive(browser: Browser): Promise<Ours> {
  const worker = await browser.waitForTarget(
    (target) => target.type() === 'service_worker' && target.url().startsWith('chrome-extension:'),
  );
  const control = await browser.newPage();
  await control.goto(new URL('/control.html', worker.url()).href);
  const workers = await control.createCDPSession();
  await workers.send('ServiceWorker.enable');
  const runtime = {
    sendMessage: (message: unknown): Promise<unknown> =>
      control.evaluate(
        (sent) =>
          (globalThis as unknown as { chrome: { runtime: { sendMessage(m: unknown): Promise<unknown> } } }).chrome.runtime.sendMessage(
            sent,
          ),
        message,
      ),
  };
  const ours: Ours = {
    control,
    workers,
    ask: (command, parameters) => ask(runtime, command, parameters),
    settled: async (milliseconds) => {
      while ((await ours.ask('quiet', {})).milliseconds < milliseconds) await sleep(50);
    },
  };
  await ours.ask('configure', { policy: POLICY, sites: [], key: newKey(), clean: true });
  return ours;
}

/** The events that the background listens to in Chromium, and nothing else of it: nobody who hears them all can cost less. */
const LISTENING = `
  const filter = { urls: ['<all_urls>'] };
  const hear = (event, ...options) => event.addListener(() => undefined, ...options);
  const { webRequest, webNavigation, cookies, tabs } = chrome;
  hear(webRequest.onBeforeRequest, filter, ['requestBody', 'extraHeaders']);
  hear(webRequest.onSendHeaders, filter, ['requestHeaders', 'extraHeaders']);
  hear(webRequest.onHeadersReceived, filter, ['responseHeaders', 'extraHeaders']);
  hear(webRequest.onBeforeRedirect, filter);
  hear(webRequest.onCompleted, filter);
  hear(webRequest.onErrorOccurred, filter);
  hear(webNavigation.onCommitted);
  hear(webNavigation.onCreatedNavigationTarget);
  hear(webNavigation.onHistoryStateUpdated);
  hear(cookies.onChanged);
  hear(tabs.onRemoved);
`;

/** The backgrounds of the extensions that ours is held against. */
const WORKERS: Partial<Record<ArmName, string>> = {
  'empty extension': 'chrome.runtime.onInstalled.addListener(() => undefined);',
  'listening extension': LISTENING,
};

function extensionOf(profile: string, name: string, worker: string): string {
  const path = join(profile, 'extension');
  mkdirSync(path);
  writeFileSync(
    join(path, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name,
      version: '1',
      permissions: ['cookies', 'webNavigation', 'webRequest'],
      host_permissions: ['<all_urls>'],
      background: { service_worker: 'worker.js' },
    }),
  );
  writeFileSync(join(path, 'worker.js'), worker);
  return path;
}
