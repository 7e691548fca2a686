/** Whether a stored value can tell one visitor from others: values themselves are not known here. */
import type { Facts } from '../facts/facts.ts';
import type { Observation } from '../../model/observation.ts';

/** Shorter values are the same for many. Of a key that nobody knows more is asked. */
const SHORTEST_OF_KNOWN = 9; // UTF-16 code units
const SHORTEST = 16; // UTF-16 code units

/** A value that tells when it was made does; of others the length is all there is to go by. */
export function canIdentify(facts: Facts, o: Observation): boolean {
  if (o.value === null) return false;
  return o.value.born !== null || o.value.length >= (facts.subject(o).known ? SHORTEST_OF_KNOWN : SHORTEST);
}
