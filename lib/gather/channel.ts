/** What passes from the page's world to the relay: names of the events and shapes of the claims. */
import type { StoreClaim } from './store-claim.ts';

export const CHANNEL_EVENT = 'consent-audit:channel';
export const READY_EVENT = 'consent-audit:ready';
/** On the port, which nobody else holds. */
export const CLAIM_EVENT = 'claim';
/** The relay asks on the port for what the hooks only counted; they answer with claims before its dispatch returns. */
export const TALLY_EVENT = 'tally';
/** On the port, to the page's world: the document was opened anew and has lost its listeners. */
export const REOPENED_EVENT = 'reopened';

interface Stamp {
  /** Epoch milliseconds with a fraction, of the page's clock. */
  time: number;
  /** Raw stack text of the engine; '' where there is none. */
  stack: string;
}

/** What a script did, as the page's world says: a claim, until jar, header or snapshot confirm it. */
export type PageClaim = Stamp &
  (
    | { type: 'cookie'; text: string }
    | {
        type: 'cookie-store';
        action: 'set' | 'delete';
        name: string;
        value: string;
        domain: string | null;
        path: string | null;
        /** Epoch milliseconds, or null for a session cookie. */
        expires: number | null;
        sameSite: string | null;
        partitioned: boolean;
      }
    | {
        type: 'storage';
        area: StorageArea;
        action: 'set' | 'delete' | 'clear';
        mechanism: 'set-item' | 'property' | 'remove-item' | 'clear';
        name: string;
        value: string;
        length: number;
      }
    | { type: 'send'; mechanism: SendMechanism; url: string; method: string }
    /** An element, by its local name, was given the address that it will load. */
    | { type: 'assigned'; element: string; url: string }
    /** Told once per script. */
    | { type: 'read'; kind: 'cookie' | StorageArea; mechanism: ReadMechanism; name: string }
    | { type: 'api'; name: string }
    | { type: 'signal'; source: string; name: string; categories: Record<string, boolean> | null; more?: SignalMore }
    | { type: 'canary' }
    | StoreClaim
  );

/**
 * Text with addresses in it that a script gave to elements: read by the relay, which passes on what it `assigned`. The value of a
 * `srcset` or `srcdoc`, or markup where `attribute` is empty.
 */
export type MarkupClaim = Stamp & { type: 'markup'; text: string; attribute: string; base?: string };
export type AssignedClaim = Extract<PageClaim, { type: 'assigned' }>;

/** What a platform's signal says beside its categories; read by gather/browser/signal-capture.ts, whatever its source sends. */
export type SignalMore = Record<string, string | number | boolean | string[] | Record<string, string[]> | null>;

export type { StoreKind } from './store-claim.ts';
export type ReadMechanism = 'document.cookie' | 'get-item' | 'property';
export type StorageArea = 'localStorage' | 'sessionStorage';
export const SEND_MECHANISMS = [
  'fetch',
  'xhr',
  'beacon',
  'image',
  'websocket',
  'event-source',
  'script',
  'frame',
  'style',
  'worker',
  'form',
  'media',
  'object',
  'webtransport',
  /** By its own word: the browser sends it when it likes, and often when the page is left. */
  'fetchLater',
] as const;
export type SendMechanism = (typeof SEND_MECHANISMS)[number];

/** Longest address that leaves the page's process, in characters. */
export const MOST_URL = 8192;
/** Longest stored value that leaves the page's process, in characters; longer ones are cut and their true length is told. */
export const MOST_VALUE = 16_384;
