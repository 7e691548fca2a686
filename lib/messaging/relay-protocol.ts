/**
 * The border between a document's relay and the background: batches up, acknowledgements down.
 * A batch is sent again on every reconnect until it is acknowledged, and stored under its first sequence
 * number, so that a batch that arrives twice is stored once.
 */
import type { StorageArea, SendMechanism, StoreKind } from '../gather/channel.ts';

export const RELAY_PORT = 'relay';

/** Who speaks; repeated in each batch, because the background may have been restarted in between. */
export interface DocumentHeader {
  /** Random id of this document's recording. */
  document: string;
  url: string;
  origin: string;
  /** Origins of the documents by which the browser keeps its storage apart, the page's own last; none where it does not say. */
  ancestors: string[];
  /** A frame with storage that goes with its page: https://wicg.github.io/anonymous-iframe/ */
  credentialless: boolean;
  top: boolean;
  /** Epoch milliseconds by the system's clock: when the document began. */
  timeOrigin: number;
  /** The document is of a private window. */
  private: boolean;
  /** Where the browser says it is; null until the background has told it. */
  place: DocumentPlace | null;
}

/** What only the background knows of a document: how the browser numbers it. */
export interface DocumentPlace {
  tab: number;
  frame: number;
  documentId: string | null;
}

/**
 * Where a document that ends leaves what is not acknowledged, in `storage.session`: a connection that it opens while the background
 * is stopped ends with the document, before the background has started. Held in memory by the browser, taken and removed at once.
 */
export const LEFT_BEHIND = 'left-behind ';

export interface Batch {
  type: 'batch';
  header: DocumentHeader;
  /** Sequence number of the first entry; entries count on from it. */
  first: number;
  /** Each the JSON text of one `RelayEntry`. Its times are the document's. */
  entries: string[];
  /** Milliseconds that the document's clock was behind the system's. */
  behind: number;
  /** Entries that did not fit into the relay's memory, counted since the last batch. */
  dropped: number;
}

export type FromRelay = Batch | { type: 'hello'; header: DocumentHeader };

export type ToRelay =
  | { type: 'ack'; first: number }
  /** Answers a hello. */
  | { type: 'place'; place: DocumentPlace }
  | { type: 'snapshot'; request: number }
  | { type: 'retire' };

/**
 * One thing the relay saw or was told. `task` counts the tasks of the event loop in which anything happened. The page's word is passed
 * on under a key of its own, unread but for markup, so that it can never stand for what the relay saw itself.
 */
export type RelayEntry = { task: number } & (
  | {
      /** A `RelayEvent`. */
      event: unknown;
    }
  | {
      /** A `PageClaim`. */
      claim: unknown;
    }
);

export interface StoredEntry {
  name: string;
  /** At most MOST_VALUE characters. */
  value: string;
  length: number;
}

/** A database, cache, file or registration that is there. */
export interface FoundEntry {
  name: string;
  /** Changes when the content does; '' where nothing tells. */
  mark: string;
}

/** What the relay's own world saw: not a claim of the page. */
export type RelayEvent =
  | {
      type: 'control';
      event: string;
      time: number;
      trusted: boolean;
      /** Accessible name of the control, at most 200 characters. */
      label: string;
      /** Element name with id, for people: `button#accept`. */
      element: string;
    }
  | {
      type: 'storage-snapshot';
      time: number;
      area: StorageArea;
      full: boolean;
      changed: StoredEntry[];
      removed: string[];
      skipped: number;
      request: number | null;
    }
  /** What was found when the browser had been `asked`; it answered at `time`. */
  | {
      type: 'store-snapshot';
      time: number;
      asked: number;
      kind: StoreKind;
      entries: FoundEntry[];
      skipped: number;
      hasBuckets?: true;
      request: number | null;
    }
  /** Looks that the browser did not answer in time. */
  | { type: 'store-unanswered'; time: number; kinds: StoreKind[] }
  | { type: 'resource'; time: number; url: string; initiator: string; status: number | null }
  | { type: 'inserted'; time: number; mechanism: SendMechanism; url: string }
  /** The document's content was given to its frame by this address; see gather/relay/given-content.ts. */
  | { type: 'given-content'; time: number; url: string }
  /** Every look that was asked for is answered, also where there is no storage to look into. */
  | { type: 'looked'; request: number; time: number }
  /** `prerender`: it begins out of sight, and may end there without a word; `show` says that it is seen now, or again. */
  | { type: 'lifecycle'; time: number; state: 'start' | 'prerender' | 'hide' | 'show' }
  /** The page has another address without being another document: told before whatever is told from there. Without query and fragment. */
  | { type: 'route'; time: number; url: string };
