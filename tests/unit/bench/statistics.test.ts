import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mean, median, pairedDifference, quantile, seeded, shuffled } from '../../bench/statistics.ts';
import { atLeast, atMost, judgement, measure, ratio } from '../../bench/result.ts';
import { figure, table } from '../../bench/table.ts';

describe('statistics', () => {
  test('quantiles interpolate', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([10, 20, 30], 0)).toBe(10);
    expect(quantile([10, 20, 30], 1)).toBe(30);
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(quantile([], 0.5)).toBeNaN();
  });

  test('the same seed gives the same order, another one another', () => {
    const items = Array.from({ length: 30 }, (_, index) => index);
    expect(shuffled(items, seeded(7))).toEqual(shuffled(items, seeded(7)));
    expect(shuffled(items, seeded(7))).not.toEqual(shuffled(items, seeded(8)));
  });

  test('shuffling loses nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
        expect(shuffled(items, seeded(seed)).sort()).toEqual([...items].sort());
      }),
    );
  });

  test('the interval of a constant difference is that difference', () => {
    const b = [1, 5, 9, 2];
    expect(
      pairedDifference(
        b.map((value) => value + 3),
        b,
        seeded(1),
      ),
    ).toEqual({ low: 3, middle: 3, high: 3 });
  });

  test('the interval lies round the mean and finds a true difference', () => {
    const random = seeded(3);
    const b = Array.from({ length: 200 }, () => random() * 100);
    const a = b.map((value) => value + 10 + (random() - 0.5) * 20);
    const { low, middle, high } = pairedDifference(a, b, seeded(4));
    expect(middle).toBeCloseTo(mean(a) - mean(b), 6);
    expect(low).toBeLessThan(middle);
    expect(high).toBeGreaterThan(middle);
    expect(low).toBeGreaterThan(5);
    expect(high).toBeLessThan(15);
  });
});

describe('a judgement', () => {
  test.each([
    ['met', measure('a', 'ms', 9, { goal: atMost(10) })],
    ['missed', measure('a', 'ms', 11, { goal: atMost(10) })],
    ['met', measure('a', '/s', 11, { goal: atLeast(10) })],
    ['missed', measure('a', '/s', 9, { goal: atLeast(10) })],
    ['', measure('a', 'ms', 9)],
    ['void', measure('a', 'ms', 9, { goal: atMost(10), void: 'lost events' })],
    ['cannot tell', measure('a', 'ms', 9, { goal: atMost(10), noisy: 'busy' })],
    ['cannot tell', measure('a', 'ms', 9, { goal: atMost(10), noisy: 'busy', interval: { low: 5, middle: 9, high: 12 } })],
    ['met', measure('a', 'ms', 9, { goal: atMost(10), noisy: 'busy', interval: { low: 5, middle: 7, high: 9 } })],
    ['missed', measure('a', 'ms', 30, { goal: atMost(10), noisy: 'busy', interval: { low: 20, middle: 30, high: 40 } })],
  ] as const)('%s', (expected, one) => {
    expect(judgement(one)).toBe(expected);
  });
});

test('the table tells value, goal, peer, ratio, judgement and why something does not count', () => {
  const text = table([
    measure('short', 'ms', 12.345, { goal: atMost(10), peer: { name: 'floor', value: 6 } }),
    measure('empty', 'ms', 1, { void: '3 of 4 events were stored' }),
  ]);
  expect(text).toContain('12.3 ms');
  expect(text).toContain('≤ 10');
  expect(text).toContain('floor 6');
  expect(text).toContain('2.06×');
  expect(text).toContain('missed');
  expect(text).toContain('empty: 3 of 4 events were stored');
  expect(ratio(measure('a', 'ms', 1))).toBeNull();
  expect([figure(1234567), figure(0.01234), figure(Number.NaN)]).toEqual(['1 234 567', '0.0123', '–']);
});
