/** Looking things up that are in order of time. */

/** The first that is later than `time`, or undefined; by halving, for a long recording has many. */
export function firstLater<T extends { time: number }>(ordered: readonly T[], time: number): T | undefined {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle] as T).time > time) high = middle;
    else low = middle + 1;
  }
  return ordered[low];
}
