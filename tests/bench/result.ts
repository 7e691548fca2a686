/** What a benchmark says: a measure, its peer of the same run, and whether its goal is met. */
import type { Interval } from './statistics.ts';

export interface Goal {
  /** `most`: the value must not exceed it; `least`: must reach it. */
  kind: 'most' | 'least';
  value: number;
}

export interface Measure {
  name: string;
  unit: string;
  value: number;
  /** 95 % of a paired difference, where there is one. */
  interval: Interval | null;
  /** The floor or peer of the same run that it is held against. */
  peer: { name: string; value: number } | null;
  goal: Goal | null;
  /** Why it must not be judged: not everything that happened was stored, or what was computed is wrong. null: it counts. */
  void: string | null;
  /** Why it cannot be told whether the goal is met, or null. */
  noisy: string | null;
}

export type Judgement = 'met' | 'missed' | 'cannot tell' | 'void' | '';

export function measure(name: string, unit: string, value: number, more: Partial<Omit<Measure, 'name' | 'unit' | 'value'>> = {}): Measure {
  return { name, unit, value, interval: null, peer: null, goal: null, void: null, noisy: null, ...more };
}

export const atMost = (value: number): Goal => ({ kind: 'most', value });
export const atLeast = (value: number): Goal => ({ kind: 'least', value });

/** '' where there is no goal. What is plainly above or below a goal is told in spite of noise. */
export function judgement({ value, goal, interval, void: nothing, noisy }: Measure): Judgement {
  if (nothing !== null) return 'void';
  if (goal === null) return '';
  const within = (one: number): boolean => (goal.kind === 'most' ? one <= goal.value : one >= goal.value);
  if (interval) {
    if (within(interval.low) && within(interval.high)) return 'met';
    if (!within(interval.low) && !within(interval.high)) return 'missed';
    if (noisy !== null) return 'cannot tell';
  }
  if (noisy !== null) return 'cannot tell';
  return within(value) ? 'met' : 'missed';
}

/** Of value and peer; null where there is none. */
export function ratio({ value, peer }: Measure): number | null {
  return peer && peer.value !== 0 ? value / peer.value : null;
}
