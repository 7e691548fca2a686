import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wellFormedName } from '../../../lib/gather/well-formed.ts';

test('a well-formed name is left alone', () => {
  expect(wellFormedName('кілт 😀')).toEqual({ name: 'кілт 😀' });
});

test.each([
  ['a\ud800', 'a\ufffd', 'a\\ud800'],
  ['\udc00b', '\ufffdb', '\\udc00b'],
  ['\udc00\ud800', '\ufffd\ufffd', '\\udc00\\ud800'],
  ['😀\ud83d', '😀\ufffd', '😀\\ud83d'],
])('lone surrogates are replaced, and told', (raw, name, rawName) => {
  expect(wellFormedName(raw)).toEqual({ name, rawName });
});

test('a name of endless length is clipped', () => {
  expect(wellFormedName('x'.repeat(100_000)).name).toHaveLength(4096);
});

test('whatever the page names, the name can be written as canonical JSON', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }), (raw) => {
      const { name, rawName } = wellFormedName(raw);
      expect(name.isWellFormed()).toBe(true);
      expect(rawName === undefined).toBe(raw.isWellFormed());
      expect(rawName?.isWellFormed() ?? true).toBe(true);
    }),
  );
});
