import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundledPolicy } from '../../../lib/policy/bundled/index.ts';
import { MAX_CHARACTERS, parsePolicy } from '../../../lib/policy/parse.ts';
import { formatPolicyError } from '../../../lib/policy/policy-error.ts';
import type { PolicyError } from '../../../lib/policy/policy-error.ts';

const SMALL = {
  format: 'consent-policy/1',
  id: 'example',
  version: '1',
  sites: ['example.org'],
  categories: [
    { id: 'needed', basis: 'contract' },
    { id: 'stats', basis: 'consent', retention: 'P24M' },
  ],
};

function errorsOf(value: unknown): PolicyError[] {
  const result = parsePolicy(typeof value === 'string' ? value : JSON.stringify(value), 'my.json');
  return result.ok ? [] : result.errors;
}

describe('parsePolicy', () => {
  test('takes the required properties alone, and gives them back as written', () => {
    const extra = { ...SMALL, constructor: 'kept', 'x-note': { anything: [1] } };
    expect(parsePolicy(`\uFEFF${JSON.stringify(extra)}`, 'my.json')).toEqual({ ok: true, document: extra });
  });

  test('the bundled policy is one', () => {
    expect(errorsOf(bundledPolicy)).toEqual([]);
  });

  test.each(['format', 'id', 'version', 'sites', 'categories'])('%s is required', (name) => {
    expect(errorsOf({ ...SMALL, [name]: undefined })).toEqual([
      expect.objectContaining({ file: 'my.json', pointer: `/${name}`, found: 'nothing' }),
    ]);
  });

  test.each([
    [{ format: 'consent-policy/2' }, '/format', '"consent-policy/2"', '"consent-policy/1"'],
    [{ sites: [] }, '/sites', 'an empty array', 'at least one host'],
    [{ sites: ['https://example.org/'] }, '/sites/0', '"https://example.org/"', 'a host name, or "*." and a host name'],
    [{ categories: [{ id: 'a', basis: 'because' }] }, '/categories/0/basis', '"because"', '"contract" or "consent"'],
    [
      { categories: [{ id: 'a', basis: 'consent', retention: '24 months' }] },
      '/categories/0/retention',
      '"24 months"',
      'ISO 8601 duration such as "P24M"',
    ],
    [{ categories: [{ id: 'a', basis: 'consent', retention: 24 }] }, '/categories/0/retention', '24', 'ISO 8601 duration such as "P24M"'],
    [{ categories: [...SMALL.categories, { id: 'stats', basis: 'consent' }] }, '/categories/2/id', '"stats"', 'no earlier entry has'],
    [{ categories: [{ id: 'unknown', basis: 'consent' }] }, '/categories/0/id', '"unknown"', 'not reserved'],
    [{ services: [{ id: 's', category: 'ads' }] }, '/services/0/category', '"ads"', '"needed", "stats"'],
    [{ keys: [{ name: 'k', category: 'ads' }] }, '/keys/0/category', '"ads"', '"needed", "stats"'],
    [{ keys: [{ name: 'k', category: 'stats', store: 'cookies' }] }, '/keys/0/store', '"cookies"', '"cookie" or "localStorage"'],
    [
      { consent: { record: { store: 'cookie', key: 'c', categories: { 'a/b~': 'x' } } } },
      '/consent/record/categories/a~1b~0',
      '"a/b~"',
      '"stats"',
    ],
    [{ consent: { validity: 'session' } }, '/consent/validity', '"session"', 'ISO 8601 duration'],
    [{ effective: '2025-02-31' }, '/effective', '"2025-02-31"', 'a date of the calendar'],
    [{ consent: [] }, '/consent', 'an empty array', 'an object'],
    [{ keys: [[1]] }, '/keys/0', 'an array of 1', 'an object'],
    [{ gaps: [{ id: 'g' }] }, '/gaps/0/text', 'nothing', 'required'],
  ])('%j', (change, pointer, found, expected) => {
    const [first] = errorsOf({ ...SMALL, ...change });
    expect(first).toMatchObject({ file: 'my.json', pointer, found });
    expect(first?.expected).toContain(expected);
  });

  test('syntax errors say line and column', () => {
    expect(errorsOf('{\n  "format": "consent-policy/1",\n  "id": }\n')).toEqual([
      { file: 'my.json', pointer: '/id', found: '"}" at line 3, column 9', expected: 'a JSON value' },
    ]);
  });

  test.each([['null'], ['[]'], ['"text"'], ['1']])('%s is no policy', (text) => {
    expect(errorsOf(text)).toEqual([expect.objectContaining({ pointer: '', expected: 'an object' })]);
  });

  test('names that reach for the prototype are refused and reach nothing', () => {
    expect(errorsOf('{"__proto__": {"polluted": true}}')).toEqual([expect.objectContaining({ pointer: '/__proto__' })]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(errorsOf({ ...SMALL, categories: [{ id: '__proto__', basis: 'consent' }] })).not.toEqual([]);
  });

  test('huge files and very many errors stay small', () => {
    expect(errorsOf(' '.repeat(MAX_CHARACTERS + 1))).toEqual([expect.objectContaining({ found: `${MAX_CHARACTERS + 1} characters` })]);
    expect(errorsOf({ ...SMALL, keys: Array.from({ length: 10_000 }, () => ({})) }).length).toBe(20);
  });

  test('never throws, and each error is one printable line', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.jsonValue({ stringUnit: 'binary' }).map((value) => JSON.stringify({ ...SMALL, keys: value })),
        ),
        (text) => {
          for (const error of errorsOf(text)) expect(formatPolicyError(error)).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
        },
      ),
    );
  });
});

test('formatPolicyError names file, pointer, found and expected', () => {
  const [error] = errorsOf({ ...SMALL, categories: [{ id: 'a', basis: 'consent', retention: `\u001b[2J\u202e${'x'.repeat(200)}` }] });
  const line = formatPolicyError(error as PolicyError);
  expect(line).toMatch(/^my\.json: \/categories\/0\/retention: found ".*…", expected an ISO 8601 duration/);
  expect(line.length).toBeLessThan(250);
});
