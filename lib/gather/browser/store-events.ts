/** What relays tell of databases, caches, files and workers: its shapes, and how it is captured. */
import * as v from 'valibot';
import type { CapturedInitiator } from '../../model/capture.ts';
import { MOST_STORE_NAME, MOST_STORE_TEXT, STORE_KINDS, type StoreKind } from '../store-claim.ts';
import { cleanUrl, maskSegment } from '../url.ts';
import { wellFormedName } from '../well-formed.ts';
import type { Digester } from './digest.ts';

const Kind = v.picklist(STORE_KINDS);
const Time = v.pipe(v.number(), v.finite());
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Name = v.pipe(v.string(), v.maxLength(MOST_STORE_NAME + 1));
const Text = v.pipe(v.string(), v.maxLength(MOST_STORE_TEXT + 1));
const Stack = v.pipe(v.string(), v.maxLength(20_000));
/** A database may list thousands of writes of one transaction. */
const Writes = v.pipe(v.array(Count), v.maxLength(100_000));

/** What the page's world claims of stores, beside the claims in documents.ts. */
export const STORE_CLAIMS = [
  v.object({
    type: v.literal('store'),
    time: Time,
    stack: Stack,
    kind: Kind,
    action: v.picklist(['set', 'delete', 'open']),
    operation: Name,
    name: Name,
    store: v.nullable(Name),
    key: v.nullable(Text),
    value: v.nullable(Text),
    length: Count,
    write: Count,
    times: v.pipe(v.number(), v.integer(), v.minValue(1)),
    since: v.nullable(Time),
  }),
  v.object({ type: v.literal('store-settled'), time: Time, kind: Kind, writes: Writes, refused: v.nullable(Name) }),
  v.object({ type: v.literal('stores-uncounted'), time: Time, times: Count }),
] as const;

/** What the relay itself found in them. */
export const STORE_SIGHTINGS = [
  v.object({
    type: v.literal('store-snapshot'),
    time: Time,
    asked: Time,
    kind: Kind,
    entries: v.array(v.object({ name: v.string(), mark: Name })),
    skipped: Count,
    hasBuckets: v.optional(v.literal(true)),
    request: v.nullable(v.number()),
  }),
  v.object({ type: v.literal('store-unanswered'), time: Time, kinds: v.array(Kind) }),
] as const;
export type StoreEvent = v.InferOutput<(typeof STORE_CLAIMS)[number] | (typeof STORE_SIGHTINGS)[number]>;

/** The capture of what a look found: names well formed. */
export function captureStoreLook(event: Extract<StoreEvent, { type: 'store-snapshot' }>): object {
  return { ...event, entries: event.entries.map(({ name, mark }) => ({ ...wellFormedName(name), mark })) };
}

/** Why a write was refused: https://w3c.github.io/IndexedDB/#abort-a-transaction */
export function refusalOf(errorName: string | null): string | null {
  if (errorName === null) return null;
  return errorName === 'AbortError' ? 'transaction-aborted' : 'call-failed';
}

/** The capture of a write: values digested, names well formed, keys and URLs cleaned. */
export function captureStore(
  event: Extract<StoreEvent, { type: 'store' }>,
  initiator: CapturedInitiator | null,
  digester: Digester,
  now: number,
): object {
  const { stack: _, name, value, length, key, store, ...rest } = event;
  return {
    ...rest,
    ...wellFormedName(name),
    store: store && wellFormedName(store).name,
    key: key === null ? null : cleanKey(event.kind, key),
    // A record of consent within a database does not make a record of the whole database.
    value: value === null ? null : { ...digester.value(key ?? store ?? name, value, length, now), record: null },
    initiator,
  };
}

const MOST_KEY = 200;

/** Keys may be addresses, tokens or numbers of people: they are masked as in the path of a URL. */
function cleanKey(kind: StoreKind, key: string): string {
  const text = key.toWellFormed();
  if (kind === 'cacheStorage') return cleanUrl(text);
  return text.slice(0, MOST_KEY).split('/').map(maskSegment).join('/');
}
