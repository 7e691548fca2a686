import { describe, expect, test } from 'vitest';
import { createDigester } from '../../../../lib/gather/browser/digest.ts';
import { captureValidator, tagDigest } from '../../../../lib/gather/browser/validator.ts';

const digester = createDigester(new Uint8Array(32).fill(7), () => false);
const RANDOM = 'Zk81mQ0v7TtX2pLw93Ha';
const capture = (etag: string, more: Record<string, string> = {}) => captureValidator(digester, new Map(Object.entries({ etag, ...more })));
const of = (etag: string, more: Record<string, string>): string | undefined => capture(etag, more)?.of;
const GIF = { 'content-type': 'image/gif', 'content-length': '43' };

test('a tag is the same weak or strong, given or returned, and shares its parts with a value that it carries', () => {
  const strong = capture(`"${RANDOM}"`);
  expect(capture(`W/"${RANDOM}"`)).toEqual(strong);
  expect(tagDigest(digester, `W/"${RANDOM}"`)).toBe(strong?.digest);
  expect(strong?.parts).toEqual(digester.parts(`uid=${RANDOM}`, 5));
  expect(JSON.stringify(strong)).not.toContain(RANDOM);
});

test('what could identify nobody is not told', () => {
  for (const tag of ['', '""', '"v1"', '"1700000000"', 'W/"12ab"']) expect(capture(tag), tag).toBeUndefined();
  expect(captureValidator(digester, new Map())).toBeUndefined();
});

test('of a hostile tag so many parts are told, and none of one endless word', () => {
  const words = Array.from({ length: 1000 }, (_, index) => `${RANDOM}${index}`);
  expect(capture(`"${words.join(' ')}"`)?.parts).toHaveLength(8);
  expect(capture(`"${'a1'.repeat(100_000)}"`)).toBeUndefined();
});

describe('what the tag can have been made of', () => {
  test('nothing, where the answer is empty or one pixel', () => {
    expect(of(`"${RANDOM}"`, GIF)).toBe('nothing');
    expect(of(`"${RANDOM}"`, { 'content-length': '0' })).toBe('nothing');
  });

  test('a content, where there is any, or nobody says how much', () => {
    expect(of(`"${RANDOM}"`, { ...GIF, 'content-length': '101' })).toBe('content');
    expect(of(`"${RANDOM}"`, { ...GIF, 'content-length': 'a few' })).toBe('content');
    expect(of(`"${RANDOM}"`, { 'content-type': 'image/gif' })).toBe('content');
    expect(of(`"${RANDOM}"`, { ...GIF, 'content-type': 'application/json' })).toBe('content');
  });

  test('a file, where the server dates it or the tag says how large it is', () => {
    expect(of(`"${RANDOM}"`, { ...GIF, 'last-modified': 'Mon, 02 Nov 2026 09:00:00 GMT' })).toBe('file');
    for (const tag of ['"5f3e1a2b-2b0"', 'W/"2b0-17a2b3c4d5e"', `W/"688-${RANDOM}"`])
      expect(of(tag, { 'content-length': '688' }), tag).toBe('file');
    expect(of(`W/"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk"`, { 'content-length': '0' })).toBe('file');
  });
});
