import { gzipSync, strToU8, zlibSync } from 'fflate';
import { expect, test } from 'vitest';
import { bodyText } from '../../../../lib/gather/browser/request-body.ts';

const raw = (...parts: Uint8Array[]) => ({ raw: parts.map((part) => ({ bytes: part.slice().buffer })) });
const TEXT = '{"distinct_id":"айгерим"}';

test.each([
  ['no body', undefined, ''],
  ['none', null, ''],
  ['an empty one', {}, ''],
  ['a file that the browser does not show', { raw: [{ file: 'photo.jpg' }] }, ''],
  ['a form', { formData: { 'a b': ['1', '2'], c: ['&='] } }, 'a%20b=1&a%20b=2&c=%26%3D'],
  ['text', raw(strToU8(TEXT)), TEXT],
  ['text in two pieces', raw(strToU8('{"a":'), strToU8('1}')), '{"a":1}'],
  ['gzip', raw(gzipSync(strToU8(TEXT))), TEXT],
  ['zlib', raw(zlibSync(strToU8(TEXT))), TEXT],
])('%s', (_what, body, text) => {
  expect(bodyText(body)).toBe(text);
});

test('what only looks compressed is read as it is', () => {
  expect(bodyText(raw(new Uint8Array([0x1f, 0x8b, 0x41, 0x42])))).toContain('AB');
  expect(bodyText(raw(strToU8('x^ plain text that begins like no zlib')))).toContain('plain text');
});

test('at most a million characters; a part beyond that is not read', () => {
  expect(bodyText(raw(new Uint8Array(1_000_001).fill(0x61)))).toBe('');
  expect(bodyText(raw(...Array.from({ length: 5 }, () => new Uint8Array(400_000).fill(0x61))))).toHaveLength(1_000_000);
  expect(bodyText({ formData: { a: ['x'.repeat(2_000_000)] } })).toHaveLength(1_000_000);
});

test('a small body that inflates to a huge one is read to the limit', () => {
  const bomb = gzipSync(new Uint8Array(30_000_000).fill(0x61));
  expect(bomb.length).toBeLessThan(100_000);
  expect(bodyText(raw(bomb))).toBe('a'.repeat(1_000_000));
});
