/** ISO 8601 durations in calendar-true UTC arithmetic: 24 months are 730 or 731 days, never 720. */
import { DURATION_PATTERN } from '../model/policy.ts';

const SECOND = 1000;
const DAY = 86_400 * SECOND;
/** The last instant that a Date can hold (ECMA-262, time range). */
const LAST_INSTANT = 8.64e15;

/** Whole calendar and clock units, as written; weeks are not folded into days. */
export interface Duration {
  years: number;
  months: number;
  weeks: number;
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/**
 * Reads an ISO 8601 duration of whole units (`P24M`, `P1Y6M`, `P2W`, `PT30M`).
 * @throws RangeError if the text is not one.
 */
export function parseDuration(iso: string): Duration {
  if (!DURATION_PATTERN.test(iso)) throw new RangeError('not an ISO 8601 duration');
  const [date = '', time = ''] = iso.slice(1).split('T');
  const units = (part: string, designator: string): number => Number(new RegExp(`(\\d+)${designator}`).exec(part)?.[1] ?? 0);
  return {
    years: units(date, 'Y'),
    months: units(date, 'M'),
    weeks: units(date, 'W'),
    days: units(date, 'D'),
    hours: units(time, 'H'),
    minutes: units(time, 'M'),
    seconds: units(time, 'S'),
  };
}

/**
 * The end of a period that begins at an instant, both in epoch milliseconds, in the UTC calendar. Years and months come first and
 * a day that the month does not have becomes its last one (Temporal's `constrain`), then weeks and days, then clock units.
 * Infinity where the end lies beyond what a date can hold.
 * @throws RangeError if `iso` is not a duration or the instant is not one.
 */
export function addDuration(epochMs: number, iso: string): number {
  const duration = parseDuration(iso);
  const start = new Date(epochMs);
  if (Number.isNaN(start.getTime())) throw new RangeError('not an instant');

  const months = start.getUTCFullYear() * 12 + start.getUTCMonth() + duration.years * 12 + duration.months;
  const year = Math.floor(months / 12);
  const month = months - year * 12;
  const date = new Date(epochMs);
  // Month and day in one call: set apart, the 31st would roll over first.
  date.setUTCFullYear(year, month, Math.min(start.getUTCDate(), daysInMonth(year, month)));

  const days = duration.weeks * 7 + duration.days;
  const seconds = duration.hours * 3600 + duration.minutes * 60 + duration.seconds;
  const end = date.getTime() + days * DAY + seconds * SECOND;
  return end <= LAST_INSTANT ? end : Infinity;
}

/**
 * Whether a life asked for at `writeMs` (epoch milliseconds) of `askedSeconds` ends later than the stated period allows:
 * beyond the write plus the period plus one day of tolerance.
 * @throws RangeError if `iso` is not a duration (`session` is none).
 */
export function exceeds(writeMs: number, askedSeconds: number, iso: string): boolean {
  return writeMs + askedSeconds * SECOND > addDuration(writeMs, iso) + DAY;
}

function daysInMonth(year: number, month: number): number {
  if (month === 1) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
}
