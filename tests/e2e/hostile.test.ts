/** Names, values and amounts that a hostile page chooses: told as text, counted, and nothing breaks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@cfworker/json-schema';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../lib/model/canonical-json.ts';
import { auditPages, html, pages, seen, shopPolicy } from './audit-of.ts';

const NAMES = [
  '<img src=x onerror=alert(1)>',
  '\u202eevil',
  'tab\there',
  '__proto__',
  'constructor',
  '{name}',
  'ё қ 日本',
  'x'.repeat(4000),
];

const PAGE = `<body><script>
  for (const name of ${JSON.stringify(NAMES)}) localStorage.setItem(name, '<script>' + name);
  localStorage.setItem('\\ud800lone', '1');
  localStorage.big = 'v'.repeat(2000000);
  for (let i = 0; i < 3000; i++) { document.cookie = 'flood=' + i + '; Secure'; sessionStorage['n' + (i % 500)] = i; }
  document.cookie = '<b>=1; Secure; path=/\\ud800';
  Error.stackTraceLimit = 0; Error.prepareStackTrace = () => { throw new Error('no'); };
  document.cookie = 'blind=1; Secure';
  Object.defineProperty(window, 'JSON', { value: null }); Array.prototype.push = () => { throw new Error('no'); };
  EventTarget.prototype.dispatchEvent = () => { throw new Error('no'); };
  localStorage.setItem('after', '1');
  try { localStorage.setItem({ toString() { throw new Error('mine'); } }, '1'); } catch (error) { localStorage.setItem('threw-' + error.message, '1'); }
  try { localStorage.quota = 'q'.repeat(20000000); } catch (error) { localStorage.setItem('quota-' + error.name, '1'); }
</script>`;

test('hostile names, values, floods and replaced globals', async () => {
  const { audit, stdout } = await auditPages(pages({ 'shop.test/': html(PAGE) }), [{ visit: '/' }], shopPolicy());
  for (const name of NAMES)
    expect(seen(audit, 'localStorage', name)[0], name.slice(0, 40)).toMatchObject({ action: 'set', confirmed: 'snapshot' });
  expect(seen(audit, 'localStorage', '\ufffdlone')[0]).toMatchObject({ rawName: '\\ud800lone', confirmed: 'snapshot' });
  expect(seen(audit, 'localStorage', 'big')[0]).toMatchObject({ value: { length: 2_000_000 }, confirmed: 'snapshot' });
  expect(seen(audit, 'cookie', 'flood')).toHaveLength(3000);
  expect(seen(audit, 'cookie', 'blind')[0]?.initiator?.url).toBe('https://shop.test/');
  for (const name of ['after', 'threw-mine', 'quota-QuotaExceededError'])
    expect(seen(audit, 'localStorage', name)[0], name).toMatchObject({ confirmed: 'snapshot' });
  expect(seen(audit, 'localStorage', 'quota')[0]).toMatchObject({ rejected: 'not-stored', confirmed: null });
  expect(audit.summary.lost).toBe(0);
  expect(audit.gaps).toEqual([]);
  const text = canonicalJson(audit);
  expect(text.isWellFormed()).toBe(true);
  expect(JSON.parse(text)).toEqual(audit);
  // The terminal gets no character that could move or hide text.
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'public', 'schema', 'consent-audit-1.schema.json'), 'utf8'),
  ) as ConstructorParameters<typeof Validator>[0];
  expect(new Validator(schema, '2020-12').validate(audit).errors).toEqual([]);
});
