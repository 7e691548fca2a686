/** An observation before it has its number: with the exact place in time that decides its order. */
import type { GatheredObservation } from '../../model/observation.ts';
import type { DocumentEvent, DocumentRef } from '../../model/capture.ts';
import type { VisitReason } from '../../model/evidence.ts';
import { hostOf } from '../url.ts';

export interface Draft extends Omit<GatheredObservation, 'id' | 'seq' | 'at' | 'visit' | 'cause' | 'page'> {
  /** Epoch milliseconds with a fraction. */
  time: number;
  /** The document whose own sequence orders it, and its number there; null for what only the browser's process saw. */
  place: { document: string; seq: number } | null;
  visit: string;
  cause: Draft | null;
  page: string;
}

/** An event of a document together with the document. */
export type Placed<E extends DocumentEvent = DocumentEvent> = E & { ref: DocumentRef };

/** A draft with everything that most observations leave empty. */
export function draft(known: Pick<Draft, 'time' | 'visit' | 'page' | 'kind' | 'action' | 'host' | 'mechanism'> & Partial<Draft>): Draft {
  return {
    place: null,
    frame: null,
    origin: null,
    name: null,
    confirmed: null,
    rejected: null,
    transient: false,
    initiator: null,
    cookie: null,
    request: null,
    value: null,
    record: null,
    control: null,
    signal: null,
    cause: null,
    uncertainty: 0,
    ...known,
  };
}

export function isType<T extends DocumentEvent['type']>(type: T) {
  return (event: Placed): event is Placed<Extract<DocumentEvent, { type: T }>> => event.type === type;
}

/** The address of the document that something was done in: a page's own changes with its routes. */
export function frameOf({ top, url }: DocumentRef, visit: { url: string; reason?: VisitReason }): string {
  return top && visit.reason === 'route' ? visit.url : url;
}

/** Where and when a document's event happened, as every observation made of it tells. */
export function placeOf(event: Placed, visit: { id: string; url: string; reason?: VisitReason }) {
  return {
    time: event.time,
    place: { document: event.ref.document, seq: event.seq },
    visit: visit.id,
    page: visit.url,
    frame: frameOf(event.ref, visit),
    origin: event.ref.origin,
    host: hostOf(event.ref.origin) || hostOf(event.ref.url),
  };
}
