/** The three lifetimes of a finding: what was asked for, what the browser granted, what the policy states; each with the day it ends. */
import type { Finding } from '../../model/audit.ts';
import { STORED_KINDS, type Observation } from '../../model/observation.ts';
import { addDuration, parseDuration } from '../../policy/duration.ts';
import { dateText, instantText } from '../instant.ts';
import { durationText } from './moments.ts';
import type { Report } from './report.ts';

const SECOND = 1000; // milliseconds
const DAY = 86_400; // seconds

export interface Lifetime {
  id: 'asked' | 'granted' | 'stated';
  label: string;
  text: string;
}

/**
 * What is known of how long it lives, counted from the accused write; empty for what is not stored.
 * What was not seen is said to be not seen, never guessed.
 */
export function lifetimesOf(report: Report, finding: Finding, accused: Observation | null): Lifetime[] {
  const { say } = report;
  const stored = accused !== null && (STORED_KINDS as readonly string[]).includes(accused.kind);
  if (!stored && finding.asked === null && finding.granted === null && finding.stated === null) return [];
  const from = Date.parse(accused?.at ?? finding.firstAt ?? '');
  const lifetimes: Lifetime[] = [];
  const add = (id: Lifetime['id'], text: string): void => void lifetimes.push({ id, label: say(`report_${id}`), text });
  if (accused === null || accused.kind === 'cookie') {
    const otherwise = say(accused?.cookie?.session === true ? 'report_until_closed' : 'report_not_seen');
    const ofSeconds = (seconds: number | null): string =>
      seconds === null ? otherwise : untilText(report, durationText(report, seconds * SECOND), from + seconds * SECOND, seconds);
    add('asked', ofSeconds(finding.asked ?? accused?.cookie?.asked ?? null));
    add('granted', ofSeconds(finding.granted ?? accused?.cookie?.granted ?? null));
  } else if (stored) add('asked', say(accused.kind === 'sessionStorage' ? 'report_until_tab_closed' : 'report_no_end'));
  if (finding.stated !== null) add('stated', statedText(report, finding.stated, from));
  return lifetimes;
}

/** A stated period with the day on which it ends, by calendar months from the write. */
export function statedText(report: Report, stated: string, from: number): string {
  if (stated === 'session') return report.say('report_until_closed');
  try {
    return untilText(report, periodText(report, stated), Number.isNaN(from) ? NaN : addDuration(from, stated), Infinity);
  } catch {
    // RangeError: the file holds something else than a duration; it is shown as it is.
    return stated;
  }
}

/** `P1Y6M` in words: `1 year 6 months`. */
function periodText({ say }: Report, iso: string): string {
  return Object.entries(parseDuration(iso))
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => say(`report_period_${unit}`, { count, value: String(count) }))
    .join(' ');
}

/** @param end epoch milliseconds; the duration alone where it is no date */
function untilText({ say, timeZone }: Report, duration: string, end: number, seconds: number): string {
  const date = dateText(end, timeZone);
  if (date === null) return duration;
  // A life of hours ends at an hour.
  return say('report_until', { duration, date: seconds < 2 * DAY ? instantText(new Date(end).toISOString(), timeZone) : date });
}
