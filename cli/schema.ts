/** Writes the published JSON Schemas from the model; `--check` only says whether they are current. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { AuditSchema } from '../lib/model/audit.ts';
import { PolicyDocumentSchema } from '../lib/model/policy.ts';

const FOLDER = join(import.meta.dirname, '..', 'public', 'schema');

/** File names to the text that they must have. */
export function schemaFiles(): Record<string, string> {
  const text = (schema: Parameters<typeof toJsonSchema>[0], id: string, title: string): string => {
    // What JSON Schema cannot say (a check of our own) is checked when the file is read.
    const { $schema: _ours, ...body } = toJsonSchema(schema, { target: 'draft-2020-12', errorMode: 'ignore' });
    return `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `https://send-box.com/schema/${id}`, title, ...body }, null, 2)}\n`;
  };
  return {
    'consent-audit-1.schema.json': text(AuditSchema, 'consent-audit-1.schema.json', 'Consent audit, format consent-audit/1'),
    'consent-policy-1.schema.json': text(PolicyDocumentSchema, 'consent-policy-1.schema.json', 'Consent policy, format consent-policy/1'),
  };
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, text] of Object.entries(schemaFiles())) {
    const file = join(FOLDER, name);
    if (!process.argv.includes('--check')) writeFileSync(file, text);
    else if (readFileSync(file, 'utf8') !== text) {
      process.stderr.write(`public/schema/${name} is not current; run "npm run schema".\n`);
      process.exitCode = 1;
    }
  }
}
