/**
 * Deletions that Firefox stores before it notices that they have expired: `Max-Age=0` ends with the millisecond in which it is read, and the
 * jar is written a moment later. It tells of an overwriting, of a new cookie and of its expiry, which together are one removal.
 */
import { placeOf, sameCookie, type Change, type Write } from './cookie-write.ts';
import { SKEW } from './in-time.ts';
import { LATE } from './jar-changes.ts';

/**
 * @param changes in order of time, with what was overwritten
 * @returns those changes with one removal in the place of the three, and none where nothing was there to be removed
 */
export function joinDeletions(changes: Change[], writes: Write[]): Change[] {
  const deletions = Map.groupBy(
    writes.filter(({ deletes }) => deletes),
    ({ cookie }) => cookie.name,
  );
  const before = new Map<string, Change>();
  const expiring = new Map<string, string>();
  return changes.flatMap((change) => {
    const place = placeOf(change.cookie);
    const last = before.get(place);
    before.set(place, change);
    const { digest } = change.cookie.value;
    if (change.removed) {
      if (change.cause !== 'expired' || expiring.get(place) !== digest) return [change];
      expiring.delete(place);
      return [];
    }
    // Hardly any has: a flood of deletions is not looked through for each change.
    const hasEnded = change.cookie.expires !== null && change.cookie.expires <= change.time;
    if (!hasEnded || !deletions.get(change.cookie.name)?.some((one) => isStored(one, change))) return [change];
    expiring.set(place, digest);
    return last?.removed && last.cause === 'overwrite' ? [{ ...change, removed: true, cause: 'explicit', cookie: last.cookie }] : [];
  });
}

/** The jar tells of just what the deletion wrote. */
function isStored(one: Write, { time, cookie }: Change): boolean {
  if (one.draft.time > time + SKEW || one.draft.time < time - LATE) return false;
  return one.cookie.value.digest === cookie.value.digest && sameCookie(one, cookie);
}
