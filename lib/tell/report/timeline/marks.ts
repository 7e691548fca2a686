/** What a row of the picture shows: writes and requests near each other are one mark, and the mark knows how many. */
import type { Audit, Finding } from '../../../model/audit.ts';
import type { Observation } from '../../../model/observation.ts';
import { countedAs } from '../../activity.ts';
import type { Axis } from './axis.ts';

/** How wide a place is that has one mark of each kind, in the picture's units. */
export const PLACE = 13;

export type Grave = 'error' | 'unsure' | 'warning';

export interface Mark {
  kind: 'stored' | 'requests';
  x: number;
  count: number;
  /** The gravest unsuppressed finding that cites one of them; notes accuse nobody. */
  grave: Grave | null;
}

const ORDER: Grave[] = ['error', 'unsure', 'warning'];

/** The gravest finding per observation id. */
export function gravest(audit: Audit): Map<string, Grave> {
  const found = new Map<string, Grave>();
  for (const finding of audit.findings) {
    const grave = gravity(finding);
    if (grave === null) continue;
    for (const id of finding.observations) {
      const before = found.get(id);
      if (before === undefined || ORDER.indexOf(grave) < ORDER.indexOf(before)) found.set(id, grave);
    }
  }
  return found;
}

function gravity({ level, outcome, suppressed }: Finding): Grave | null {
  if (suppressed !== null || level === 'note') return null;
  if (outcome !== 'fail') return 'unsure';
  return level;
}

/** At most one mark of each kind per place. */
export function marksOf(observations: readonly Observation[], axis: Axis, graves: ReadonlyMap<string, Grave>): Mark[] {
  const marks = new Map<string, Mark>();
  for (const o of observations) {
    const kind = countedAs(o);
    if (kind === null) continue;
    const place = Math.floor(axis.at(o.visit, Date.parse(o.at)) / PLACE);
    const key = `${kind} ${place}`;
    const mark = marks.get(key) ?? { kind, x: (place + 0.5) * PLACE, count: 0, grave: null };
    mark.count += 1;
    const grave = graves.get(o.id) ?? null;
    if (grave !== null && (mark.grave === null || ORDER.indexOf(grave) < ORDER.indexOf(mark.grave))) mark.grave = grave;
    marks.set(key, mark);
  }
  return [...marks.values()].sort((a, b) => a.x - b.x || (a.kind < b.kind ? -1 : 1));
}
