/**
 * What is stored while gathering, before it is correlated into observations. Values are already digested here:
 * nothing in a capture is a value in clear.
 */
import type { ConsentModeFacts, Initiator, RecordFacts, SignalFacts, StoredReference, ValidatorFacts } from './observation.ts';

/** The stores that are looked into by asking the browser, which answers later. */
export type StoreKind = 'indexedDB' | 'cacheStorage' | 'opfs' | 'serviceWorker';

export interface ValueCapture {
  length: number;
  /** HMAC-SHA-256 under the audit's key, `hmac-sha256:…`. */
  digest: string;
  /** Digests of the parts of the value that identify somebody by themselves; see gather/browser/digest.ts. */
  parts: string[];
  /** Epoch milliseconds at which the identifier was made, decoded from the value; null where it does not tell. */
  born: number | null;
  record: RecordFacts | null;
}

/** One Set-Cookie string as parsed by RFC 6265bis section 5.6. */
export interface CookieCapture {
  name: string;
  value: ValueCapture;
  /** Domain attribute without leading dot, or null. */
  domain: string | null;
  path: string | null;
  /** Seconds from the write; 0 or less deletes; null: session or unparsable. */
  asked: number | null;
  session: boolean;
  secure: boolean;
  httpOnly: boolean;
  sameSite: string | null;
  partitioned: boolean;
  /** Why every browser refuses it whatever the jar holds, or null. */
  refused: string | null;
}

/** A cookie of the browser's jar. */
export interface JarCookie {
  name: string;
  value: ValueCapture;
  /** Without leading dot. */
  domain: string;
  hostOnly: boolean;
  path: string;
  /** Epoch milliseconds; null for a session cookie. */
  expires: number | null;
  secure: boolean;
  httpOnly: boolean;
  sameSite: string | null;
  partitioned: boolean;
}

/** The ETag of an answer, where something in it could identify one browser; see gather/browser/validator.ts. */
export interface ValidatorCapture {
  /** Of the tag without `W/` and quotes. */
  digest: string;
  parts: string[];
  of: ValidatorFacts['of'];
}

/** Left out for what is in no container. */
export interface InContainer {
  /** Firefox's id of the container that it was in, which has cookies and storage of its own. */
  cookieStore?: string;
}

export interface DocumentRef extends InContainer {
  /** Random id of the relay's recording. */
  document: string;
  tab: number;
  frame: number;
  /** The browser's own document id, where it has one. */
  documentId: string | null;
  /** Without query and fragment. */
  url: string;
  origin: string;
  /** Which part of its origin's storage it has, where that is not the one of the origin's own pages; see gather/partition.ts. */
  partition?: string;
  top: boolean;
}

/** What a document gave as the address of something that it asks for. */
export interface Address {
  /** Cleaned. */
  url: string;
  urlDigest: string;
  /** Of the same with `https:` or `wss:`, where it has neither. */
  upgradedDigest?: string;
}

/** As the stack tells it. */
export interface CapturedInitiator extends Initiator {
  /** Of a script whose cleaned address is that of many others (`blob:…`, `data:…`): what tells it apart. */
  urlDigest?: string;
}

/** Events of a document; `seq` counts within it. */
export type DocumentEvent = { seq: number; task: number; time: number } & (
  | { type: 'cookie'; mechanism: 'document.cookie' | 'cookie-store'; cookie: CookieCapture; initiator: CapturedInitiator | null }
  | {
      type: 'storage';
      area: 'localStorage' | 'sessionStorage';
      action: 'set' | 'delete' | 'clear';
      mechanism: string;
      name: string;
      rawName?: string;
      value: ValueCapture | null;
      initiator: CapturedInitiator | null;
    }
  | ({ type: 'send'; mechanism: string; method: string; initiator: CapturedInitiator | null } & Address)
  | ({ type: 'assigned'; mechanism: string; initiator: CapturedInitiator | null } & Address)
  | {
      type: 'read';
      kind: 'cookie' | 'localStorage' | 'sessionStorage';
      mechanism: string;
      name: string;
      rawName?: string;
      initiator: CapturedInitiator | null;
    }
  | { type: 'api'; name: string; initiator: CapturedInitiator | null }
  | ({ type: 'signal'; name: string } & Omit<SignalFacts, 'state'>)
  | { type: 'control'; event: string; trusted: boolean; label: string; element: string }
  | {
      type: 'storage-snapshot';
      area: 'localStorage' | 'sessionStorage';
      full: boolean;
      changed: { name: string; rawName?: string; value: ValueCapture }[];
      removed: string[];
      skipped: number;
      request: number | null;
    }
  | {
      type: 'store';
      kind: StoreKind;
      action: 'set' | 'delete' | 'open';
      operation: string;
      name: string;
      rawName?: string;
      store: string | null;
      key: string | null;
      value: ValueCapture | null;
      write: number;
      times: number;
      since: number | null;
      initiator: CapturedInitiator | null;
    }
  | { type: 'store-settled'; kind: StoreKind; writes: number[]; refused: string | null }
  | { type: 'stores-uncounted'; times: number }
  | {
      type: 'store-snapshot';
      kind: StoreKind;
      /** Epoch milliseconds at which the browser was asked; `time` is that of its answer. */
      asked: number;
      /** Everything found, with what changes when its content does; '' where nothing tells. */
      entries: { name: string; rawName?: string; mark: string }[];
      skipped: number;
      /** The origin has storage buckets: what lies in them is not among the entries. */
      hasBuckets?: true;
      request: number | null;
    }
  | { type: 'store-unanswered'; kinds: StoreKind[] }
  | ({ type: 'resource'; initiatorType: string; status: number | null } & Address)
  | ({ type: 'inserted'; mechanism: string } & Address)
  /** The document's own content was given to its frame by this address. */
  | ({ type: 'given-content' } & Address)
  | { type: 'lifecycle'; state: 'start' | 'prerender' | 'hide' | 'show' }
  | { type: 'looked'; request: number }
  | { type: 'route'; url: string }
  | { type: 'canary' }
);

