/** Gives each change of the jar to the write that caused it. */
import type { JarCookie } from '../../model/capture.ts';
import { confirm, endsAlike, mayRemove, placeOf, sameCookie, type Change, type Write } from './cookie-write.ts';
import { SKEW } from './in-time.ts';

/** The jar's change reaches the background within this time of the write, on a busy machine. */
export const LATE = 10_000; // milliseconds
/** What the browser does by itself. */
const OWN = ['expired', 'evicted'];

/**
 * @param writes in order of time
 * @param changes in order of time, without what was only overwritten: that is told of again as what took its place
 * @returns the changes that nobody was seen causing
 */
export function matchChanges(writes: Write[], changes: Change[]): Change[] {
  const byName = new Map([...Map.groupBy(writes, (one) => one.cookie.name)].map(([name, named]) => [name, { named, from: 0 }]));
  const lastSet = new Map<string, number>();
  return changes.filter((change) => {
    const candidates = candidatesFor(change, byName.get(change.cookie.name));
    const place = placeOf(change.cookie);
    const match = change.removed ? remover(candidates, change.cookie, lastSet.get(place) ?? 0) : setter(candidates, change.cookie);
    if (!change.removed) lastSet.set(place, match?.draft.time ?? change.time - SKEW);
    if (!match) return true;
    match.change = change;
    confirm(match, change.removed ? null : change.cookie);
    return false;
  });
}

/**
 * The writes of one name that may have caused a change. Writes and changes come in order of time, so what is settled or too old for
 * this change is so for all later ones and is not looked at again.
 */
function candidatesFor(change: Change, writes: { named: Write[]; from: number } | undefined): Write[] {
  if (!writes || OWN.includes(change.cause)) return [];
  const { named } = writes;
  const isPast = (one: Write): boolean => one.change !== null || one.draft.time < change.time - LATE;
  while (writes.from < named.length && isPast(named[writes.from] as Write)) writes.from++;
  const may = change.removed ? mayRemove : sameCookie;
  const candidates: Write[] = [];
  for (let at = writes.from; at < named.length; at++) {
    const one = named[at] as Write;
    if (one.draft.time > change.time + SKEW) break;
    if (!isPast(one) && one.deletes === change.removed && may(one, change.cookie)) candidates.push(one);
  }
  return candidates;
}

/** Of equal writes the last that has the cookie's end: those before it may have been refused. */
function setter(candidates: Write[], held: JarCookie): Write | undefined {
  const equal = candidates.filter((one) => one.cookie.value.digest === held.value.digest);
  if (equal.length === 0) return candidates.length === 1 ? candidates[0] : undefined;
  const alike = preferred(equal, (one) => one.cookie.partitioned === held.partitioned);
  return preferred(alike, (one) => endsAlike(one, held)).at(-1);
}

/** The first since the cookie was set: those before it found nothing to delete, and so did those after it. */
function remover(candidates: Write[], removed: JarCookie, since: number): Write | undefined {
  const alike = preferred(candidates, (one) => one.cookie.partitioned === removed.partitioned);
  return preferred(alike, ({ draft }) => draft.time >= since)[0];
}

/** Those that are so, or all where none is. */
function preferred(writes: Write[], isSo: (one: Write) => boolean): Write[] {
  const found = writes.filter(isSo);
  return found.length > 0 ? found : writes;
}
