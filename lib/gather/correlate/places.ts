/**
 * A document that came and went while no background ran could not be told its tab and id, and left only its words behind. Where the
 * browser told of a page with the same address that began at the same time and that nobody else speaks for, this is it.
 */
import type { BrowserEvent, DocumentRef, DocumentSegment } from '../../model/capture.ts';

/** The relay begins this long after (or, by other clocks, before) its document is committed. */
const NEAR = 2000; // milliseconds

/** @param documents each document's segments in order */
export function withPlaces(documents: DocumentSegment[], told: BrowserEvent[]): DocumentSegment[] {
  const known = new Map<string, DocumentRef>();
  for (const { ref } of documents) if (ref.tab >= 0) known.set(ref.document, ref);
  const spokenFor = new Set([...known.values()].map(({ documentId }) => documentId));
  const pages = told.filter((event) => event.type === 'navigation').filter(({ state, frame }) => state === 'committed' && frame === 0);
  const asked = told.filter((event) => event.type === 'request').filter(({ resourceType }) => resourceType === 'main_frame');
  return documents.map((segment) => {
    const { ref, events } = segment;
    if (ref.tab >= 0) return segment;
    let found = known.get(ref.document);
    const began = events[0]?.time;
    if (!found && ref.top && began !== undefined) {
      const page = pages
        .filter(({ url, time, documentId }) => url === ref.url && Math.abs(time - began) <= NEAR && !spokenFor.has(documentId))
        .sort((a, b) => Math.abs(a.time - began) - Math.abs(b.time - began))[0];
      if (page) {
        found = { ...ref, tab: page.tab, frame: page.frame, documentId: page.documentId };
        known.set(ref.document, found);
        spokenFor.add(page.documentId);
      }
    }
    if (!found && ref.top && began !== undefined) {
      // Not even its navigation was stored. The document speaks for itself then, in the tab that asked for it, if that is known.
      const tab = asked.find(({ url, time }) => url === ref.url && Math.abs(time - began) <= NEAR)?.tab ?? ref.tab;
      found = { ...ref, tab, documentId: `unplaced ${ref.document}` };
      known.set(ref.document, found);
    }
    return found ? { ...segment, ref: found } : segment;
  });
}