/** Events of the browser; `time` is epoch milliseconds, `cookieStore` as above. */
export type BrowserEvent = { time: number; cookieStore?: string } & (
  | {
      type: 'request';
      requestId: string;
      tab: number;
      frame: number;
      documentId: string | null;
      /** Of one without an id, where the browser says so. */
      documentUrl?: string;
      /** Of what a frame is led to: the document around it, where the browser says so. */
      parentDocumentId?: string;
      /** Origin that made the request, where the browser says so. */
      initiatorOrigin: string | null;
      url: string;
      urlDigest: string;
      method: string;
      resourceType: string;
      parts: string[];
      data: string[];
      protocol: string | null;
      tagId: string | null;
      consentMode?: ConsentModeFacts | null;
    }
  /**
   * `cookies`: those of the Cookie header; `hidden`: the browser shows neither this header nor Set-Cookie; `returned`: digest of the
   * ETag in If-None-Match, where the browser shows it.
   */
  | {
      type: 'request-headers';
      requestId: string;
      cookies: { name: string }[];
      hidden?: true;
      returned?: string;
      /** Of a document that may be visited later, asked for beforehand. */
      prefetch?: true;
      /** It has not what the network adds to everything that is sent: answered by what a prefetch brought. */
      unsent?: true;
    }
  | {
      type: 'response';
      requestId: string;
      status: number;
      setCookies: CookieCapture[];
      internal: boolean;
      ip: string | null;
      /** Epoch milliseconds by the server's clock. */
      date?: number;
      validator?: ValidatorCapture;
    }
  | { type: 'redirect'; requestId: string; status: number; internal: boolean; ip: string | null }
  | { type: 'request-end'; requestId: string; status: number | null; ip: string | null; fromCache: boolean; error: string | null }
  | { type: 'jar-change'; cookie: JarCookie; removed: boolean; cause: string }
  | {
      type: 'jar-snapshot';
      reason: string;
      /** Epoch milliseconds at which the browser was asked; `time` is that of its answer. */
      asked: number;
      cookies: JarCookie[];
    }
  | {
      type: 'navigation';
      /** `prerendered`: committed out of sight; `committed` with the same document id follows if it takes the tab's place. */
      state: 'before' | 'committed' | 'prerendered' | 'history';
      tab: number;
      frame: number;
      documentId: string | null;
      parentDocumentId: string | null;
      url: string;
      transition: string | null;
      audited: boolean;
    }
  /** A tab with an empty document of its opener's, which is another tab. */
  | { type: 'pop-up'; tab: number; opener: number }
  | { type: 'step'; index: number | null; reason: 'visit' | 'reload' | 'fresh' | 'restart' | 'other' }
  | { type: 'mark'; tab: number | null; state: 'accepted' | 'rejected' | 'withdrawn' | null; categories: Record<string, boolean> | null }
  /** Of an alias in DNS. */
  | { type: 'canonical-name'; host: string; name: string }
  /** With a tab: it lasts until that tab's next navigation. */
  | { type: 'gap'; from: number; to: number; reason: string; lost: number; tab?: number }
  /** The connection of a document ended, and it had not said that it is being left: its process is gone, or its tab was closed. */
  | { type: 'unheard-end'; document: string; closed: boolean }
  /** Of the jar that its container names. `dedicated`: the browser was started for the audit. */
  | { type: 'profile'; clean: boolean | null; dedicated?: true }
  /** A tab of a browser that was started for the audit is led to a page that is not audited, or shows it. */
  | { type: 'other-page' }
  /** The background began to run; the one before it was stopped by the browser. */
  | { type: 'background-start' }
  /** The browser or the extension was started anew: documents that were open before could not say that they ended. */
  | { type: 'session-start' }
);

export interface DocumentSegment {
  id: string;
  source: 'document';
  ref: DocumentRef;
  events: DocumentEvent[];
  /** Entries the relay had to drop before this batch. */
  dropped: number;
  /** Entries that were not of an agreed shape. */
  invalid: number;
}

export interface BrowserSegment {
  id: string;
  source: 'browser';
  events: BrowserEvent[];
}

export type Segment = DocumentSegment | BrowserSegment;

export type { StoredReference };
