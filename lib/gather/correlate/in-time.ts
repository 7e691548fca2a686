/** Looking things up by time, by halving: a long recording has many. */

/** Clocks of page and browser may differ by this much. */
export const SKEW = 50; // milliseconds

/** The first that is later than `time`, or undefined. */
export function firstLater<T extends { time: number }>(ordered: readonly T[], time: number): T | undefined {
  return ordered[countUpTo(ordered.length, (index) => (ordered[index] as T).time, time)];
}

/**
 * @param items in any order
 * @returns what gives the last of the items whose key is not greater
 */
export function lastUpTo<T>(items: readonly T[], keyOf: (item: T) => number): (most: number) => T | null {
  // The least key from each item on: ascending, and that of an item itself wherever it is the last one.
  const least = items.map(keyOf);
  for (let index = least.length - 2; index >= 0; index--) least[index] = Math.min(least[index] as number, least[index + 1] as number);
  return (most) => items[countUpTo(items.length, (index) => least[index] as number, most) - 1] ?? null;
}

/** How many of so many ascending keys are not greater. */
export function countUpTo(length: number, keyAt: (index: number) => number, most: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyAt(middle) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}
