/** Joins the browser's events of each request into one observation per hop, and finds the script that made it. */
import { catalogue } from '../../catalogue/index.ts';
import type { BrowserEvent, CookieCapture, DocumentRef } from '../../model/capture.ts';
import type { StoredReference } from '../../model/observation.ts';
import { hostOf } from '../url.ts';
import { findWords, isEmptyOf, type Announcement, type Resource, type Words } from './announced.ts';
import { answeredFromCache } from './from-cache.ts';
import { draft, type Draft } from './draft.ts';
import { isHit } from './hit.ts';
import type { Assigned } from './inserters.ts';
import { observeLostRequests } from './lost-requests.ts';
import type { OtherPages } from './other-pages.ts';
import { referencesIn } from './references.ts';
import { findValidators } from './validators.ts';
import type { Visits, VisitSpan } from './visits.ts';

type Start = Extract<BrowserEvent, { type: 'request' }>;

export interface Hop {
  start: Start;
  headers: Extract<BrowserEvent, { type: 'request-headers' }> | null;
  response: Extract<BrowserEvent, { type: 'response' }> | null;
  redirect: Extract<BrowserEvent, { type: 'redirect' }> | null;
  end: Extract<BrowserEvent, { type: 'request-end' }> | null;
  before: Hop | null;
  /** The server said 304; Firefox tells of the stored answer after it. */
  unchanged: boolean;
}

/** A hop's observation, with the cookies that its answer asked to set. */
export interface RequestDraft {
  draft: Draft;
  /** null where only the page told of the request. */
  hop: Hop | null;
  setCookies: CookieCapture[];
  /** It is the visitor's own, or another page's: not told, and what it set in the jar is not the site's. */
  foreign: boolean;
}

/** Where nothing but `webRequest` saw a request, its moment is no surer than this. */
const UNSURE = 60; // milliseconds
/** The page's clock is coarse by this much: https://w3c.github.io/hr-time/#dfn-coarsen-time */
const COARSE = 0.2; // milliseconds
/** Firefox shows whole milliseconds unless told otherwise. */
const COARSE_WHOLE = 1; // milliseconds

const UNTOLD: Words = { announcement: null, assignment: null, resource: null };

const MECHANISMS: Record<string, string> = {
  main_frame: 'navigation',
  sub_frame: 'navigation',
  image: 'image',
  imageset: 'image',
  script: 'script',
  stylesheet: 'style',
  font: 'font',
  media: 'media',
  xmlhttprequest: 'xhr',
  ping: 'beacon',
  beacon: 'beacon',
  websocket: 'websocket',
  object: 'object',
  csp_report: 'csp-report',
};

/**
 * Puts each request's events together. Request ids begin anew when the browser does, so a start without a redirect
 * before it is a new request whatever its id.
 * @param browser the browser's events in order of time
 */
export function findHops(browser: BrowserEvent[]): Hop[] {
  const hops: Hop[] = [];
  const open = new Map<string, Hop>();
  for (const event of browser) {
    if (!('requestId' in event)) continue;
    const hop = open.get(event.requestId);
    if (event.type === 'request') {
      const next: Hop = {
        start: event,
        headers: null,
        response: null,
        redirect: null,
        end: null,
        before: hop?.redirect && !hop.end ? hop : null,
        unchanged: false,
      };
      open.set(event.requestId, next);
      hops.push(next);
    } else if (hop) {
      if (event.type === 'request-headers') hop.headers = event;
      else if (event.type === 'response') {
        hop.response = event;
        hop.unchanged ||= event.status === 304;
      } else if (event.type === 'redirect') hop.redirect = event;
      else hop.end = event;
    }
  }
  return hops;
}

