/** What scripts read and call: not what is stored or sent, but who looks. */
import type { DocumentEvent } from '../../model/capture.ts';
import type { Kind } from '../../model/observation.ts';
import { draft, placeOf, type Draft, type Placed } from './draft.ts';
import type { Visits } from './visits.ts';

type Read = Placed<Extract<DocumentEvent, { type: 'read' }>>;
type Call = Placed<Extract<DocumentEvent, { type: 'api' }>>;

/** Whether anybody, policy or catalogue, knows the entry: of all others it is of no interest who reads them. */
export type IsTracked = (thing: { kind: Kind; name: string; host: string }) => boolean;

/** Once per document, script and key, although the hooks are told apart by the documents' worlds. */
export function observeReads(reads: Read[], visits: Visits, isTracked: IsTracked): Draft[] {
  const seen = new Set<string>();
  return reads.flatMap((read) => {
    const visit = visits.ofEvent(read);
    const place = placeOf(read, visit ?? { id: '', url: '' });
    const key = JSON.stringify([read.ref.document, read.initiator?.url, read.kind, read.name]);
    if (!visit || seen.has(key) || !isTracked({ kind: read.kind, name: read.name, host: place.host })) return [];
    seen.add(key);
    return draft({
      ...place,
      kind: read.kind,
      action: 'read',
      name: read.name,
      ...(read.rawName === undefined ? {} : { rawName: read.rawName }),
      mechanism: read.mechanism,
      initiator: read.initiator,
    });
  });
}

export function observeCalls(calls: Call[], visits: Visits): Draft[] {
  return calls.flatMap((call) => {
    const visit = visits.ofEvent(call);
    if (!visit) return [];
    return draft({
      ...placeOf(call, visit),
      kind: 'api',
      action: 'call',
      name: call.name,
      mechanism: 'call',
      initiator: call.initiator,
    });
  });
}
