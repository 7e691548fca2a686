import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asciiHost, matchesHost, matchesName, specificity } from '../../../lib/policy/pattern.ts';

describe('matchesName', () => {
  test('agrees with a regular expression', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '.', '_'), maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.string({ unit: fc.constantFrom('a', 'b', '.', '_'), maxLength: 8 }),
        (parts, name) => {
          const oracle = new RegExp(`^${parts.map((text) => text.replaceAll('.', '\\.')).join('.*')}$`, 's');
          expect(matchesName(parts.join('*'), name)).toBe(oracle.test(name));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('hostile names cost no time', () => {
    expect(matchesName('*a*a*a*a*a*a*a*a*b', 'a'.repeat(100_000))).toBe(false);
  });

  test('case counts', () => expect(matchesName('_GA', '_ga')).toBe(false));
});

test.each([
  ['send-box.com', 'send-box.com', true],
  ['send-box.com', 'www.send-box.com', false],
  ['*.send-box.com', 'send-box.com', true],
  ['*.send-box.com', 'a.b.send-box.com', true],
  ['*.send-box.com', 'evilsend-box.com', false],
  ['*.send-box.com', 'send-box.com.evil.org', false],
])('%s on %s: %s', (pattern, host, matches) => {
  expect(matchesHost(pattern, host)).toBe(matches);
});

test('exact patterns are the most specific, then the longest literal part', () => {
  const order = ['_ga', '_ga_*', '_g*', '*'];
  expect(['*', '_g*', '_ga', '_ga_*'].sort((a, b) => specificity(b) - specificity(a))).toEqual(order);
});

test.each([
  ['Send-Box.COM.', 'send-box.com'],
  ['*.Қазақ.kz', '*.xn--80aau21bd.kz'],
  ['.example.org', 'example.org'],
  ['localhost:8443', 'localhost'],
  ['user@host', 'user@host'],
  ['no host?', 'no host?'],
])('asciiHost %s → %s', (host, ascii) => {
  expect(asciiHost(host)).toBe(ascii);
});
