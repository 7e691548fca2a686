/** What was left on the device. */
import type { Observation } from '../../model/observation.ts';
import { isStored, thingKey } from './subject.ts';

/**
 * Writes that were neither refused nor deletions, and the first snapshot sighting of each entry in a profile whose write nobody saw,
 * in `seq` order.
 */
export function writesIn(observations: Observation[], profileOf: (o: Observation) => number): Observation[] {
  const seen = new Set<string>();
  return observations.filter((o) => {
    if (o.name === null || !isStored(o.kind) || o.rejected !== null) return false;
    const key = `${profileOf(o)} ${thingKey({ kind: o.kind, name: o.name, host: o.host })}`;
    const isFirst = !seen.has(key);
    if (o.action === 'set' && o.cookie?.asked !== 0) {
      seen.add(key);
      return true;
    }
    if (o.action !== 'present') return false;
    seen.add(key);
    return isFirst;
  });
}

/** Whether the whole entry went: of a database or cache, and not only a record or answer within it. */
export function isRemoval(o: Observation): boolean {
  return o.action === 'delete' && (o.detail === undefined || (o.detail.store === null && o.detail.key === null));
}
