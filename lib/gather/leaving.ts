/** What a document says of its own end. */
import type { DocumentEvent } from '../model/capture.ts';

/**
 * Whether a document's last word on it is that it is being left, or was never shown: its end is none that needs a word.
 * @returns null where it has said nothing of it
 */
export function isLeaving(events: DocumentEvent[]): boolean | null {
  const said = events.findLast((event) => event.type === 'lifecycle');
  return said ? said.state === 'hide' || said.state === 'prerender' : null;
}