export interface RequestContext {
  visits: Visits;
  isSite(host: string): boolean;
  announcements: Announcement[];
  /** Who gave elements the addresses that they load, in order of time. */
  assigned: Assigned[];
  resources: Resource[];
  /** Moments of the person's own acts, epoch milliseconds, by document: what requests must be ordered against. */
  acts: number[];
  /** Stored entries by the digests of their identifying parts. */
  storedByPart: Map<string, StoredReference[]>;
  otherPages: OtherPages;
  /** Stretches in which events of the browser may have been lost with a stopped background, epoch milliseconds. */
  lossWindows: { from: number; to: number }[];
  documentUrl(documentId: string | null): string | null;
  /** By host, where DNS was asked and gave another name. */
  canonicalNames: ReadonlyMap<string, string>;
}

export function observeHops(hops: Hop[], context: RequestContext): RequestDraft[] {
  const sent = hops.filter(leftTheBrowser);
  const foreign = new Set(sent.filter((hop) => isForeignNavigation(hop, hops, context)));
  const { words, ...untaken } = findWords(
    sent.filter((hop) => !foreign.has(hop)),
    context,
  );
  const validators = findValidators(hops, context.storedByPart);
  const stored = answeredFromCache(hops);
  const made = new Map<Hop, Draft>();
  const drafts: RequestDraft[] = [];
  for (const hop of sent) {
    const { start } = hop;
    const host = hostOf(start.url);
    const path = new URL(start.url).pathname;
    const { announcement, assignment, resource } = words.get(hop) ?? UNTOLD;
    // What no audited page has told of either is nobody's.
    if (hop.before ? foreign.has(hop.before) : !announcement && context.otherPages.mayHaveAsked(start)) foreign.add(hop);
    const moment = momentOf(hop, announcement, resource, context.acts);
    const before = hop.before ? (made.get(hop.before) ?? null) : null;
    const asker = askerOf(start, announcement);
    const visit = context.visits.ofRequest(start, moment, asker);
    if (!visit) continue;
    const known = catalogue.recipient({ host, path, protocol: start.protocol, tagId: start.tagId });
    const validator = validators.get(hop);
    const canonicalName = context.canonicalNames.get(host);
    const internal = Boolean(hop.redirect?.internal ?? hop.response?.internal) || Boolean(hop.headers?.unsent) || stored.has(hop);
    // What Chromium asked for by an early hint, before anybody is told: with which cookies, only the server knows.
    const hinted = resource?.initiatorType === 'early-hints' && hop.end?.fromCache === true && !internal;
    const sentCookies = hinted ? [] : (hop.headers?.cookies.map(({ name }) => name) ?? []);
    const sentIdentifiers = referencesIn(start.parts, context.storedByPart);
    const asked = announcement ?? (assignment?.type === 'send' ? assignment : null);
    const mechanism = asked?.mechanism ?? MECHANISMS[start.resourceType] ?? 'other';
    const seen = draft({
      time: moment.time,
      place: moment.place,
      uncertainty: moment.uncertainty,
      // A redirect is of the page that asked, wherever the visitor is meanwhile.
      visit: before?.visit ?? visit.id,
      page: before?.page ?? visit.url,
      frame: frameOfRequest(start, asker, [announcement, assignment], visit, context),
      origin: start.initiatorOrigin,
      kind: 'request',
      action: 'send',
      host,
      mechanism,
      confirmed: hop.response || hop.redirect || (hop.headers && hop.end?.error === null) ? 'header' : null,
      initiator: announcement?.type === 'send' ? announcement.initiator : (assignment?.initiator ?? null),
      cause: before,
      request: {
        url: start.url,
        method: start.method,
        type: start.resourceType,
        status: hop.redirect?.status ?? hop.response?.status ?? hop.end?.status ?? null,
        ip: hop.redirect?.ip ?? hop.end?.ip ?? hop.response?.ip ?? null,
        redirectedFrom: hop.before?.start.url ?? null,
        hit: isHit(mechanism, start.method, known) || sentCookies.length > 0 || sentIdentifiers.length > 0,
        sentCookies,
        // Of headers that the browser does not show nobody can tell the cookies: to say that there were none would be a claim.
        ...((hop.headers?.hidden || hinted) && { cookiesHidden: true as const }),
        data: start.data,
        sentIdentifiers,
        internal,
        protocol: start.protocol,
        tagId: start.tagId,
        consentMode: start.consentMode ?? null,
        ...(canonicalName !== undefined && { canonicalName }),
        ...(validator && { validator }),
      },
    });
    made.set(hop, seen);
    drafts.push({ draft: seen, hop, setCookies: hop.response?.setCookies ?? [], foreign: foreign.has(hop) });
  }
  const lost = observeLostRequests(untaken.announcements, untaken.resources, context);
  return [...drafts, ...lost.map((one) => ({ draft: one, hop: null, setCookies: [], foreign: false }))];
}

