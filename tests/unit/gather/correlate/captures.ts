/** Captures out of few words: times are milliseconds after the start of the story, everything else is filled in. */
import { createDigester } from '../../../../lib/gather/browser/digest.ts';
import { captureCookie } from '../../../../lib/gather/browser/capture-cookie.ts';
import { correlate } from '../../../../lib/gather/correlate/correlate.ts';
import { parseSetCookie } from '../../../../lib/gather/set-cookie.ts';
import type {
  BrowserEvent,
  DocumentEvent,
  DocumentRef,
  DocumentSegment,
  JarCookie,
  Segment,
  ValueCapture,
} from '../../../../lib/model/capture.ts';
import type { Evidence } from '../../../../lib/model/evidence.ts';
import type { GatheredObservation, Initiator } from '../../../../lib/model/observation.ts';

export const BEGIN = Date.parse('2026-11-02T10:00:00.000Z');
export const digester = createDigester(new Uint8Array(32).fill(7), () => false);
export const SCRIPT: Initiator = { url: 'https://mc.yandex.ru/metrika/tag.js', line: 1, column: 2, function: null, stack: [] };

type Of<E, T> = Extract<E, { type: T }>;
/** An event without what the builder fills in. */
export type Told = { at: number; task?: number } & { type: DocumentEvent['type'] } & Record<string, unknown>;

export function value(name: string, text: string): ValueCapture {
  return digester.value(name, text, text.length, BEGIN);
}

export function ref(more: Partial<DocumentRef> = {}): DocumentRef {
  const document = more.document ?? 'd1';
  return {
    document,
    tab: 1,
    frame: 0,
    documentId: `B-${document}`,
    url: 'https://send-box.com/',
    origin: 'https://send-box.com',
    top: true,
    ...more,
  };
}

/** A document with its canary, and its events numbered from 2 in one batch. */
export function document(events: Told[], more: Partial<DocumentRef> = {}): DocumentSegment {
  const all = [{ at: events[0]?.at ?? 0, type: 'canary' } as Told, ...events];
  const told = all.map(
    ({ at, task = 1, ...event }, index) => ({ ...event, seq: index + 1, task, time: BEGIN + at }) as unknown as DocumentEvent,
  );
  const owner = ref(more);
  return { id: `document:${owner.document}:000000001`, source: 'document', ref: owner, events: told, dropped: 0, invalid: 0 };
}

export function claim(at: number, text: string, more: Partial<Told> = {}): Told {
  const cookie = captureCookie(digester, parseSetCookie(text, BEGIN + at, 'chromium'), BEGIN + at);
  return { at, type: 'cookie', mechanism: 'document.cookie', cookie, initiator: SCRIPT, ...more };
}

export function stored(at: number, name: string, text: string | null, more: Partial<Told> = {}): Told {
  const what =
    text === null
      ? { action: 'delete', mechanism: 'remove-item', value: null }
      : { action: 'set', mechanism: 'set-item', value: value(name, text) };
  return { at, type: 'storage', area: 'localStorage', name, initiator: SCRIPT, ...what, ...more };
}

export function look(at: number, entries: Record<string, string>, more: Partial<Told> = {}): Told {
  const changed = Object.entries(entries).map(([name, text]) => ({ name, value: value(name, text) }));
  return { at, type: 'storage-snapshot', area: 'localStorage', full: true, changed, removed: [], skipped: 0, request: null, ...more };
}

export function pressed(at: number, label: string): Told {
  return { at, type: 'control', event: 'click', trusted: true, label, element: 'button' };
}

export function sent(at: number, url: string, more: Partial<Told> = {}): Told {
  return { at, type: 'send', mechanism: 'fetch', url, urlDigest: url, method: 'GET', initiator: SCRIPT, ...more };
}

type At = { at?: number };
const time = (at: number): number => BEGIN + at;

export function request(at: number, requestId: string, url: string, more: Partial<Of<BrowserEvent, 'request'>> = {}): BrowserEvent {
  return {
    type: 'request',
    time: time(at),
    requestId,
    tab: 1,
    frame: 0,
    documentId: 'B-d1',
    initiatorOrigin: 'https://send-box.com',
    url,
    urlDigest: url,
    method: 'GET',
    resourceType: 'xmlhttprequest',
    parts: [],
    data: [],
    protocol: null,
    tagId: null,
    ...more,
  };
}

export function headers(at: number, requestId: string, ...cookies: string[]): BrowserEvent {
  return { type: 'request-headers', time: time(at), requestId, cookies: cookies.map((name) => ({ name })) };
}

