/** The axis of one profile's picture: visits side by side, each with its own stretch of time. */
import type { Act, Report } from '../report.ts';

/** Visits that stand for themselves; more are joined, and the picture says how many. */
const MOST_STRETCHES = 16;
/** Of the width that visits share evenly; the rest goes by their length, damped, so that a second stays visible beside an hour. */
const EVEN = 0.6;

export interface Stretch {
  /** Indices of the profile's visits, from 1. */
  first: number;
  last: number;
  x: number;
  width: number;
  from: number; // epoch milliseconds
  to: number;
}

export interface Axis {
  stretches: Stretch[];
  /** The place of a moment in a visit, within the axis' width. */
  at(visit: string, time: number): number;
}

/** @param width of the whole axis, in the picture's units */
export function axisOf(report: Report, profile: number, width: number): Axis {
  const visits = report.audit.run.visits.filter((visit) => visit.profile === profile);
  const ends = new Map<string, number>();
  for (const { visit, at } of report.audit.observations) ends.set(visit, Math.max(ends.get(visit) ?? 0, Date.parse(at)));
  const joined = Math.ceil(visits.length / MOST_STRETCHES) || 1;
  const stretches: Stretch[] = [];
  const of = new Map<string, Stretch>();
  for (let index = 0; index < visits.length; index += joined) {
    const own = visits.slice(index, index + joined);
    const from = Math.min(...own.map(({ startedAt }) => Date.parse(startedAt)));
    const to = Math.max(from + 1, ...own.map(({ id }) => ends.get(id) ?? from));
    const stretch = { first: index + 1, last: index + own.length, x: 0, width: 0, from, to };
    stretches.push(stretch);
    for (const { id } of own) of.set(id, stretch);
  }
  const weight = ({ from, to }: Stretch): number => Math.sqrt(to - from);
  const total = stretches.reduce((sum, stretch) => sum + weight(stretch), 0) || 1;
  let x = 0;
  for (const stretch of stretches) {
    stretch.x = x;
    stretch.width = width * (EVEN / stretches.length + ((1 - EVEN) * weight(stretch)) / total);
    x += stretch.width;
  }
  return {
    stretches,
    at(visit, time) {
      const stretch = of.get(visit);
      if (stretch === undefined) return 0;
      const share = Math.min(1, Math.max(0, (time - stretch.from) / (stretch.to - stretch.from)));
      // What happens at the very edge stays inside its visit.
      return stretch.x + 3 + share * Math.max(1, stretch.width - 6);
    },
  };
}

export interface Band {
  state: string;
  x: number;
  width: number;
}

/** The states of consent in force along the axis. */
export function bandsOf(report: Report, profile: number, axis: Axis, width: number): Band[] {
  const entries = report.audit.consent.filter(({ visit }) => report.profileOf(visit) === profile);
  const starts = entries.map((entry, index) => ({ state: entry.state, x: index === 0 ? 0 : axis.at(entry.visit, Date.parse(entry.at)) }));
  return starts.map(({ state, x }, index) => ({ state, x, width: Math.max(0, (starts[index + 1]?.x ?? width) - x) }));
}

export interface PlacedAct {
  act: Act;
  number: number;
  x: number;
  /** Row of its words; null where they would cover others', so that only the number is there. */
  row: number | null;
  /** The words stand left of their line. */
  left: boolean;
}

/** Gives every choice its line and, where there is room, its words. `lengths` are in the picture's units. */
export function placeActs(acts: readonly Act[], axis: Axis, width: number, lengthOf: (act: Act) => number, rows: number): PlacedAct[] {
  const taken: [number, number][][] = Array.from({ length: rows }, () => []);
  return acts.map((act, index) => {
    const x = axis.at(act.entry.visit, act.at);
    const length = lengthOf(act);
    const left = x + length > width;
    const span: [number, number] = left ? [x - length, x] : [x, x + length];
    const row = taken.findIndex((spans) => spans.every(([from, to]) => span[1] < from || span[0] > to));
    taken[row]?.push(span);
    return { act, number: index + 1, x, row: row === -1 ? null : row, left };
  });
}
