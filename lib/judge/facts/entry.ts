/** Whether two observations are of one stored entry of their profile, and what was last seen of one. */
import type { GatheredObservation, Observation } from '../../model/observation.ts';
import type { Facts } from './facts.ts';

type Entry = Pick<GatheredObservation, 'kind' | 'name' | 'host'>;
type Held = Entry & Pick<GatheredObservation, 'value'>;

export function isSameEntry(a: Entry, b: Entry): boolean {
  return a.kind === b.kind && a.name === b.name && a.host === b.host;
}

/** The same entry with the same value. */
export function holdsSame(a: Held, b: Held): boolean {
  return isSameEntry(a, b) && a.value?.digest === b.value?.digest;
}

/** Whether a sighting found or left the entry there. */
export function isThere({ action, cookie }: GatheredObservation): boolean {
  return (action === 'set' && cookie?.asked !== 0) || action === 'present';
}

/** The last that was seen of the same entry in its profile before `seq`; null where it was not there then. */
export function lastThere(facts: Facts, o: Observation, seq: number): Observation | null {
  const profile = facts.profileOf(o);
  const last = facts.observations.findLast(
    (other) =>
      other.seq < seq && other.rejected === null && other.action !== 'read' && isSameEntry(other, o) && facts.profileOf(other) === profile,
  );
  return last !== undefined && isThere(last) ? last : null;
}
