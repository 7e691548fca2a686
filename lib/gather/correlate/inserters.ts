/** Who gave an element the address that it loaded: names the script behind requests of elements, and behind scripts that act. */
import type { CapturedInitiator, DocumentEvent } from '../../model/capture.ts';
import type { Placed } from './draft.ts';

export type Assigned = Placed<Extract<DocumentEvent, { type: 'assigned' }>>;

/** A script, in the document in which it inserted something. */
interface Inserter {
  script: CapturedInitiator;
  document: string;
}

const MOST_INSERTERS = 10;

/** By an address, what scripts are told apart by: their cleaned addresses, or what stands for those that many have. */
const keyOf = ({ url, urlDigest }: { url: string; urlDigest?: string }): string =>
  urlDigest !== undefined && /^(blob|data|about):/.test(url) ? urlDigest : url;

/**
 * Adds to each initiator the scripts that inserted its script, the nearest first. They are told apart by their cleaned addresses, so
 * of two scripts that differ in their query alone the one that was inserted last stands for both. What a document holds whose content
 * a script gave to a frame is that script's.
 * @param placed in order of time
 */
export function nameInserters(placed: Placed[]): Placed[] {
  const authors = findAuthors(placed);
  /** Of each document, by the key of a script, who inserted it last. */
  const inserters = new Map<string, Map<string, Inserter>>();
  const insert = (document: string, script: string, by: Inserter): void => {
    inserters.set(document, (inserters.get(document) ?? new Map<string, Inserter>()).set(script, by));
  };
  return placed.map((event) => {
    const { document } = event.ref;
    const author = authors.get(document);
    // The browser may ask for what the content holds before anything else happens.
    const held = author && event.type === 'resource' && event.initiatorType === 'script' && !inserters.get(document)?.has(event.url);
    if (held) insert(document, event.url, author);
    // Its inline code is told by its own address, or by its content's.
    if (author && event.type === 'given-content') for (const own of [event.ref.url, keyOf(event)]) insert(document, own, author);
    if (!('initiator' in event) || event.initiator === null) return event;
    const by = { script: event.initiator, document };
    const named = { ...event, initiator: withInserters(by, inserters) } as Placed;
    if (event.type === 'assigned' && event.mechanism === 'script' && keyOf(event) !== keyOf(event.initiator))
      insert(document, keyOf(event), by);
    return named;
  });
}

/** Of each document whose content a script gave to a frame, which: the last in the same tab that gave it. */
function findAuthors(placed: Placed[]): Map<string, Inserter> {
  const givers = new Map<string, Inserter>();
  const authors = new Map<string, Inserter>();
  for (const event of placed) {
    if (event.type !== 'assigned' && event.type !== 'given-content') continue;
    const { document, tab } = event.ref;
    const content = `${tab} ${event.urlDigest}`;
    const giver = givers.get(content);
    if (event.type === 'given-content') {
      if (giver) authors.set(document, giver);
    } else if (event.mechanism === 'iframe' && event.initiator) givers.set(content, { script: event.initiator, document });
  }
  return authors;
}

function withInserters(by: Inserter, inserters: Map<string, Map<string, Inserter>>): CapturedInitiator {
  const { urlDigest: _, ...script } = by.script;
  const chain: string[] = [];
  const seen = new Set<string>();
  for (let one: Inserter | undefined = by; one && chain.length < MOST_INSERTERS;) {
    const key = `${one.document} ${keyOf(one.script)}`;
    if (seen.has(key)) break;
    seen.add(key);
    if (one !== by) chain.push(one.script.url);
    one = inserters.get(one.document)?.get(keyOf(one.script));
  }
  return chain.length > 0 ? { ...script, insertedBy: chain } : script;
}
