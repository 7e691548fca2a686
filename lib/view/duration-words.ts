/** Durations as people read them. */
import type { Say } from './say.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Whole days from two days on, else hours, minutes or seconds, rounded to what fits: 34560000 is `400 days`. Negative lives are none: 0. */
export function durationWords(seconds: number, say: Say): string {
  const whole = Math.max(0, seconds);
  if (whole >= 2 * DAY) return say('panel_days', { count: Math.round(whole / DAY) });
  if (whole >= 2 * HOUR) return say('panel_hours', { count: Math.round(whole / HOUR) });
  if (whole >= 2 * MINUTE) return say('panel_minutes', { count: Math.round(whole / MINUTE) });
  return say('panel_seconds', { count: Math.round(whole) });
}

/** `+0.41 s`, `−2.3 s`, `+3 min 04 s`, `+1 h 02 min`: the sign says whether it was after or before. */
export function offsetWords(milliseconds: number, say: Say): string {
  const sign = milliseconds < 0 ? '−' : '+';
  const seconds = Math.abs(milliseconds) / 1000;
  const unit = (key: string): string => say(`panel_unit_${key}`);
  if (seconds < 100) return `${sign}${seconds.toFixed(seconds < 10 ? 2 : 1)} ${unit('second')}`;
  const minutes = Math.floor(seconds / MINUTE);
  if (minutes < 60) return `${sign}${minutes} ${unit('minute')} ${two(Math.floor(seconds % MINUTE))} ${unit('second')}`;
  return `${sign}${Math.floor(minutes / 60)} ${unit('hour')} ${two(minutes % 60)} ${unit('minute')}`;
}

/**
 * A stated period in words; parts that are zero are left out.
 * @param stated ISO 8601 duration of whole units, `session` or null
 */
export function periodWords(stated: string | null, say: Say): string {
  if (stated === null) return say('panel_not_stated');
  if (stated === 'session') return say('panel_until_closed');
  const [date = '', time = ''] = stated.slice(1).split('T');
  const units: [string, string, string][] = [
    [date, 'Y', 'panel_years'],
    [date, 'M', 'panel_months'],
    [date, 'W', 'panel_weeks'],
    [date, 'D', 'panel_days'],
    [time, 'H', 'panel_hours'],
    [time, 'M', 'panel_minutes'],
    [time, 'S', 'panel_seconds'],
  ];
  const words = units.flatMap(([part, letter, key]) => {
    const count = Number(new RegExp(`(\\d+)${letter}`).exec(part)?.[1] ?? 0);
    return count > 0 ? [say(key, { count })] : [];
  });
  return words.length > 0 ? words.join(' ') : stated;
}

function two(count: number): string {
  return String(count).padStart(2, '0');
}
