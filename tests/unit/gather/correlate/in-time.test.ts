import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstLater, lastUpTo } from '../../../../lib/gather/correlate/in-time.ts';

test('the last up to a key is what asking one after the other finds, in whatever order they are', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 })), fc.integer({ min: -1, max: 31 }), (keys, most) => {
      const items = keys.map((key, index) => ({ key, index }));
      expect(lastUpTo(items, ({ key }) => key)(most)).toBe(items.findLast(({ key }) => key <= most) ?? null);
    }),
    { seed: 20_251_008 },
  );
});

test('each item is asked for its key once, however often something is looked up', () => {
  let asked = 0;
  const find = lastUpTo(
    Array.from({ length: 5000 }, (_, index) => index),
    (item) => {
      asked++;
      return item;
    },
  );
  for (let most = 0; most < 5000; most++) expect(find(most)).toBe(most);
  expect(asked).toBe(5000);
});

test('the first later one is what asking one after the other finds', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 })), fc.integer({ min: -1, max: 31 }), (times, time) => {
      const items = times.sort((a, b) => a - b).map((one) => ({ time: one }));
      expect(firstLater(items, time)).toBe(items.find((one) => one.time > time));
    }),
    { seed: 20_251_008 },
  );
});