export function response(
  at: number,
  requestId: string,
  setCookies: string[] = [],
  more: Partial<Of<BrowserEvent, 'response'>> = {},
): BrowserEvent {
  const captured = setCookies.map((text) => captureCookie(digester, parseSetCookie(text, time(at), 'chromium'), time(at)));
  return { type: 'response', time: time(at), requestId, status: 200, setCookies: captured, internal: false, ip: '192.0.2.1', ...more };
}

export function redirect(at: number, requestId: string, more: Partial<Of<BrowserEvent, 'redirect'>> = {}): BrowserEvent {
  return { type: 'redirect', time: time(at), requestId, status: 302, internal: false, ip: '192.0.2.1', ...more };
}

export function ended(at: number, requestId: string, more: Partial<Of<BrowserEvent, 'request-end'>> = {}): BrowserEvent {
  return { type: 'request-end', time: time(at), requestId, status: 200, ip: '192.0.2.1', fromCache: false, error: null, ...more };
}

/** A whole request, answered. */
export function exchange(
  at: number,
  requestId: string,
  url: string,
  more: Partial<Of<BrowserEvent, 'request'>> & { setCookies?: string[] } = {},
): BrowserEvent[] {
  const { setCookies = [], ...rest } = more;
  return [request(at, requestId, url, rest), headers(at + 1, requestId), response(at + 2, requestId, setCookies), ended(at + 3, requestId)];
}

export function jarCookie(name: string, text: string, more: Partial<JarCookie> = {}): JarCookie {
  return {
    name,
    value: value(name, text),
    domain: 'send-box.com',
    hostOnly: true,
    path: '/',
    expires: null,
    secure: false,
    httpOnly: false,
    sameSite: null,
    partitioned: false,
    ...more,
  };
}

export function changed(
  at: number,
  name: string,
  text: string,
  more: Partial<JarCookie> & { removed?: boolean; cause?: string } = {},
): BrowserEvent {
  const { removed = false, cause = 'explicit', ...rest } = more;
  return { type: 'jar-change', time: time(at), removed, cause, cookie: jarCookie(name, text, rest) };
}

export function jar(at: number, cookies: JarCookie[], asked = at): BrowserEvent {
  return { type: 'jar-snapshot', time: time(at), asked: time(asked), reason: 'request', cookies };
}

export function step(at: number, index: number, reason: Of<BrowserEvent, 'step'>['reason']): BrowserEvent {
  return { type: 'step', time: time(at), index, reason };
}

export function committed(at: number, more: Partial<Of<BrowserEvent, 'navigation'>> = {}): BrowserEvent {
  return {
    type: 'navigation',
    state: 'committed',
    time: time(at),
    tab: 1,
    frame: 0,
    documentId: 'B-d1',
    parentDocumentId: null,
    url: 'https://send-box.com/',
    transition: 'link',
    audited: true,
    ...more,
  };
}

/** A page of the site: asked for, answered and begun 10 ms later. */
export function visit(
  at: number,
  document = 'd1',
  {
    url = 'https://send-box.com/',
    requestId = `m-${document}`,
    transition = 'link',
    tab = 1,
  }: { url?: string; requestId?: string; transition?: string; tab?: number } & At = {},
): BrowserEvent[] {
  const main = { resourceType: 'main_frame', documentId: null, initiatorOrigin: null, tab };
  return [...exchange(at, requestId, url, main), committed(at + 10, { documentId: `B-${document}`, url, transition, tab })];
}

export function evidenceOf(browser: BrowserEvent[], documents: DocumentSegment[]): Evidence {
  const segments: Segment[] = [{ id: 'browser:x:000000001', source: 'browser', events: browser }, ...documents];
  return correlate(segments, { isSite: (host) => host === 'send-box.com' || host.endsWith('.send-box.com') });
}

/** Observations of one kind, without what lies there and was only looked at. */
export function acts(evidence: Evidence, kind: GatheredObservation['kind'], name?: string): GatheredObservation[] {
  return evidence.observations.filter((one) => one.kind === kind && one.action !== 'present' && (name === undefined || one.name === name));
}

export function requestsTo(host: string, ...told: Parameters<typeof evidenceOf>) {
  return acts(evidenceOf(...told), 'request').filter((one) => one.host === host);
}

/** Milliseconds after the beginning. */
export function moment(one: GatheredObservation | undefined): number {
  return Date.parse(one?.at ?? '') - BEGIN;
}
