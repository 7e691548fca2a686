/** Finds or installs Chromium, and runs it with the built extension and a profile of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { ask, type CommandName, type Commands } from '../lib/messaging/commands.ts';
import type { AuditOptions } from './arguments.ts';
import { noVerdict } from './exit.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const EXTENSION = join(ROOT, '.output', 'chrome-mv3');

/** Branded Chrome 137 and newer ignores --load-extension, so only Chromium builds are looked for. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The path of a Chromium: the option's, else CONSENT_AUDIT_CHROMIUM's, else one that is installed, else one that is installed now.
 * @throws ExitError 3 with one sentence where there is none
 */
export function findChromium(option: string | null, say: (text: string) => void): string {
  for (const [where, path] of [
    ['--browser-path', option],
    ['CONSENT_AUDIT_CHROMIUM', process.env.CONSENT_AUDIT_CHROMIUM],
  ] as const) {
    if (!path) continue;
    if (!existsSync(path)) throw noVerdict(`${where} ${path}: there is no such browser; expected the path of a Chromium executable.`);
    return path;
  }
  const installed = (): string | undefined => [...PLACES, chromium.executablePath()].find((path) => path !== '' && existsSync(path));
  const found = installed();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Installing Chromium (apt-get) …');
    const quiet = { stdio: ['ignore', 2, 2] as ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['-qq', 'update'], quiet);
    spawnSync('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', 'chromium'], { ...quiet, stdio: ['ignore', 'ignore', 2] });
  } else {
    say('Installing Chromium (playwright) …');
    spawnSync(process.execPath, [join(ROOT, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium'], {
      stdio: ['ignore', 2, 2],
    });
  }
  const now = installed();
  if (!now) throw noVerdict('No Chromium was found and none could be installed; install Chromium and pass --browser-path PATH.');
  return now;
}

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

export interface RunningBrowser {
  page: Page;
  version: string;
  /** Asks the extension; a worker that is just starting is asked again. */
  ask<Name extends CommandName>(command: Name, parameters: Commands[Name]['ask']): Promise<Commands[Name]['answer']>;
  /** Resolves with a sentence when page or browser go down by themselves. */
  crashed: Promise<string>;
  alive(): boolean;
  close(): Promise<void>;
}

const MOBILE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };

/** Starts Chromium on a profile folder. */
export async function launchChromium(path: string, profile: string, options: AuditOptions): Promise<RunningBrowser> {
  writePreferences(profile, options.thirdPartyCookies === 'block');
  const [width = 1280, height = 800] = options.viewport.split('x').map(Number);
  let context: BrowserContext;
  try {
    context = await chromium.launchPersistentContext(profile, {
      executablePath: path,
      headless: false,
      handleSIGINT: false,
      handleSIGTERM: false,
      ignoreHTTPSErrors: options.ignoreHttpsErrors,
      ...(options.viewport === 'mobile' ? MOBILE : { viewport: { width, height } }),
      args: [
        ...(options.headed ? [] : ['--headless=new']),
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...ARGS,
        ...options.browserArgs,
      ],
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
    page.on('crash', () => !closing && resolve('the page crashed'));
    page.on('close', () => !closing && resolve('the page was closed'));
    context.on('close', () => {
      dead = true;
      if (!closing) resolve('the browser went down');
    });
  });
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
  return {
    page,
    version: product.replace(/^.*\//, ''),
    crashed,
    alive: () => !dead,
    ask: async (command, parameters) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await ask(runtime, command, parameters);
        } catch (error) {
          // The worker may be stopped between request and answer; the next request wakes it.
          if (attempt === 5 || dead) throw error;
          await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
        }
      }
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

export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.replace(/\u001b\[\d+m/g, '') ?? '';
}
