/** What a withdrawal leaves on the device. */
import type { Observation } from '../../model/observation.ts';
import { isThere } from '../facts/entry.ts';
import type { Facts } from '../facts/facts.ts';
import { isRemoval } from '../facts/writes.ts';

/** The last sighting of each entry that is still there while the consent to it is withdrawn: a write, or a look that found it. */
export function leftWhileWithdrawn(facts: Facts): Observation[] {
  return lastSightings(facts).filter((o) => isThere(o) && !isMissingLater(facts, o));
}

/** Of each entry the last that was seen of it while its consent was withdrawn: written, deleted or looked at. */
function lastSightings(facts: Facts): Observation[] {
  const last = new Map<string, Observation>();
  for (const o of facts.observations) {
    if (o.name === null || o.action === 'read' || o.rejected !== null || facts.permission(o) !== 'withdrawn') continue;
    // A record less in a database says nothing of the database.
    if (o.action === 'delete' && !isRemoval(o)) continue;
    last.set(JSON.stringify([facts.profileOf(o), o.kind, o.name, o.host]), o);
  }
  return [...last.values()];
}

/**
 * A later look into the same store, under the same withdrawal, that lists other entries and not this one: it went unseen, as session
 * cookies do when the browser ends. Session storage is looked at tab by tab, so one tab's look says nothing of another's.
 */
function isMissingLater(facts: Facts, o: Observation): boolean {
  if (o.kind === 'sessionStorage') return false;
  return facts.observations.some(
    (later) =>
      later.seq > o.seq &&
      later.action === 'present' &&
      later.at > o.at &&
      later.kind === o.kind &&
      later.host === o.host &&
      facts.profileOf(later) === facts.profileOf(o) &&
      later.phase === o.phase,
  );
}
