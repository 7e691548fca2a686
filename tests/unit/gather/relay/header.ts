/** What a document says of itself, as tests need it. */
import type { DocumentHeader } from '../../../../lib/messaging/relay-protocol.ts';

/** A page of its own, in no private window, that was not told its place yet. */
export function headerOf(page: Pick<DocumentHeader, 'document' | 'url' | 'origin'>): DocumentHeader {
  return { ...page, top: true, ancestors: [], credentialless: false, timeOrigin: 0, private: false, place: null };
}
