/** When something happened: relative to the person's own clicks, and for how long. */
import type { Observation } from '../../model/observation.ts';
import { exactInstantText } from '../instant.ts';
import { underscored, type Act, type Report } from './report.ts';

const SECOND = 1000; // milliseconds
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A stretch of time in its largest fitting unit: `340 ms`, `1.2 s`, `730 days`. Numbers are written here, for not every browser knows Kazakh. */
export function durationText({ say, language }: Report, milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  const number = (value: number): string => String(Math.round(value * 10) / 10).replace('.', language === 'en' ? '.' : ',');
  if (ms < SECOND) return say('report_milliseconds', { value: number(Math.round(ms)) });
  if (ms < 2 * MINUTE) return say('report_seconds', { value: number(ms / SECOND) });
  if (ms < 2 * HOUR) return say('report_minutes', { value: number(ms / MINUTE) });
  if (ms < 2 * DAY) return say('report_hours', { value: number(ms / HOUR) });
  return say('report_days', { count: Math.round((ms / DAY) * 10) / 10, value: number(ms / DAY) });
}

/** The state of consent in a few words. */
export function stateText({ say }: Report, state: string): string {
  return say.or(state, `popup_state_${underscored(state)}`);
}

/** What the person did, in words: the click with the control's words, or how else the choice is known. */
export function actText(report: Report, act: Act): string {
  const { say, language } = report;
  const alone = stateText(report, act.entry.state);
  // Within a sentence a state is no heading.
  const state = alone.charAt(0).toLocaleLowerCase(language) + alone.slice(1);
  if (act.words !== null && act.words !== '') return say('report_act_click', { words: act.words, state });
  return say(act.entry.source === 'mark' ? 'report_act_marked' : 'report_act_other', { state });
}

/** The choice before an observation and the one after it, in its profile. */
export function choicesAround(report: Report, o: Observation): { before: Act | null; after: Act | null } {
  const profile = report.profileOf(o.visit);
  const own = report.acts.filter((act) => act.profile === profile);
  const isBefore = (act: Act): boolean => (act.seq === null ? act.at <= Date.parse(o.at) : act.seq <= o.seq);
  return { before: own.findLast(isBefore) ?? null, after: own.find((act) => !isBefore(act)) ?? null };
}

/** `1.2 s before the click "Accept"`; where nobody ever chose, how long after the opening of the page. */
export function whenText(report: Report, o: Observation): string {
  const { say } = report;
  const at = Date.parse(o.at);
  const { before, after } = choicesAround(report, o);
  const doubt = o.uncertainty > 0 ? say('report_when_uncertain', { time: durationText(report, o.uncertainty) }) : null;
  const told = (text: string): string => (doubt === null ? text : `${text.replace(/\.?$/, '.')} ${doubt}`);
  if (before !== null) return told(say('report_when_after', { time: durationText(report, at - before.at), act: actText(report, before) }));
  if (after !== null) return told(say('report_when_before', { time: durationText(report, after.at - at), act: actText(report, after) }));
  const visit = report.audit.run.visits.find(({ id }) => id === o.visit);
  if (visit === undefined) return told(say('report_when_never'));
  return told(say('report_when_never_since', { time: durationText(report, at - Date.parse(visit.startedAt)) }));
}

/** First and last moment, exact; once where they are one. */
export function spanText(report: Report, first: string, last: string): string {
  const from = exactInstantText(first, report.timeZone);
  if (first === last) return from;
  const to = exactInstantText(last, report.timeZone);
  // The same day is not said twice.
  return `${from} – ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to}`;
}
