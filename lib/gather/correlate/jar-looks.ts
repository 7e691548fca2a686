/** Holds the writes of one cookie of which the jar gave no word against what looks into it found. */
import type { BrowserEvent } from '../../model/capture.ts';
import { refusalReason } from '../refusal.ts';
import { confirm, holds, samePlace, type Change, type Write } from './cookie-write.ts';
import { countUpTo, firstLater, SKEW } from './in-time.ts';
import { LATE } from './jar-changes.ts';

export type Snapshot = Extract<BrowserEvent, { type: 'jar-snapshot' }>;

export interface Looks {
  /** By the time of the answer. */
  answered: Snapshot[];
  /** By the time of the question. */
  asked: { time: number; look: Snapshot }[];
}

export function looksOf(snapshots: Snapshot[]): Looks {
  return { answered: snapshots, asked: snapshots.map((look) => ({ time: look.asked, look })).sort((a, b) => a.time - b.time) };
}

/** A jar that was looked into after the write, before anybody wrote the name again, shows that it was stored. */
export function confirmByLooks(group: Write[], { answered, asked }: Looks): void {
  group.forEach((one, index) => {
    if (one.change || one.deletes) return;
    const next = group[index + 1]?.draft.time ?? Infinity;
    // A look that was asked for before the write may show it; that it does not show it says nothing.
    const looks = [firstLater(answered, one.draft.time + SKEW), firstLater(asked, one.draft.time + SKEW)?.look];
    const found = looks.filter((look) => look !== undefined && look.time < Math.min(next, endOf(one))).map((look) => heldIn(look, one));
    const stored = found.find((held) => held && holds(held, one));
    if (stored) confirm(one, stored);
  });
}

/** What is not confirmed, and its string explains that, or the jar held something else, or nothing, right after it. */
export function findRefused(group: Write[], looks: Looks, told: Change[]): void {
  const places = new Map(group.map((one, index) => [one.change, index]));
  /** When the next write that was stored was made. */
  let next = Infinity;
  for (const [index, one] of [...group.entries()].reverse()) {
    if (one.stored) next = one.draft.time;
    if (one.stored || one.deletes) continue;
    const isLater = (change: Change): boolean => (places.get(change) ?? Infinity) > index;
    one.draft.rejected =
      refusalReason(one.cookie, one.setter, one.draft.origin ?? '', one.byScript) ??
      (!one.untold && wasElsewise(one, next, looks, told, isLater) ? 'not-stored' : null);
  }
}

/**
 * A jar tells of all that changes it. Of a write that it said nothing of, its next word shows whether that is because it was refused: what
 * was there instead of it was there all the time. Where the next word is of another write nobody can tell.
 * @param next when the next write was made that was stored
 */
function wasElsewise(one: Write, next: number, looks: Looks, told: Change[], isLater: (change: Change) => boolean): boolean {
  const { time } = one.draft;
  const look = firstLater(looks.asked, time + SKEW)?.look;
  const until = Math.max(look?.time ?? 0, time + LATE);
  const change = firstTold(told, time - SKEW, until, (word) => isLater(word) && samePlace(one, word.cookie));
  if (change) return change.removed && !holds(change.cookie, one);
  if (!look || look.time >= Math.min(next, endOf(one))) return false;
  const held = heldIn(look, one);
  return !held || !holds(held, one);
}

function firstTold(told: Change[], from: number, until: number, isMeant: (change: Change) => boolean): Change | undefined {
  for (let at = countUpTo(told.length, (index) => (told[index] as Change).time, from); at < told.length; at++) {
    const change = told[at] as Change;
    if (change.time > until) return undefined;
    if (isMeant(change)) return change;
  }
  return undefined;
}

function heldIn(look: Snapshot | undefined, one: Write) {
  const there = look?.cookies.filter((cookie) => cookie.name === one.cookie.name && samePlace(one, cookie)) ?? [];
  return there.find((held) => holds(held, one)) ?? there[0];
}

function endOf({ cookie, draft }: Write): number {
  return cookie.asked === null ? Infinity : draft.time + cookie.asked * 1000;
}
