/**
 * Requests that the page tells of and no `webRequest` event is left of, because the background was stopped between
 * the event and its storing. Anything else that the page announces and the browser does not came from memory.
 */
import { catalogue } from '../../catalogue/index.ts';
import type { BrowserEvent, BrowserSegment } from '../../model/capture.ts';
import { hostOf } from '../url.ts';
import type { Announcement, Resource } from './announced.ts';
import { draft, placeOf, type Draft } from './draft.ts';
import { isHit } from './hit.ts';
import { SKEW } from './in-time.ts';
import type { RequestContext } from './requests.ts';

/** A background that is being stopped loses events no longer than this, nor one that is being started. */
const LONGEST = 1500; // milliseconds
/** Browsers stop a background that had nothing to do for so long: https://developer.chrome.com/docs/extensions/develop/concepts/service-workers/lifecycle */
const IDLE = 30_000; // milliseconds

/**
 * After the last event that the stopped background stored, and before the next one had begun to take them. Events that waited for the
 * new one carry earlier times than its start, so the two must be told apart by who stored them.
 */
export function lossWindows(segments: BrowserSegment[]): { from: number; to: number }[] {
  const lives = Map.groupBy(segments, ({ id }) => id.split(':')[1] ?? '');
  const spans = [...lives.values()].map((life) => {
    const events = life.flatMap((segment) => segment.events);
    return {
      start: events.find(({ type }) => type === 'background-start')?.time ?? null,
      last: lastTaken(events),
      events,
    };
  });
  return spans.flatMap((life) => {
    const { start } = life;
    if (start === null) return [];
    const to = firstTaken(life.events, start);
    // Its own beginning may be all that it stored; what was lost lies before.
    const before = Math.max(...spans.filter((other) => other !== life && other.last <= start).map(({ last }) => last));
    // It goes on from another that was stopped before it stored anything.
    if (!Number.isFinite(before)) return [{ from: start - LONGEST - SKEW, to }];
    // After a shorter silence it was not stopped for its idleness: one or several were ended in the middle of their work.
    if (start - before < IDLE) return [{ from: before - SKEW, to }];
    // What the old one had taken and not stored, and what the new one was started by; between them nobody was there to lose anything.
    return [
      { from: before - SKEW, to: Math.min(before + LONGEST, to) },
      { from: Math.max(before, start - LONGEST) - SKEW, to },
    ];
  });
}

/**
 * The moment up to which a background took everything. Requests carry the browser's own time and come in its order; what the
 * background stamps itself (changes of the jar) may be later than requests that still wait to be taken, on a busy machine.
 */
function lastTaken(events: BrowserEvent[]): number {
  const stamped = events.filter((event) => 'requestId' in event);
  // Not spread into an argument list: a long life has more events than a call takes arguments.
  if (stamped.length > 0) return stamped.reduce((last, { time }) => Math.max(last, time), -Infinity);
  return events.reduce((first, { time }) => Math.min(first, time), Infinity);
}

/**
 * The moment from which a background took everything: that of the first event that reached it and had come up after its start. What came
 * up before waits, and reaches a busy machine's background only after newer events have: one that is stopped meanwhile loses the rest.
 * @param events in the order in which they were taken
 */
function firstTaken(events: BrowserEvent[], start: number): number {
  const first = events.find((event) => 'requestId' in event && event.time > start && event.time <= start + LONGEST);
  return Math.max(start + SKEW, first?.time ?? start);
}

/** @param announcements and @param resources those that no request took */
export function observeLostRequests(announcements: Announcement[], resources: Resource[], context: RequestContext): Draft[] {
  const inWindow = ({ time }: { time: number }): boolean => context.lossWindows.some(({ from, to }) => time >= from && time <= to);
  // Of both kinds of word of one request, the script's own comes first.
  const announced = announcements.filter((event) => inWindow(event) && /^(https?|wss?):/.test(event.url));
  const told = new Map<string, number>();
  for (const { urlDigest } of announced) told.set(urlDigest, (told.get(urlDigest) ?? 0) + 1);
  const timed = resources.filter((event) => {
    const spoken = told.get(event.urlDigest) ?? 0;
    if (spoken > 0) told.set(event.urlDigest, spoken - 1);
    return spoken === 0 && inWindow(event) && /^(https?|wss?):/.test(event.url);
  });
  return [...announced, ...timed].flatMap((event) => {
    const visit = context.visits.ofEvent(event);
    if (!visit) return [];
    const host = hostOf(event.url);
    const mechanism = event.type === 'resource' ? event.initiatorType : event.mechanism;
    const method = event.type === 'send' ? event.method : 'GET';
    const known = catalogue.recipient({ host, path: new URL(event.url).pathname, protocol: null, tagId: null });
    return draft({
      ...placeOf(event, visit),
      host,
      kind: 'request',
      action: 'send',
      mechanism,
      initiator: event.type === 'send' ? event.initiator : null,
      request: {
        url: event.url,
        method,
        type: mechanism,
        status: event.type === 'resource' ? event.status : null,
        ip: null,
        redirectedFrom: null,
        hit: isHit(mechanism, method, known),
        sentCookies: [],
        data: [],
        sentIdentifiers: [],
        internal: false,
        protocol: null,
        tagId: null,
      },
    });
  });
}
