/**
 * Puts an answer's cookies where the jar shows them among the writes of scripts. Page and browser each have a clock, which may differ
 * by some milliseconds: a script that stores what its answer has just deleted could be told before that deletion. The jar is one.
 */
import type { Change, Write } from './cookie-write.ts';
import type { Draft } from './draft.ts';
import { SKEW } from './in-time.ts';

/** Less than any two events differ by, and more than numbers of this size are rounded by. */
const HAIR = 0.001; // milliseconds

/**
 * Moves answers that are out of order. The writes of a script stay: they are in order with all else that their document did.
 * @param writes in any order, with the changes that they caused
 * @param changes in the jar's own order
 */
export function orderByJar(writes: Write[], changes: Change[]): void {
  const positions = new Map<Change | null, number>(changes.map((change, index) => [change, index]));
  const isBefore = (one: Write, other: Write): boolean => Number(positions.get(one.change)) < Number(positions.get(other.change));
  const stored = writes.filter(({ change }) => change !== null);
  const moved = new Map<Draft, number>();
  for (const group of Map.groupBy(stored, (one) => `${one.draft.host} ${one.cookie.name}`).values()) {
    const scripts = group.filter(({ byScript }) => byScript);
    for (const answer of group.filter(({ byScript }) => !byScript)) {
      const { cause, time } = answer.draft;
      const near = scripts.filter(({ draft }) => Math.abs(draft.time - time) <= SKEW);
      const earliest = Math.max(...near.filter((one) => isBefore(one, answer)).map(({ draft }) => draft.time + HAIR));
      const latest = Math.min(...near.filter((one) => isBefore(answer, one)).map(({ draft }) => draft.time - HAIR));
      // Where scripts contradict each other too, the changes were given to the wrong ones of equal writes.
      if (cause && earliest < latest && (time < earliest || time > latest))
        moved.set(cause, Math.max(cause.time, time < earliest ? earliest : latest));
    }
  }
  // All cookies of one answer are set at once.
  for (const { draft } of writes) if (draft.cause) draft.time = moved.get(draft.cause) ?? draft.time;
}
