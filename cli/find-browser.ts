/** Finds the browsers on this machine, or installs them. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Playwright from 'playwright-core';
import { noVerdict } from './exit.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export type BrowserName = 'chromium' | 'firefox';

interface Findable {
  title: string;
  /** Environment variable that names the executable. */
  variable: string;
  /** Debian's package. */
  aptPackage: string;
  /** Where executables may be, best first. */
  places(): Iterable<string>;
  /** The library that downloads it elsewhere, with its command to do so. */
  downloader: { title: string; command: string[] };
}

const modules = (...path: string[]): string => join(ROOT, 'node_modules', ...path);
/** Where @puppeteer/browsers keeps what it downloads, for all projects of a person. */
const CACHE = join(homedir(), '.cache', 'puppeteer');

const BROWSERS: Record<BrowserName, Findable> = {
  chromium: {
    title: 'Chromium',
    variable: 'CONSENT_AUDIT_CHROMIUM',
    aptPackage: 'chromium',
    // Branded Chrome 137 and newer ignores --load-extension, so only Chromium builds are looked for.
    *places() {
      yield '/usr/bin/chromium';
      yield '/usr/bin/chromium-browser';
      yield '/snap/bin/chromium';
      yield '/Applications/Chromium.app/Contents/MacOS/Chromium';
      // Only where it is needed: it takes a while to load.
      yield (createRequire(import.meta.url)('playwright-core') as typeof Playwright).chromium.executablePath();
    },
    downloader: { title: 'playwright', command: [modules('playwright-core', 'cli.js'), 'install', 'chromium'] },
  },
  firefox: {
    title: 'Firefox',
    variable: 'CONSENT_AUDIT_FIREFOX',
    aptPackage: 'firefox-esr',
    places: () => [
      '/usr/bin/firefox-esr',
      '/usr/bin/firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
      ...globSync('firefox/*/{firefox/firefox,Firefox.app/Contents/MacOS/firefox,core/firefox.exe}', { cwd: CACHE }).map((path) =>
        join(CACHE, path),
      ),
    ],
    downloader: {
      title: '@puppeteer/browsers',
      command: [modules('@puppeteer', 'browsers', 'lib', 'main-cli.js'), 'install', 'firefox@esr', '--path', CACHE],
    },
  },
};

/**
 * The path of a browser: the option's, else its environment variable's, else one that is installed, else one that is installed now.
 * @throws ExitError 3 with one sentence where there is none
 */
export function findBrowser(name: BrowserName, option: string | null, say: (text: string) => void): string {
  const { title, variable, aptPackage, places, downloader } = BROWSERS[name];
  for (const [where, path] of [
    ['--browser-path', option],
    [variable, process.env[variable]],
  ] as const) {
    if (!path) continue;
    if (!existsSync(path)) throw noVerdict(`${where} ${path}: there is no such browser; expected the path of a ${title} executable.`);
    return path;
  }
  const there = (): string | undefined => {
    for (const path of places()) if (path !== '' && existsSync(path)) return path;
    return undefined;
  };
  const found = there();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say(`Installing ${title} (apt-get) …`);
    const quiet = { stdio: ['ignore', 2, 2] as ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['-qq', 'update'], quiet);
    spawnSync('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', aptPackage], { ...quiet, stdio: ['ignore', 'ignore', 2] });
  } else {
    say(`Installing ${title} (${downloader.title}) …`);
    spawnSync(process.execPath, downloader.command, { stdio: ['ignore', 2, 2] });
  }
  const now = there();
  if (!now) throw noVerdict(`No ${title} was found and none could be installed; install ${title} and pass --browser-path PATH.`);
  return now;
}
