import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { giveStartupFiles, keepStartupFiles } from '../../../cli/firefox-startup.ts';

let folder: string;
let kept: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'startup-'));
  kept = join(folder, 'cache', 'kept');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A profile of a Firefox of this build, with these files; each holds the build's name. */
function profile(name: string, build: string | null, files: string[] = []): string {
  const path = join(folder, name);
  mkdirSync(join(path, 'startupCache'), { recursive: true });
  if (build !== null) for (const file of ['compatibility.ini', ...files]) writeFileSync(join(path, file), build);
  return path;
}
const SCRIPTS = ['scriptCache.bin', 'scriptCache-child.bin', 'startupCache.8.little'].map((name) => join('startupCache', name));
const read = (path: string, file: string): string | null => (existsSync(join(path, file)) ? readFileSync(join(path, file), 'utf8') : null);

test('a new profile gets what a profile before it compiled, and nothing else of it', () => {
  keepStartupFiles(profile('first', 'build 1', [...SCRIPTS, 'cookies.sqlite', join('startupCache', 'urlCache.bin')]), kept);
  const next = profile('next', null);
  giveStartupFiles(next, kept);
  for (const file of ['compatibility.ini', ...SCRIPTS]) expect(read(next, file), file).toBe('build 1');
  expect(readdirSync(next).sort()).toEqual(['compatibility.ini', 'startupCache']);
  expect(read(next, join('startupCache', 'urlCache.bin'))).toBeNull();
});

test('a profile that has been used keeps its own', () => {
  keepStartupFiles(profile('first', 'build 1', SCRIPTS), kept);
  const used = profile('used', 'build 2');
  giveStartupFiles(used, kept);
  expect(read(used, 'compatibility.ini')).toBe('build 2');
  expect(readdirSync(join(used, 'startupCache'))).toEqual([]);
});

test('the last build is kept, and only whole', () => {
  keepStartupFiles(profile('first', 'build 1', SCRIPTS), kept);
  keepStartupFiles(profile('short', 'build 2', SCRIPTS.slice(1)), kept);
  expect(read(kept, 'compatibility.ini')).toBe('build 1');
  keepStartupFiles(profile('second', 'build 2', SCRIPTS), kept);
  expect(read(kept, 'compatibility.ini')).toBe('build 2');
  expect(readdirSync(join(folder, 'cache'))).toEqual(['kept']);
});

test('with nothing kept a new profile stays as it is', () => {
  const first = profile('first', null);
  giveStartupFiles(first, kept);
  expect(readdirSync(first)).toEqual(['startupCache']);
});

test('an audit goes on where nothing can be kept or given', () => {
  writeFileSync(join(folder, 'cache'), 'a file, where a folder would have to be');
  const first = profile('first', 'build 1', SCRIPTS);
  expect(() => keepStartupFiles(first, kept)).not.toThrow();
  mkdirSync(join(folder, 'odd', 'startupCache', 'scriptCache.bin'), { recursive: true });
  const next = profile('next', null);
  expect(() => giveStartupFiles(next, join(folder, 'odd'))).not.toThrow();
  expect(read(next, 'compatibility.ini')).toBeNull();
});
