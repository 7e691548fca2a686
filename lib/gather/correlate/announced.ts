/** Which word of a page is about a request: that of the asking document, of the same address, at about the same time. */
import type { BrowserEvent, DocumentEvent } from '../../model/capture.ts';
import type { Placed } from './draft.ts';
import type { Assigned } from './inserters.ts';
import type { Hop } from './requests.ts';
import { findStreams } from './streams.ts';

type Start = Extract<BrowserEvent, { type: 'request' }>;
export type Announcement = Placed<Extract<DocumentEvent, { type: 'send' | 'inserted' }>>;
export type Sent = Extract<Announcement, { type: 'send' }>;
export type Resource = Placed<Extract<DocumentEvent, { type: 'resource' }>>;
type Word = Announcement | Resource | Assigned;

/** What a page told of a request. */
export interface Words {
  announcement: Announcement | null;
  /**
   * Who asked for it before: gave an element the address, opened the stream that is opened anew, put it off, or had it wait its turn.
   * Its moment is another.
   */
  assignment: Assigned | Sent | null;
  resource: Resource | null;
}

/** A request reaches `webRequest` this long after the script asked, on a busy machine. */
const LATE = 2000; // milliseconds

/** @returns the words about each request, and those about none */
export function findWords(
  hops: Hop[],
  told: { announcements: Announcement[]; assigned: Assigned[]; resources: Resource[] },
): { words: Map<Hop, Words>; announcements: Announcement[]; resources: Resource[] } {
  const asked = new Set(hops.map(({ start }) => start.urlDigest));
  const announced = byAddress(
    told.announcements.filter((event) => !isPutOff(event)),
    asked,
  );
  const putOff = byAddress(told.announcements.filter(isPutOff), asked);
  const all = new Map([...announced].map(([digest, group]) => [digest, [...group]]));
  const assigned = byAddress(told.assigned, asked);
  const timed = byAddress(told.resources, asked);
  const words = new Map<Hop, Words>();
  const streams = findStreams(hops);
  for (const hop of [...hops.filter((one) => !mayBeWorkers(one)), ...hops.filter(mayBeWorkers)]) {
    const { start } = hop;
    // A server asks for what comes after a redirect.
    if (hop.before) continue;
    const announcement = start.method === 'OPTIONS' ? preflighted(all, start) : takeAnnouncement(announced, start);
    if (announcement?.type === 'send' && announcement.mechanism === 'event-source') streams.open(hop, announcement);
    const stream = announcement ? null : streams.reopen(hop, (opened) => sameDocument(opened, start) && sameTab(opened, start));
    words.set(hop, {
      announcement,
      assignment:
        announcement?.type === 'send'
          ? null
          : (stream ?? takePutOff(putOff, start) ?? takeQueued(announced, start) ?? lastAssigned(assigned, start)),
      // Taken also where the script's own word is there, so that nothing of this request is left over.
      resource: takeResource(timed, start),
    });
  }
  return { words, announcements: [...announced.values()].flat(), resources: [...timed.values()].flat() };
}

/** What Firefox names no document for is a worker's, or was asked for with `keepalive`: it has what the documents' own requests leave. */
function mayBeWorkers({ start }: Hop): boolean {
  return start.documentId === null && start.resourceType === 'xmlhttprequest';
}

/** By the address that was asked for: Chromium makes `http:` addresses of a page `https:` ones before anybody is told of them. */
function byAddress<W extends Word>(words: W[], asked: ReadonlySet<string>): Map<string, W[]> {
  return Map.groupBy(words, ({ urlDigest, upgradedDigest = urlDigest }) => (asked.has(urlDigest) ? urlDigest : upgradedDigest));
}

