/** Where the tool's sight was impaired: holes in sequences, dropped or malformed entries, documents without hooks. */
import type { BrowserEvent, DocumentEvent, DocumentSegment } from '../../model/capture.ts';
import type { Gap } from '../../model/evidence.ts';
import { findUnheardEnds, isNewPage } from './endings.ts';
import type { Unshown, VisitSpan } from './visits.ts';

export interface Impairment {
  gaps: Gap[];
  /** Events known to be missing. */
  lost: number;
}

/** @param segments of all documents, each document's in order */
export function findGaps(segments: DocumentSegment[], browser: BrowserEvent[], visits: VisitSpan[]): Impairment {
  const gaps: Gap[] = [];
  let lost = 0;
  const documents = Map.groupBy(segments, ({ ref }) => ref.document);

  for (const parts of documents.values()) {
    const events = parts.flatMap((part) => part.events);
    const first = events[0];
    const last = events.at(-1);
    if (!first || !last) continue;
    const span = { from: iso(first.time), to: iso(last.time) };
    const { url } = (parts[0] as DocumentSegment).ref;
    const invalid = parts.reduce((sum, part) => sum + part.invalid, 0);
    const dropped = parts.reduce((sum, part) => sum + part.dropped, 0);
    const holes = last.seq - events.length - invalid;
    if (dropped > 0) gaps.push({ ...span, reason: `dropped-entries: ${dropped} in ${url}` });
    if (invalid > 0) gaps.push({ ...span, reason: `malformed-entries: ${invalid} in ${url}` });
    if (holes > 0) gaps.push({ ...span, reason: `missing-entries: ${holes} in ${url}` });
    lost += dropped + invalid + Math.max(0, holes);
    if (!events.some(({ type }) => type === 'canary')) gaps.push({ ...span, reason: `canary-missing: ${url}` });
    const skipped = events.reduce(
      (sum, event) => sum + (event.type === 'storage-snapshot' || event.type === 'store-snapshot' ? event.skipped : 0),
      0,
    );
    if (skipped > 0) gaps.push({ ...span, reason: `storage-too-large: ${skipped} entries in ${url}` });
    const unanswered = unansweredKinds(events);
    if (unanswered.length > 0) gaps.push({ ...span, reason: `store-not-answered: ${unanswered.join(', ')} in ${url}` });
    const uncounted = events.reduce((sum, event) => sum + (event.type === 'stores-uncounted' ? event.times : 0), 0);
    if (uncounted > 0) gaps.push({ ...span, reason: `too-many-stores: ${uncounted} writes in ${url}` });
    lost += uncounted;
  }

  gaps.push(...findUnheardEnds([...documents.values()], browser));

  // A tab whose documents have no ids is told from one that was not listened to at all, no more.
  const seen = new Set(segments.filter(({ ref }) => ref.top).map(({ ref }) => `${ref.tab} ${ref.documentId}`));
  for (const visit of visits) {
    // It goes on in a document that is told of with the visit it began with.
    if (visit.reason === 'route') continue;
    if (visit.unshown) gaps.push(...gapOfUnshown(visit, visit.unshown));
    else if (!seen.has(`${visit.tab} ${visit.documentId}`) && !seen.has(`${visit.tab} null`))
      gaps.push({ from: visit.startedAt, to: iso(visit.committed), reason: `document-not-seen: ${visit.url}` });
  }
  const [first] = browser;
  if (first && !visits.some((visit) => !visit.unshown || visit.unshown.awaited))
    gaps.push({ from: iso(first.time), to: iso((browser.at(-1) ?? first).time), reason: 'no-page-seen' });
  for (const event of browser) {
    if (event.type !== 'gap') continue;
    gaps.push({ from: iso(event.from), to: iso(endOf(event, browser)), reason: event.reason });
    lost += event.lost;
  }
  return { gaps: gaps.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.reason < b.reason ? -1 : 1)), lost };
}

/** What the site answered is told all the same; that nothing to show came of it is a gap where a page was asked for. */
function gapOfUnshown({ url, startedAt, committed }: VisitSpan, { ledTo, awaited }: Unshown): Gap[] {
  const reason = ledTo === null ? `document-not-seen: ${url}` : `led-elsewhere: ${url} to ${ledTo}`;
  return awaited ? [{ from: startedAt, to: iso(committed), reason }] : [];
}

/** The stores that were not looked into for want of an answer, and not later either. */
function unansweredKinds(events: DocumentEvent[]): string[] {
  const waiting = new Set<string>();
  for (const event of events) {
    if (event.type === 'store-unanswered') for (const kind of event.kinds) waiting.add(kind);
    else if (event.type === 'store-snapshot') waiting.delete(event.kind);
  }
  return [...waiting];
}

/** A gap of a tab lasts until something else is opened in it, else to the end of what was observed. */
function endOf(gap: Extract<BrowserEvent, { type: 'gap' }>, browser: BrowserEvent[]): number {
  const { tab, from, to } = gap;
  if (tab === undefined) return to;
  return browser.find((event) => event.time > from && isNewPage(event) && event.tab === tab)?.time ?? browser.at(-1)?.time ?? to;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
