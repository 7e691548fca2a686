/**
 * Writes the golden reports: `npm run golden` renders each tests/golden/<name>/audit.json in every language beside it. Look at the
 * difference before committing it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Audit } from '../lib/model/audit.ts';
import { LANGUAGES } from '../lib/model/policy.ts';
import { htmlReport } from '../lib/tell/export/html.ts';

const FOLDER = join(import.meta.dirname, '..', 'tests', 'golden');

/** Names of the folders that hold an audit. */
export function goldenNames(): string[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export function goldenFile(name: string, file: string): string {
  return join(FOLDER, name, file);
}

/** File names to the text that they must have. */
export function goldenReports(name: string): Record<string, string> {
  const audit = JSON.parse(readFileSync(goldenFile(name, 'audit.json'), 'utf8')) as Audit;
  return Object.fromEntries(LANGUAGES.map((language) => [`report.${language}.html`, htmlReport(audit, language)]));
}

function writeAll(): void {
  for (const name of goldenNames())
    for (const [file, text] of Object.entries(goldenReports(name))) writeFileSync(goldenFile(name, file), text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeAll();