/** The oldest word about this address that fits; no other request gets it. */
function take<W extends Word, T extends W>(words: Map<string, W[]>, start: Start, fits: (word: W) => word is T): T | null;
function take<W extends Word>(words: Map<string, W[]>, start: Start, fits: (word: W) => boolean): W | null;
function take<W extends Word>(words: Map<string, W[]>, { urlDigest }: Start, fits: (word: W) => boolean): W | null {
  const group = words.get(urlDigest) ?? [];
  const index = group.findIndex(fits);
  return index < 0 ? null : (group.splice(index, 1)[0] ?? null);
}

/** A preflight takes nothing, and may be told of before or after the request that it precedes. */
function preflighted(all: Map<string, Announcement[]>, start: Start): Announcement | null {
  return all.get(start.urlDigest)?.findLast((event) => isOf(event, start)) ?? null;
}

/** The oldest announcement of this URL in this tab that no request has taken yet. */
function takeAnnouncement(announced: Map<string, Announcement[]>, start: Start): Announcement | null {
  return take(announced, start, (event) => isOf(event, start) && isMethod(event, start));
}

/** The browser sends it within the time that it was given, or when the page is left. */
function isPutOff(event: Announcement): event is Sent {
  return event.type === 'send' && event.mechanism === 'fetchLater';
}

function takePutOff(putOff: Map<string, Sent[]>, start: Start): Sent | null {
  return take(
    putOff,
    start,
    (event) => isMethod(event, start) && sameDocument(event, start) && sameTab(event, start) && event.time <= start.time + 20,
  );
}

/** A handshake waits until no other to the same host is under way: https://www.rfc-editor.org/rfc/rfc6455#section-4.1 */
function takeQueued(announced: Map<string, Announcement[]>, start: Start): Sent | null {
  return take(
    announced,
    start,
    (event): event is Sent =>
      event.type === 'send' && event.mechanism === 'websocket' && isOf(event, start, Infinity) && isMethod(event, start),
  );
}

/** Chromium connects to a WebTransport server by a method that no script names. */
function isMethod(event: Announcement, start: Start): boolean {
  return event.type === 'inserted' || event.mechanism === 'webtransport' || event.method.toUpperCase() === start.method.toUpperCase();
}

function isOf(event: Announcement, start: Start, late = LATE): boolean {
  return (
    sameDocument(event, start) &&
    (start.tab < 0 || sameTab(event, start)) &&
    event.time <= start.time + 20 &&
    event.time >= start.time - late
  );
}

/** What loads something because of an address that an element has. */
const OF_ELEMENTS = [
  'script',
  'image',
  'imageset',
  'sub_frame',
  'stylesheet',
  'object',
  'object_subrequest',
  'media',
  'font',
  'other',
  'ping',
  'beacon',
];

/** Who last gave this address to an element of the asking document. */
function lastAssigned(assigned: Map<string, Assigned[]>, start: Start): Assigned | null {
  if (!OF_ELEMENTS.includes(start.resourceType)) return null;
  const fits = (event: Assigned): boolean => sameDocument(event, start) && sameTab(event, start) && event.time <= start.time + 20;
  return assigned.get(start.urlDigest)?.findLast(fits) ?? null;
}

/** What one document announced, another's request of the same URL is not: the first may have come from memory. */
function sameDocument(event: Word, start: Start): boolean {
  if (start.resourceType === 'sub_frame' || start.documentId === null || event.ref.documentId === null) return true;
  if (isEmptyOf(event, start)) return true;
  return event.ref.documentId === start.documentId;
}

function sameTab(event: Word, start: Start): boolean {
  return event.ref.tab === start.tab || (event.ref.top && isEmptyOf(event, start));
}

/** What an empty frame or pop-up asks for is told of the document that made it. */
export function isEmptyOf({ ref }: Word, start: Start): boolean {
  return ref.url.startsWith('about:') && ref.origin === start.initiatorOrigin;
}

function takeResource(timed: Map<string, Resource[]>, start: Start): Resource | null {
  return take(
    timed,
    start,
    (event) => sameDocument(event, start) && (start.tab < 0 || sameTab(event, start)) && Math.abs(event.time - start.time) < LATE,
  );
}
