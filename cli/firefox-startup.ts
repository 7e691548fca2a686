/**
 * What Firefox compiles of its own scripts when it starts with a new profile, given to the next new profile: a quarter of the time of a start.
 * Nothing of a site or an extension is in it. Firefox holds `compatibility.ini` against its own build, and throws the rest away where they
 * differ: https://searchfox.org/mozilla-central/source/toolkit/xre/nsAppRunner.cpp (`CheckCompatibility`).
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './find-browser.ts';

const KEPT = join(ROOT, 'node_modules', '.cache', 'firefox-startup');
const BUILD = 'compatibility.ini';
const SCRIPTS = ['scriptCache.bin', 'scriptCache-child.bin', 'startupCache.8.little'].map((name) => join('startupCache', name));

/** Before the first start of a profile; one that has been used has its own. */
export function giveStartupFiles(profile: string, kept = KEPT): void {
  if (existsSync(join(profile, BUILD))) return;
  onlySavesTime(() => copy(kept, profile));
}

/** After the browser has ended by itself. Audits may end at the same time: what is kept is put in place whole, or not at all. */
export function keepStartupFiles(profile: string, kept = KEPT): void {
  if (!SCRIPTS.every((name) => existsSync(join(profile, name))) || buildOf(kept) === buildOf(profile)) return;
  onlySavesTime(() => {
    mkdirSync(dirname(kept), { recursive: true });
    const copied = mkdtempSync(`${kept}-`);
    try {
      copy(profile, copied);
      rmSync(kept, { recursive: true, force: true });
      renameSync(copied, kept);
    } finally {
      rmSync(copied, { recursive: true, force: true });
    }
  });
}

/** The build last: without it Firefox throws the scripts away, should only some of them be there. */
function copy(from: string, to: string): void {
  for (const name of [...SCRIPTS, BUILD]) cpSync(join(from, name), join(to, name));
}

function onlySavesTime(work: () => void): void {
  try {
    work();
  } catch {
    // Nothing is kept yet, another audit does the same, or the disk is full: the audit goes on without.
  }
}

function buildOf(folder: string): string {
  const file = join(folder, BUILD);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
