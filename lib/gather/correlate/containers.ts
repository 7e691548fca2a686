/** Keeps Firefox's containers apart: the cookies and the storage of one are no other's, as it is between two profiles. */
import type { BrowserEvent, DocumentSegment, InContainer, Segment } from '../../model/capture.ts';

/** What was captured in one container, or in none. */
export interface Part extends InContainer {
  told: BrowserEvent[];
  documents: DocumentSegment[];
}

/** What is of the browser as a whole. */
const OF_ALL: BrowserEvent['type'][] = ['step', 'canonical-name', 'background-start', 'session-start'];

/** The parts of a recording, in the order of their first pages; one of nothing where there is no page. */
export function byContainer(segments: Segment[]): Part[] {
  const told = segments.flatMap((segment) => (segment.source === 'browser' ? segment.events : []));
  const documents = segments.filter((segment) => segment.source === 'document');
  // Where no page was open nothing was audited: a cookie of the site may have changed there all the same.
  const met = new Set([
    ...told.filter(({ type }) => type === 'navigation').map(({ cookieStore }) => cookieStore),
    ...documents.map(({ ref }) => ref.cookieStore),
  ]);
  const [first, ...others] = met;
  return [first, ...others].map((cookieStore) => ({
    cookieStore,
    told: told.filter((event) => {
      if (OF_ALL.includes(event.type)) return true;
      // A gap without a tab is everybody's, and told once.
      return (event.type === 'gap' && event.tab === undefined ? first : event.cookieStore) === cookieStore;
    }),
    documents: documents.filter(({ ref }) => ref.cookieStore === cookieStore),
  }));
}
