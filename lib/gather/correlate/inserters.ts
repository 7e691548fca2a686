/** Who gave an element the address that it loaded: names the script behind requests of elements, and behind scripts that act. */
import type { DocumentEvent } from '../../model/capture.ts';
import type { Initiator } from '../../model/observation.ts';
import type { Placed } from './draft.ts';

export type Assigned = Placed<Extract<DocumentEvent, { type: 'assigned' }>>;

const MOST_INSERTERS = 10;

/**
 * Adds to each initiator the scripts that inserted its script, the nearest first. They are told apart by their cleaned addresses, so
 * of two scripts that differ in their query alone the one that was inserted last stands for both.
 * @param placed in order of time
 */
export function nameInserters(placed: Placed[]): Placed[] {
  /** Of each document, by the address of a script, who inserted it last. */
  const inserters = new Map<string, Map<string, string>>();
  return placed.map((event) => {
    if (!('initiator' in event) || event.initiator === null) return event;
    const known = inserters.get(event.ref.document) ?? new Map<string, string>();
    const named = { ...event, initiator: withInserters(event.initiator, known) } as Placed;
    if (event.type === 'assigned' && event.mechanism === 'script' && event.url !== event.initiator.url)
      inserters.set(event.ref.document, known.set(event.url, event.initiator.url));
    return named;
  });
}

function withInserters(initiator: Initiator, inserters: Map<string, string>): Initiator {
  const chain: string[] = [];
  for (let url = inserters.get(initiator.url); url !== undefined && chain.length < MOST_INSERTERS; url = inserters.get(url)) {
    if (url === initiator.url || chain.includes(url)) break;
    chain.push(url);
  }
  return chain.length > 0 ? { ...initiator, insertedBy: chain } : initiator;
}
