/** Confirms the writes of which the browser said nothing because they left the jar as it was. */
import type { BrowserEvent, JarCookie } from '../../model/capture.ts';
import { confirm, sameCookie, type Write } from './cookie-write.ts';

type Change = Extract<BrowserEvent, { type: 'jar-change' }>;

/**
 * Of writes in a row that leave the jar as it was Firefox tells one, the first or the last: its word is the word for all of
 * them, unless the cookie went in between.
 * @param group the writes of one cookie, in order of time
 * @param removals what the jar told of cookies that went
 */
export function confirmRenewals(group: Write[], removals: Change[]): void {
  const spread = (row: Write[]): void => {
    let last: Write | null = null;
    for (const one of row) {
      if (one.draft.rejected !== null) continue;
      if (last?.stored && !one.deletes && one.stored === null && renews(one, last, last.stored) && !wentBetween(last, one, removals))
        confirm(one, last.stored);
      last = one;
    }
  };
  spread(group);
  spread(group.toReversed());
}

/** The same cookie with the same value and life: a life told by its end is a second shorter a second later. */
function renews(one: Write, other: Write, held: JarCookie): boolean {
  const sameLife = one.cookie.session === other.cookie.session && Math.abs((one.cookie.asked ?? 0) - (other.cookie.asked ?? 0)) <= 1;
  return sameLife && held.value.digest === one.cookie.value.digest && sameCookie(one, held);
}

function wentBetween(a: Write, b: Write, removals: Change[]): boolean {
  const from = Math.min(a.draft.time, b.draft.time);
  const to = Math.max(a.draft.time, b.draft.time);
  return removals.some(({ cookie, time }) => time > from && time < to && cookie.name === a.cookie.name && sameCookie(a, cookie));
}
