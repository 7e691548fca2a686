/** The project's own files, as the house tests read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const MADE = ['node_modules', '.git', '.output', '.wxt', '.cache', 'audit-out', 'bench-out', 'coverage'];

/** All files below a folder, as paths from the root with slashes; what is installed or built is not among them. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((path) => !path.startsWith('tests/site/public/'))
    .sort();
}

/** Names at the root that are kept: neither installed nor built. */
export function topLevel(): { folders: string[]; files: string[] } {
  const entries = readdirSync(ROOT, { withFileTypes: true }).filter(({ name }) => !MADE.includes(name));
  const named = (folder: boolean): string[] =>
    entries
      .filter((entry) => entry.isDirectory() === folder)
      .map(({ name }) => name)
      .sort();
  return { folders: named(true), files: named(false) };
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
