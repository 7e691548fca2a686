/** Identifiers that come back after they were deleted. */
import type { Observation } from '../../model/observation.ts';
import { isSameEntry } from '../facts/entry.ts';
import type { Facts } from '../facts/facts.ts';
import { isStored, thingKey } from '../facts/subject.ts';
import { isRemoval } from '../facts/writes.ts';
import { canIdentify } from './identifying.ts';

export interface Respawn {
  write: Observation;
  deletion: Observation;
  /** The last that was seen of the value before the deletion. */
  before: Observation;
  /** Another entry that had the value all the while; null where none was seen. */
  keeper: Observation | null;
  /** The page that could have remembered it is gone, and the value is known to be an identifier. */
  certain: boolean;
}

/** What is known of an entry at a moment. */
interface State {
  held: Observation;
  deletion: Observation | null;
}

/** In the order of the writes. What a script deletes and writes itself on one page has not come back. */
export function respawnsIn(facts: Facts): Respawn[] {
  const profiles = new Map<number, Map<string, State>>();
  return facts.observations.flatMap((o) => {
    if (o.name === null || !isStored(o.kind) || o.rejected !== null || o.action === 'read' || o.action === 'absent') return [];
    const states = profiles.get(facts.profileOf(o)) ?? new Map<string, State>();
    profiles.set(facts.profileOf(o), states);
    const key = thingKey({ kind: o.kind, name: o.name, host: o.host });
    const state = states.get(key);
    if (o.action === 'delete' || o.cookie?.asked === 0) {
      if (state && isRemoval({ ...o, action: 'delete' })) states.set(key, { ...state, deletion: o });
      return [];
    }
    if (o.value === null) return [];
    states.set(key, { held: o, deletion: null });
    return o.action === 'set' && state?.deletion ? respawnOf(facts, o, { ...state, deletion: state.deletion }, states) : [];
  });
}

function respawnOf(
  facts: Facts,
  write: Observation,
  { held, deletion }: State & { deletion: Observation },
  states: ReadonlyMap<string, State>,
): Respawn[] {
  const { exempt, known } = facts.subject(write);
  if (exempt || write.transient || !holdsIdentifier(held, write) || !canIdentify(facts, write)) return [];
  const samePage = facts.lifeOf(deletion.visit) === facts.lifeOf(write.visit);
  if (samePage && deletion.initiator !== null && deletion.initiator.url === write.initiator?.url) return [];
  const keeper = [...states.values()].find(
    (other) => other.deletion === null && !isSameEntry(other.held, write) && holdsIdentifier(other.held, write),
  )?.held;
  // A page that is still there may just have remembered it.
  if (!keeper && samePage) return [];
  return [{ write, deletion, before: held, keeper: keeper ?? null, certain: !samePage && (known || (write.value?.born ?? null) !== null) }];
}

/** The same value; or, of one name, the same moment of birth: a storage may keep in quotes what the cookie has without. */
function holdsIdentifier(a: Observation, b: Observation): boolean {
  if (a.value === null || b.value === null) return false;
  return a.value.digest === b.value.digest || (a.name === b.name && a.value.born !== null && a.value.born === b.value.born);
}
