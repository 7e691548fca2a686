import { expect, test } from 'vitest';
import { canonicalJson } from '../../../lib/model/canonical-json.ts';
import { exportFile } from '../../../lib/view/export-file.ts';
import { auditOf } from './audit.ts';

test('is the canonical JSON of the audit, named after site and day', () => {
  const audit = auditOf();
  const file = exportFile(audit);
  expect(file).toEqual({ name: 'consent-audit-send-box.com-2025-11-02.json', type: 'application/json', text: canonicalJson(audit) });
  expect(JSON.parse(file.text)).toEqual(audit);
});

test.each([
  ['2001:db8::1', 'consent-audit-2001_db8__1-2025-11-02.json'],
  ['../../etc', 'consent-audit-.._.._etc-2025-11-02.json'],
  ['қазақ.example', 'consent-audit-қазақ.example-2025-11-02.json'],
])('the host %s leaves no separator in the name', (host, name) => {
  expect(exportFile(auditOf({ site: { host, pages: [] } })).name).toBe(name);
});
