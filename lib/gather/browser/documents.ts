/** Turns what relays send into captures: checks every claim's shape, digests values, reads stacks. */
import * as v from 'valibot';
import type { Address, DocumentEvent, DocumentRef, DocumentSegment, ValueCapture } from '../../model/capture.ts';
import type { Batch } from '../../messaging/relay-protocol.ts';
import { assignedText, READER } from '../cookie-reader.ts';
import { parseSetCookie } from '../set-cookie.ts';
import { initiatorOf } from '../stack.ts';
import { cleanUrl } from '../url.ts';
import { wellFormedName } from '../well-formed.ts';
import { captureCookie } from './capture-cookie.ts';
import { shortDigest, type Digester } from './digest.ts';
import { withoutFragment } from './requests.ts';
import { MoreSchema, signalFacts } from './signal-capture.ts';
import { captureStore, captureStoreLook, refusalOf, STORE_CLAIMS, STORE_SIGHTINGS } from './store-events.ts';

const Text = v.pipe(v.string(), v.maxLength(20_000));
const Time = v.pipe(v.number(), v.finite());
const Area = v.picklist(['localStorage', 'sessionStorage']);
const Stored = v.object({ name: v.string(), value: Text, length: v.number() });
const stamp = { time: Time, stack: Text };

/** The agreed shapes: of the page's claims in gather/channel.ts, of the relay's own events in messaging/relay-protocol.ts. */
const ClaimSchema = v.variant('type', [
  ...STORE_CLAIMS,
  v.object({ ...stamp, type: v.literal('cookie'), text: Text }),
  v.object({
    ...stamp,
    type: v.literal('cookie-store'),
    action: v.picklist(['set', 'delete']),
    name: Text,
    value: Text,
    domain: v.nullable(Text),
    path: v.nullable(Text),
    expires: v.nullable(v.number()),
    sameSite: v.nullable(Text),
    partitioned: v.boolean(),
  }),
  v.object({
    ...stamp,
    type: v.literal('storage'),
    area: Area,
    action: v.picklist(['set', 'delete', 'clear']),
    mechanism: Text,
    name: v.string(),
    value: Text,
    length: v.number(),
  }),
  v.object({ ...stamp, type: v.literal('send'), mechanism: Text, url: Text, method: Text }),
  v.object({
    ...stamp,
    type: v.literal('signal'),
    source: Text,
    name: Text,
    categories: v.nullable(v.record(v.string(), v.boolean())),
    more: v.optional(MoreSchema),
  }),
  v.object({ ...stamp, type: v.literal('canary') }),
  v.object({ ...stamp, type: v.literal('assigned'), element: Text, url: Text }),
  v.object({
    ...stamp,
    type: v.literal('read'),
    kind: v.picklist(['cookie', 'localStorage', 'sessionStorage']),
    mechanism: Text,
    name: Text,
  }),
  v.object({ ...stamp, type: v.literal('api'), name: Text }),
]);

const EventSchema = v.variant('type', [
  ...STORE_SIGHTINGS,
  v.object({ type: v.literal('control'), event: Text, time: Time, trusted: v.boolean(), label: Text, element: Text }),
  v.object({
    type: v.literal('storage-snapshot'),
    time: Time,
    area: Area,
    full: v.boolean(),
    changed: v.array(Stored),
    removed: v.array(v.string()),
    skipped: v.number(),
    request: v.nullable(v.number()),
  }),
  v.object({ type: v.literal('resource'), time: Time, url: Text, initiator: Text, status: v.nullable(v.number()) }),
  v.object({ type: v.literal('looked'), request: v.number(), time: Time }),
  v.object({ type: v.literal('inserted'), time: Time, mechanism: Text, url: Text }),
  v.object({ type: v.literal('given-content'), time: Time, url: Text }),
  v.object({ type: v.literal('route'), time: Time, url: Text }),
  v.object({ type: v.literal('lifecycle'), time: Time, state: v.picklist(['start', 'prerender', 'hide', 'show']) }),
]);
type Told = v.InferOutput<typeof ClaimSchema> | v.InferOutput<typeof EventSchema>;

/** One batch as the segment that is stored: same batch, same id, so that a re-sent batch is stored once. */
export function segmentOf(batch: Batch, ref: DocumentRef, digester: Digester, now: number): DocumentSegment {
  const events: DocumentEvent[] = [];
  let invalid = 0;
  batch.entries.forEach((text, index) => {
    const told = readEntry(text);
    if (told === null) invalid++;
    else {
      const event = bySystem(told.event, batch.behind);
      events.push({ seq: batch.first + index, task: told.task, ...capture(event, ref, digester, now) } as DocumentEvent);
    }
  });
  return {
    id: `document:${ref.document}:${String(batch.first).padStart(9, '0')}`,
    source: 'document',
    ref,
    events,
    dropped: batch.dropped,
    invalid,
  };
}

