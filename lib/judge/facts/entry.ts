/** Whether two observations are of one stored entry of their profile. */
import type { GatheredObservation } from '../../model/observation.ts';

type Entry = Pick<GatheredObservation, 'kind' | 'name' | 'host' | 'value'>;

export function isSameEntry(a: Entry, b: Entry): boolean {
  return a.kind === b.kind && a.name === b.name && a.host === b.host;
}

/** The same entry with the same value. */
export function holdsSame(a: Entry, b: Entry): boolean {
  return isSameEntry(a, b) && a.value?.digest === b.value?.digest;
}
