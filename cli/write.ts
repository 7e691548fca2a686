/** Writes the report files, one per format. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@cfworker/json-schema';
import type { Audit } from '../lib/model/audit.ts';
import type { Language } from '../lib/model/policy.ts';
import { EXPORTS } from '../lib/tell/export/index.ts';
import { ROOT } from './find-browser.ts';
import { noVerdict } from './exit.ts';

/**
 * The names of the files written, in the order of the formats.
 * @param formats keys of lib/tell/export
 * @throws ExitError 3 where a file cannot be written, or the audit does not keep to its published schema: what is written is what was promised
 */
export function writeReports(audit: Audit, folder: string, formats: readonly string[], language: Language): string[] {
  const files = formats.map((format) => {
    const known = EXPORTS[format];
    if (known === undefined) throw new Error(`no such format: ${format}`);
    const file = join(folder, known.file);
    try {
      writeFileSync(file, known.text(audit, language));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      throw noVerdict(`${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unwritable'}).`);
    }
    return file;
  });
  checkSchema(audit, files[0] ?? folder);
  return files;
}

function checkSchema(audit: Audit, file: string): void {
  const schema = JSON.parse(readFileSync(join(ROOT, 'public', 'schema', 'consent-audit-1.schema.json'), 'utf8')) as ConstructorParameters<
    typeof Validator
  >[0];
  const checked = new Validator(schema, '2020-12', true).validate(JSON.parse(JSON.stringify(audit)));
  const wrong = checked.errors[0];
  if (!checked.valid)
    throw noVerdict(
      `${file}: does not keep to its schema at ${wrong?.instanceLocation ?? '#'}: ${wrong?.error ?? ''}. This is a defect of the tool.`,
    );
}
