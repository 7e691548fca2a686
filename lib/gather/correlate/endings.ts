/** Documents whose end nobody heard: what they did in their last moment was not passed on any more. */
import type { BrowserEvent, DocumentSegment } from '../../model/capture.ts';
import type { Gap } from '../../model/evidence.ts';
import { isLeaving } from '../leaving.ts';
import { firstLater, SKEW } from './in-time.ts';

/** A relay passes on what it hears within this time; what came later than its last word may not have been passed on. */
const UNSAID = 250; // milliseconds

type Of<T> = Extract<BrowserEvent, { type: T }>;

/**
 * Of a document that did not say that it is being left, the first thing after its last word tells how it ended: browser or extension
 * ended, its process is gone, or something else is in its place. Those that were closed with their tab, or never shown, are no gaps:
 * the browser gives them no last word, and what they wrote then is found by the next look (docs/blind-spots.md).
 * @param documents each document's segments in order
 * @param browser the browser's events in order of time
 */
export function findUnheardEnds(documents: DocumentSegment[][], browser: BrowserEvent[]): Gap[] {
  const starts = browser.filter((event) => event.type === 'session-start');
  const connections = Map.groupBy(
    browser.filter((event) => event.type === 'unheard-end'),
    ({ document }) => document,
  );
  const pages = Map.groupBy(browser.filter(isNewPage), ({ tab }) => tab);

  return documents.flatMap((parts) => {
    const { ref } = parts[0] as DocumentSegment;
    const last = parts.at(-1)?.events.at(-1)?.time;
    if (last === undefined || isLeaving(parts.flatMap(({ events }) => events))) return [];
    // What tells that it ended; a connection that was lost before its last word was found again.
    const connection = firstLater(connections.get(ref.document) ?? [], last - SKEW);
    const start = ref.top ? firstLater(starts, last) : undefined;
    const page = ref.top && ref.documentId !== null ? firstLater(pages.get(ref.tab) ?? [], last) : undefined;
    const end = [connection, start, page].filter((one) => one !== undefined).sort((a, b) => a.time - b.time)[0];
    if (!end) return [];
    switch (end.type) {
      // Nobody knows when between the two.
      case 'session-start':
        return gap(last, Math.min(last + UNSAID, end.time), `recording-cut-off: ${ref.url}`);
      case 'unheard-end':
        return end.closed ? [] : gap(Math.max(last, end.time - UNSAID), end.time, `document-cut-off: ${ref.url}`);
      default:
        return end.documentId === ref.documentId ? [] : gap(last, end.time, `document-cut-off: ${ref.url}`);
    }
  });
}

function gap(from: number, to: number, reason: string): Gap[] {
  return [{ from: new Date(Math.min(from, to)).toISOString(), to: new Date(to).toISOString(), reason }];
}

/** A page begins in a tab, in the place of the one before. */
export function isNewPage(event: BrowserEvent): event is Of<'navigation'> {
  return event.type === 'navigation' && event.state === 'committed' && event.frame === 0;
}
