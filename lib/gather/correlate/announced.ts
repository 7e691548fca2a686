/** Which word of a page is about a request: that of the asking document, of the same address, at about the same time. */
import type { BrowserEvent, DocumentEvent } from '../../model/capture.ts';
import type { Placed } from './draft.ts';
import type { Assigned } from './inserters.ts';

type Start = Extract<BrowserEvent, { type: 'request' }>;
export type Announcement = Placed<Extract<DocumentEvent, { type: 'send' | 'inserted' }>>;
export type Resource = Placed<Extract<DocumentEvent, { type: 'resource' }>>;
type Word = Announcement | Resource | Assigned;

/** A request reaches `webRequest` this long after the script asked, on a busy machine. */
const LATE = 2000; // milliseconds

/** By the address that was asked for: Chromium makes `http:` addresses of a page `https:` ones before anybody is told of them. */
export function byAddress<W extends Word>(words: W[], asked: ReadonlySet<string>): Map<string, W[]> {
  return Map.groupBy(words, ({ urlDigest, upgradedDigest = urlDigest }) => (asked.has(urlDigest) ? urlDigest : upgradedDigest));
}

/** A preflight takes nothing, and may be told of before or after the request that it precedes. */
export function preflighted(all: Map<string, Announcement[]>, start: Start): Announcement | null {
  return all.get(start.urlDigest)?.findLast((event) => isOf(event, start)) ?? null;
}

/** The oldest announcement of this URL in this tab that no request has taken yet. */
export function takeAnnouncement(announced: Map<string, Announcement[]>, start: Start): Announcement | null {
  const group = announced.get(start.urlDigest) ?? [];
  const index = group.findIndex(
    (event) => isOf(event, start) && (event.type === 'inserted' || event.method.toUpperCase() === start.method.toUpperCase()),
  );
  return index < 0 ? null : (group.splice(index, 1)[0] ?? null);
}

function isOf(event: Announcement, start: Start): boolean {
  return (
    sameDocument(event, start) &&
    (start.tab < 0 || sameTab(event, start)) &&
    event.time <= start.time + 20 &&
    event.time >= start.time - LATE
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
export function lastAssigned(assigned: Map<string, Assigned[]>, start: Start): Assigned | null {
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

export function takeResource(timed: Map<string, Resource[]>, start: Start): Resource | null {
  const group = timed.get(start.urlDigest) ?? [];
  const index = group.findIndex(
    (event) => sameDocument(event, start) && (start.tab < 0 || sameTab(event, start)) && Math.abs(event.time - start.time) < LATE,
  );
  return index < 0 ? null : (group.splice(index, 1)[0] ?? null);
}