/**
 * Blocked by another extension, refused by policy, or given up before a byte was sent: nobody was told anything. Of one that has no
 * answer after its headers were ready, ended or not, nobody can tell whether they got out: told, and not confirmed.
 */
export function leftTheBrowser(hop: Hop): boolean {
  // Chromium first looks into its cache alone for some fonts, with all events of a request.
  if (hop.end?.error === 'net::ERR_CACHE_MISS' && !hop.response && !hop.redirect) return false;
  return Boolean(hop.headers ?? hop.response ?? hop.redirect) || !hop.end?.error;
}

/**
 * A link to elsewhere is the visitor's own journey, unless it leads through there back to the site. What a page has fetched
 * beforehand, it sends there itself.
 */
function isForeignNavigation(hop: Hop, hops: Hop[], context: RequestContext): boolean {
  if (hop.start.resourceType !== 'main_frame' || context.isSite(hostOf(hop.start.url)) || hop.headers?.prefetch) return false;
  let last = hop;
  for (let next: Hop | undefined = hop; next; next = hops.find(({ before }) => before === last)) last = next;
  return !context.isSite(hostOf(last.start.url));
}

/** The document that asked by its own word, where the browser names none: it was gone. Navigations are the browser's own. */
function askerOf({ documentId, resourceType }: Start, announcement: Announcement | null): DocumentRef | null {
  return documentId !== null || resourceType === 'main_frame' || resourceType === 'sub_frame' ? null : (announcement?.ref ?? null);
}

/** The address of the asking document, which the browser may not tell from that of its maker; a navigation has none. */
function frameOfRequest(
  start: Start,
  asker: DocumentRef | null,
  words: (Announcement | Assigned | null)[],
  visit: VisitSpan,
  context: RequestContext,
): string | null {
  const empty = words.find((word) => word && start.documentId !== null && isEmptyOf(word, start));
  if (empty) return empty.ref.url;
  if (start.frame === 0 && visit.reason === 'route') return visit.url;
  return context.documentUrl(start.documentId) ?? asker?.url ?? null;
}

/** When the request was made: by the script's own sequence, else by the page's clock, else by the browser's. */
function momentOf(
  hop: Hop,
  announcement: Announcement | null,
  resource: Resource | null,
  acts: number[],
): Pick<Draft, 'time' | 'place' | 'uncertainty'> {
  const between = (from: number, to: number): boolean => acts.some((act) => act >= from && act <= to);
  if (announcement)
    return { time: announcement.time, place: { document: announcement.ref.document, seq: announcement.seq }, uncertainty: 0 };
  if (resource && resource.time <= hop.start.time + 20) {
    const coarse = Number.isInteger(resource.time) ? COARSE_WHOLE : COARSE;
    const tie = between(resource.time - coarse, resource.time + coarse);
    return { time: resource.time, place: null, uncertainty: tie ? 1 : 0 };
  }
  const { time } = hop.start;
  // Frames and the document itself are asked for by the browser's process: it knows the moment.
  const asked = hop.start.resourceType === 'main_frame' || hop.before !== null;
  return { time, place: null, uncertainty: !asked && between(time - UNSURE, time) ? UNSURE : 0 };
}
