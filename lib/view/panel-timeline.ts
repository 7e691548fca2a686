/** The audit along one axis of time: visits, choices, and what each service did. */
import type { Audit, Level } from '../model/audit.ts';
import type { Phase } from '../model/observation.ts';
import { activityByService, type ServiceActivity } from '../tell/activity.ts';
import { levelsOf } from './panel-rows.ts';

/** Nothing happening for longer than this is drawn as this long: people read, and an axis true to it would show nothing else. */
const LONGEST_PAUSE = 1500; // milliseconds
/** A lone instant still has a width. */
const SHORTEST = 1000; // milliseconds
const BINS = 160;
const MOST_LANES = 60;

export interface Bin {
  /** 0 to 1 along the axis. */
  from: number;
  width: number;
  stored: number;
  requests: number;
  /** The gravest level of the findings that cite what is in it. */
  level: Level | null;
  /** The first observation in it. */
  first: string;
}

export interface Lane {
  key: string;
  name: string;
  category: string;
  declared: boolean;
  exempt: boolean;
  errors: number;
  bins: Bin[];
}

export interface Band {
  from: number;
  to: number;
  state: Phase;
  at: string;
  source: string;
  byUser: boolean;
}

export interface VisitMark {
  id: string;
  at: number;
  url: string;
  reason: string;
  startedAt: string;
}

export interface Timeline {
  bands: Band[];
  visits: VisitMark[];
  lanes: Lane[];
  /** Services that are not drawn. */
  more: number;
  /** Milliseconds of true time that the axis covers. */
  length: number;
}

/** Services with the most errors first, as `activityByService` has them. */
export function panelTimeline(audit: Audit): Timeline {
  const activity = activityByService(audit);
  const moments = [
    ...audit.run.visits.map(({ startedAt }) => startedAt),
    ...audit.consent.map(({ at }) => at),
    ...activity.flatMap(({ observations }) => observations.map(({ at }) => at)),
  ].map((at) => Date.parse(at));
  const axis = axisOf(moments);
  const levels = levelsOf(audit);
  return {
    bands: bandsOf(audit, axis.place),
    visits: audit.run.visits.map(({ id, url, reason, startedAt }) => ({ id, at: axis.place(startedAt), url, reason, startedAt })),
    lanes: activity.slice(0, MOST_LANES).map((service) => laneOf(service, axis.place, levels)),
    more: Math.max(0, activity.length - MOST_LANES),
    length: axis.length,
  };
}

function axisOf(moments: number[]): { place(at: string): number; length: number } {
  const order = [...new Set(moments)].sort((a, b) => a - b);
  const drawn: number[] = [];
  let total = 0;
  order.forEach((moment, index) => {
    if (index > 0) total += Math.min(moment - (order[index - 1] ?? moment), LONGEST_PAUSE);
    drawn.push(total);
  });
  const span = Math.max(total, SHORTEST);
  const places = new Map(order.map((moment, index) => [moment, (drawn[index] ?? 0) / span]));
  return { place: (at) => places.get(Date.parse(at)) ?? 0, length: (order.at(-1) ?? 0) - (order[0] ?? 0) };
}

function bandsOf({ consent }: Audit, place: (at: string) => number): Band[] {
  return consent.map((entry, index) => {
    const next = consent[index + 1];
    return {
      from: place(entry.at),
      to: next ? place(next.at) : 1,
      state: entry.state,
      at: entry.at,
      source: entry.source,
      byUser: entry.byUser,
    };
  });
}

function laneOf(service: ServiceActivity, place: (at: string) => number, levels: Map<string, Level>): Lane {
  const bins = new Map<number, Bin>();
  const grave = (a: Level | null, b: Level | null): Level | null =>
    (['error', 'warning', 'note'] as const).find((level) => level === a || level === b) ?? null;
  for (const o of service.observations) {
    const index = Math.min(BINS - 1, Math.floor(place(o.at) * BINS));
    const bin = bins.get(index) ?? { from: index / BINS, width: 1 / BINS, stored: 0, requests: 0, level: null, first: o.id };
    if (o.kind === 'request') bin.requests += 1;
    else bin.stored += 1;
    bin.level = grave(bin.level, levels.get(o.id) ?? null);
    bins.set(index, bin);
  }
  const { key, name, category, declared, exempt, errors } = service;
  return { key, name, category, declared, exempt, errors, bins: [...bins.entries()].sort(([a], [b]) => a - b).map(([, bin]) => bin) };
}
