import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDuration, exceeds, parseDuration } from '../../../lib/policy/duration.ts';

const DAY = 86_400;
const at = (iso: string): number => Date.parse(iso);
const instants = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2199-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.getTime());

/** Another way to the same end: walk month by month and take the day, or the last day before the next month begins. */
function monthsLater(start: number, months: number): number {
  const from = new Date(start);
  let [year, month] = [from.getUTCFullYear(), from.getUTCMonth()];
  for (let step = 0; step < months; step += 1) [year, month] = month === 11 ? [year + 1, 0] : [year, month + 1];
  const lastDay = new Date(Date.UTC(year, month + 1, 1) - 1).getUTCDate();
  const midnight = Date.UTC(year, month, Math.min(from.getUTCDate(), lastDay));
  return midnight + (start - Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate()));
}

describe('addDuration', () => {
  test.each([
    ['2024-01-31T12:00:00Z', 'P1M', '2024-02-29T12:00:00Z'],
    ['2023-01-31T12:00:00Z', 'P1M', '2023-02-28T12:00:00Z'],
    ['2024-01-31T00:00:00Z', 'P24M', '2026-01-31T00:00:00Z'],
    ['2024-02-29T00:00:00Z', 'P24M', '2026-02-28T00:00:00Z'],
    ['2024-02-29T00:00:00Z', 'P4Y', '2028-02-29T00:00:00Z'],
    ['2024-12-31T23:59:59.999Z', 'P2M', '2025-02-28T23:59:59.999Z'],
    // Months first, then days: the other order would give 2 March.
    ['2024-01-30T00:00:00Z', 'P1M1D', '2024-03-01T00:00:00Z'],
    ['2025-03-01T00:00:00Z', 'P1Y6M2W3DT4H5M6S', '2026-09-18T04:05:06Z'],
    ['2025-03-01T00:00:00Z', 'PT30M', '2025-03-01T00:30:00Z'],
  ])('%s + %s = %s', (start, duration, end) => {
    expect(addDuration(at(start), duration)).toBe(at(end));
  });

  test('agrees with an independent computation', () => {
    fc.assert(
      fc.property(instants, fc.nat(600), fc.nat(60), fc.nat(400), fc.nat(100_000), (start, months, weeks, days, seconds) => {
        const end = monthsLater(start, months) + ((weeks * 7 + days) * DAY + seconds) * 1000;
        expect(addDuration(start, `P${months}M${weeks}W${days}DT${seconds}S`)).toBe(end);
      }),
    );
  });

  test('12 months are a year', () => {
    fc.assert(
      fc.property(instants, fc.nat(50), (start, years) => addDuration(start, `P${years}Y`) === addDuration(start, `P${years * 12}M`)),
    );
  });

  test('an end beyond all dates is infinite, never a wrong date', () => {
    expect(addDuration(0, 'P999999999Y')).toBe(Infinity);
    expect(addDuration(0, 'P99999999999999D')).toBe(Infinity);
  });

  test.each(['', 'P', 'PT', 'P1.5M', '24 months', 'p24m', 'session', '-P1M', 'P1M2Y', 'P24M '])('%o is no duration', (text) => {
    expect(() => addDuration(0, text)).toThrow(RangeError);
  });

  test('minutes are not months', () => {
    expect(parseDuration('P2MT3M')).toMatchObject({ months: 2, minutes: 3 });
  });
});

describe('exceeds', () => {
  test('730 days never exceed 24 months, whenever written', () => {
    fc.assert(fc.property(instants, (write) => !exceeds(write, 730 * DAY, 'P24M')));
  });

  test('25 months always exceed 24 months', () => {
    fc.assert(fc.property(instants, (write) => exceeds(write, (monthsLater(write, 25) - write) / 1000, 'P24M')));
  });

  test('365 days never exceed 12 months, 400 days always do', () => {
    fc.assert(fc.property(instants, (write) => !exceeds(write, 365 * DAY, 'P12M') && exceeds(write, 400 * DAY, 'P12M')));
  });

  test('one day of tolerance, to the second', () => {
    const write = at('2025-01-15T10:00:00Z');
    expect(exceeds(write, 731 * DAY, 'P24M')).toBe(false);
    expect(exceeds(write, 731 * DAY + 1, 'P24M')).toBe(true);
  });
});
