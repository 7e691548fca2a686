import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createDigester, shortDigest } from '../../../../lib/gather/browser/digest.ts';

const key = new Uint8Array(32).fill(1);
const digester = createDigester(key, (name) => name === 'sb_consent');
const NOW = Date.parse('2026-11-02T10:00:00.000Z');

test('an HMAC under the key, the same as another library makes', () => {
  for (const text of ['', 'x', 'қазақша', 'x'.repeat(10_000)])
    expect(digester.digest(text)).toBe(`hmac-sha256:${createHmac('sha256', key).update(text).digest('hex')}`);
});

test('another key, another digest: audits cannot be compared by values', () => {
  expect(createDigester(new Uint8Array(32).fill(2), () => false).digest('77071234567')).not.toBe(digester.digest('77071234567'));
});

describe('a value', () => {
  test('is told by length, digest, identifying parts and birth, and not by itself', () => {
    const value = digester.value('_ga', 'GA1.1.123456789.1790000000', 26, NOW);
    expect(value).toMatchObject({
      length: 26,
      digest: digester.digest('GA1.1.123456789.1790000000'),
      born: 1_790_000_000_000,
      record: null,
    });
    expect(value.parts).toContain(createHmac('sha256', key).update('123456789.1790000000').digest('hex').slice(0, 16));
    expect(JSON.stringify(value)).not.toContain('123456789');
  });

  test('that was clipped is another than the whole one', () => {
    expect(digester.value('a', 'xxxx', 9000, NOW).digest).not.toBe(digester.value('a', 'xxxx', 4, NOW).digest);
    expect(digester.value('a', 'xxxx', 9000, NOW)).toMatchObject({ length: 9000 });
  });

  test("that is the policy's own record is read as one, whatever its name", () => {
    expect(digester.value('sb_consent', '{"analytics":false}', 19, NOW).record).toEqual({
      cmp: null,
      granted: { analytics: false },
      dated: null,
    });
    expect(digester.value('theme', '{"analytics":false}', 19, NOW).record).toBeNull();
  });

  test('has no more than 60 parts', () => {
    const text = Array.from({ length: 500 }, (_, index) => String(900_000_000_000_000 + index)).join(' ');
    expect(digester.value('a', text, text.length, NOW).parts).toHaveLength(60);
  });
});

test('lone surrogates have a digest too', () => {
  expect(digester.digest('\ud800')).toMatch(/^hmac-sha256:[0-9a-f]{64}$/);
});

test('short digests tell URLs apart', () => {
  expect(shortDigest(digester, 'https://a.kz/1')).toMatch(/^[0-9a-f]{32}$/);
  expect(shortDigest(digester, 'https://a.kz/1')).not.toBe(shortDigest(digester, 'https://a.kz/2'));
});