function readEntry(text: string): { task: number; event: Told } | null {
  try {
    const entry = JSON.parse(text) as { task?: unknown; event?: unknown; claim?: unknown };
    // What has a claim is a claim, whatever else was smuggled into its text.
    const event = 'claim' in entry ? v.safeParse(ClaimSchema, entry.claim) : v.safeParse(EventSchema, entry.event);
    return event.success && typeof entry.task === 'number' ? { task: entry.task, event: event.output } : null;
  } catch {
    // Not JSON: forged or cut. Counted by the caller.
    return null;
  }
}

/** By the clock that all else goes by. */
function bySystem<T extends Told>(event: T, behind: number): T {
  if (behind === 0 || !Number.isFinite(behind)) return event;
  return { ...event, time: event.time + behind, ...('asked' in event && { asked: event.asked + behind }) };
}

function capture(event: Told, ref: DocumentRef, digester: Digester, now: number): object {
  const { time } = event;
  const digest = (url: string): string => shortDigest(digester, whatTellsApart(url));
  const initiator = 'stack' in event ? initiatorOf(event.stack, ref.url, digest) : null;
  const address = (url: string): Address => ({
    url: cleanUrl(url),
    urlDigest: digest(url),
    ...(/^(http|ws):/.test(url) && { upgradedDigest: digest(url.replace(':', 's:')) }),
  });
  const value = (name: string, text: string, length: number): ValueCapture => digester.value(name, text, length, now);
  switch (event.type) {
    case 'cookie':
      return {
        type: 'cookie',
        time,
        mechanism: 'document.cookie',
        cookie: captureCookie(digester, parseSetCookie(assignedText(event.text, READER), time, READER), now),
        initiator,
      };
    case 'cookie-store':
      return {
        type: 'cookie',
        time,
        mechanism: 'cookie-store',
        cookie: cookieStoreCapture(event, digester, now),
        initiator,
      };
    case 'storage': {
      const { area, action, mechanism, name } = event;
      const stored = action === 'set' ? value(name, event.value, event.length) : null;
      return {
        type: 'storage',
        time,
        area,
        action,
        mechanism,
        ...wellFormedName(name),
        value: stored,
        initiator,
      };
    }
    case 'send':
      return {
        type: 'send',
        time,
        mechanism: event.mechanism,
        method: event.method,
        // https://websockets.spec.whatwg.org/#dom-websocket-websocket
        ...address(event.mechanism === 'websocket' ? event.url.replace(/^http/, 'ws') : event.url),
        initiator,
      };
    case 'assigned':
      return { type: 'assigned', time, mechanism: event.element, ...address(event.url), initiator };
    case 'read':
      return {
        type: 'read',
        time,
        kind: event.kind,
        mechanism: event.mechanism,
        ...wellFormedName(event.name),
        initiator,
      };
    case 'api':
      return { type: 'api', time, name: event.name, initiator };
    case 'signal':
      return { type: 'signal', time, name: event.name, ...signalFacts(event) };
    case 'storage-snapshot':
      return {
        ...event,
        changed: event.changed.map((entry) => ({
          ...wellFormedName(entry.name),
          value: value(entry.name, entry.value, entry.length),
        })),
      };
    case 'resource':
      return { type: 'resource', time, ...address(event.url), initiatorType: event.initiator, status: event.status };
    case 'inserted':
      return { type: 'inserted', time, mechanism: event.mechanism, ...address(event.url) };
    case 'given-content':
      return { type: 'given-content', time, ...address(event.url) };
    case 'store':
      return captureStore(event, initiator, digester, now);
    case 'store-settled':
      return { ...event, refused: refusalOf(event.refused) };
    case 'store-snapshot':
      return captureStoreLook(event);
    case 'route':
      return { type: 'route', time, url: cleanUrl(event.url) };
    case 'canary':
      return { type: 'canary', time };
    default:
      return event;
  }
}

/** Stacks are cut: of a `data:` address this much is surely in them. */
const MOST_DATA = 1000;

function whatTellsApart(url: string): string {
  // Whatever looks like a fragment there is content.
  return url.startsWith('about:') ? url : withoutFragment(url.startsWith('data:') ? url.slice(0, MOST_DATA) : url);
}

/** CookieStore writes are Secure unless the origin is not, SameSite strict unless told: https://wicg.github.io/cookie-store/ */
function cookieStoreCapture(event: Extract<Told, { type: 'cookie-store' }>, digester: Digester, now: number) {
  const deletes = event.action === 'delete';
  return captureCookie(
    digester,
    {
      name: event.name,
      value: event.value,
      domain: event.domain?.replace(/^\./, '').toLowerCase() ?? null,
      path: event.path ?? '/',
      asked: deletes ? 0 : event.expires === null ? null : Math.max(0, Math.round((event.expires - event.time) / 1000)),
      session: !deletes && event.expires === null,
      secure: true,
      httpOnly: false,
      sameSite: event.sameSite === 'lax' || event.sameSite === 'none' ? event.sameSite : 'strict',
      partitioned: event.partitioned,
      refused: null,
    },
    now,
  );
}
