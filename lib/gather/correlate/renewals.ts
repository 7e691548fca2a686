/** Confirms the writes of which the browser said nothing because they left the jar as it was. */
import { confirm, endsAlike, holds, samePlace, type Change, type Write } from './cookie-write.ts';

/**
 * Of writes in a row that leave the jar as it was Firefox tells one, the first or the last: its word is the word for all of
 * them, unless the cookie went in between.
 * @param group the writes of one cookie, in order of time
 * @param told what the jar told of it
 */
export function confirmRenewals(group: Write[], told: Change[]): void {
  const spread = (row: Write[]): void => {
    let last: Write | null = null;
    for (const one of row) {
      if (last?.stored && !one.deletes && one.stored === null && renews(one, last) && !changedBetween(last, one, told))
        confirm(one, last.stored);
      last = one;
    }
  };
  spread(group);
  spread(group.toReversed());
}

/** The same cookie with the same value and end: one that ends later is another one to the jar. */
function renews(one: Write, { cookie, stored }: Write): boolean {
  return stored !== null && one.cookie.partitioned === cookie.partitioned && holds(stored, one) && endsAlike(one, stored);
}

function changedBetween(a: Write, b: Write, told: Change[]): boolean {
  const from = Math.min(a.draft.time, b.draft.time);
  const to = Math.max(a.draft.time, b.draft.time);
  return told.some(
    (change) => change !== a.change && change !== b.change && change.time > from && change.time < to && samePlace(a, change.cookie),
  );
}
