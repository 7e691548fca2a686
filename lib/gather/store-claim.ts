/** What the page's world says of the stores beside cookies and `Storage`. */

export const STORE_KINDS = ['indexedDB', 'cacheStorage', 'opfs', 'serviceWorker'] as const;
export type StoreKind = (typeof STORE_KINDS)[number];

export type StoreClaim =
  | {
      type: 'store';
      kind: StoreKind;
      /** `open`: a call that creates the thing only where it is missing, so that the next look decides whether it wrote. */
      action: 'set' | 'delete' | 'open';
      /** The call as the API names it; `create` and `upgrade` for what an opened database went through. */
      operation: string;
      /** Database, cache, path in the origin's private file system (directories end in `/`), or path of the worker's script. */
      name: string;
      /** The object store; null where the whole thing is meant or there is none. */
      store: string | null;
      /** A key that is a text, or the URL of a cached request; null where the whole thing is meant. */
      key: string | null;
      /** The texts found in what is stored, clipped; null where there are none. */
      value: string | null;
      /** Characters of the unclipped texts. */
      length: number;
      /** Counts within the document, so that its end can be told later; 0 for a tally. */
      write: number;
      /** How many writes this claim stands for. */
      times: number;
      /** The first of several; `time` is the last. Null for a single one. */
      since: number | null;
    }
  /** How writes ended: a transaction that committed or aborted, a promise that was kept or not. `refused` is the name of the error, or empty. */
  | { type: 'store-settled'; kind: StoreKind; writes: number[]; refused: string | null }
  /** Writes to more places than are kept apart. */
  | { type: 'stores-uncounted'; times: number };

/** Longest name that leaves the page's process, in characters: evidence clips at 4096 anyway. */
export const MOST_STORE_NAME = 4200;
/** Characters of the texts of one stored value. */
export const MOST_STORE_TEXT = 4096;
