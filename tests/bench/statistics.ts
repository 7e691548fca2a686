/** What the benchmarks need of statistics; all chance comes from a seed, so that a run can be repeated. */

/** mulberry32: numbers in [0, 1), the same for the same seed. */
export function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A new array in random order (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** By linear interpolation between the nearest ranks; `share` from 0 to 1. NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return Number.NaN;
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export interface Interval {
  low: number;
  middle: number;
  high: number;
}

const RESAMPLES = 2000;

/** The 95 % bootstrap interval of a statistic of paired differences `a[i] - b[i]`. */
export function pairedDifference(
  a: readonly number[],
  b: readonly number[],
  random: () => number,
  statistic: (values: readonly number[]) => number = mean,
): Interval {
  const differences = a.map((value, index) => value - (b[index] as number));
  const drawn = Array.from({ length: RESAMPLES }, () =>
    statistic(differences.map(() => differences[Math.floor(random() * differences.length)] as number)),
  );
  return { low: quantile(drawn, 0.025), middle: statistic(differences), high: quantile(drawn, 0.975) };
}
