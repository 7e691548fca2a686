/** Observes network requests of audited pages through `webRequest`, with the raw Set-Cookie and Cookie headers. */
import type { Browser, WebRequest } from 'webextension-polyfill';
import { consentModeOf } from '../../catalogue/consent-mode.ts';
import { requestDataKinds } from '../../catalogue/data-kinds.ts';
import { requestProtocol } from '../../catalogue/protocol.ts';
import type { BrowserEvent } from '../../model/capture.ts';
import { READER } from '../cookie-reader.ts';
import { parseSetCookie } from '../set-cookie.ts';
import { cleanUrl, hostOf } from '../url.ts';
import { observeCanonicalNames } from './canonical-names.ts';
import { captureCookie } from './capture-cookie.ts';
import { inContainer } from './container.ts';
import { shortDigest } from './digest.ts';
import type { GatherContext, WithContext } from './context.ts';
import { headerFields } from './header-fields.ts';
import { bodyText } from './request-body.ts';
import { captureValidator, DESCRIBING, tagDigest } from './validator.ts';

const FILTER = { urls: ['<all_urls>'] };
const MOST_PARTS = 600;
/** What is loaded as a file: the random-looking parts of its path are the file's, not the visitor's. */
const LOADED = new Set(['script', 'stylesheet', 'font', 'media']);
const ASKED: ReadonlySet<string> = new Set(['accept-encoding', 'cookie', 'if-none-match', 'sec-purpose']);
const ANSWERED: ReadonlySet<string> = new Set(['date', 'non-authoritative-reason', 'set-cookie', ...DESCRIBING]);
/** https://developer.chrome.com/docs/extensions/reference/api/extensionTypes#type-DocumentLifecycle */
const GOING: ReadonlySet<string> = new Set(['cached', 'pending_deletion']);
/** Requests of shared and service workers carry this tab id; their initiator tells whose they are. */
const NO_TAB = -1;

type Details = {
  requestId: string;
  url: string;
  tabId: number;
  frameId: number;
  parentFrameId: number;
  type: string;
  timeStamp: number;
  cookieStoreId?: string;
  documentId?: string;
  documentLifecycle?: string;
  frameAncestors?: { url: string }[];
  initiator?: string;
  originUrl?: string;
  documentUrl?: string;
};

/** Registers the listeners; must run in the first synchronous turn of the background. */
export function observeRequests(browser: Browser, withContext: WithContext): void {
  observeCanonicalNames(browser, withContext);
  const { webRequest } = browser;
  // Chromium shows Cookie and Set-Cookie only with `extraHeaders`, Firefox throws when asked for it.
  const extra =
    'EXTRA_HEADERS' in ((webRequest as unknown as { OnSendHeadersOptions?: object }).OnSendHeadersOptions ?? {}) ? ['extraHeaders'] : [];
  type Options = WebRequest.OnBeforeRequestOptions[] & WebRequest.OnSendHeadersOptions[] & WebRequest.OnHeadersReceivedOptions[];
  const options = (...names: string[]): Options => [...names, ...extra] as Options;

  webRequest.onBeforeRequest.addListener(
    (details) => {
      withContext((context) => {
        expect(context, details);
        if (!concerns(context, details)) return;
        context.record(requestEvent(context, details));
      }, details);
      return undefined;
    },
    FILTER,
    options('requestBody'),
  );
  webRequest.onSendHeaders.addListener(
    (details) =>
      withContext((context) => {
        if (!concerns(context, details)) return;
        const fields = headerFields(details.requestHeaders, ASKED, READER);
        const returned = fields.get('if-none-match');
        context.record({
          type: 'request-headers',
          ...eventOf(details),
          cookies: sentCookies(fields.get('cookie') ?? ''),
          // No request is without any header: Chromium shows none of downloads (`<a download>`), nor what cookies their answers set.
          ...(details.requestHeaders?.length === 0 && { hidden: true as const }),
          ...(fields.get('sec-purpose')?.startsWith('prefetch') && { prefetch: true as const }),
          // Chromium asks nobody for a page that was fetched beforehand, with all events of a request.
          ...(details.type === 'main_frame' &&
            details.requestHeaders?.length !== 0 &&
            !fields.has('accept-encoding') && { unsent: true as const }),
          ...(returned !== undefined && { returned: tagDigest(context.digester, returned) }),
        });
      }, details),
    FILTER,
    options('requestHeaders'),
  );
  webRequest.onHeadersReceived.addListener(
    (details) => {
      withContext((context) => {
        if (!concerns(context, details)) return;
        const fields = headerFields(details.responseHeaders, ANSWERED, READER);
        const date = Date.parse(fields.get('date') ?? '');
        const validator = captureValidator(context.digester, fields);
        context.record({
          type: 'response',
          ...eventOf(details),
          status: details.statusCode,
          internal: isInternal(details.statusCode, fields.get('non-authoritative-reason') ?? null, details.statusLine),
          ip: (details as { ip?: string }).ip ?? null,
          setCookies: (fields.get('set-cookie')?.split('\n') ?? []).map((text) =>
            captureCookie(
              context.digester,
              parseSetCookie(text, details.timeStamp, READER, Number.isNaN(date) ? null : date),
              details.timeStamp,
            ),
          ),
          ...(!Number.isNaN(date) && { date }),
          ...(validator && { validator }),
        });
      }, details);
      return undefined;
    },
    FILTER,
    options('responseHeaders'),
  );
  webRequest.onBeforeRedirect.addListener(
    (details) =>
      withContext((context) => {
        if (!concerns(context, details)) return;
        // A page that only leads on is part of the audited journey; where a link of the visitor leads is not.
        context.watch.seenHost(hostOf(details.url));
        context.record({
          type: 'redirect',
          ...eventOf(details),
          status: details.statusCode,
          internal: isInternal(details.statusCode, null, details.statusLine) || details.fromCache,
          ip: details.ip ?? null,
        });
      }, details),
    FILTER,
  );
  webRequest.onCompleted.addListener(
    (details) =>
      withContext((context) => {
        if (!concerns(context, details)) return;
        context.record(ended(details, details.statusCode, details.ip ?? null, details.fromCache, null));
      }, details),
    FILTER,
  );
  webRequest.onErrorOccurred.addListener(
    (details) =>
      withContext((context) => {
        if (!concerns(context, details)) return;
        context.record(ended(details, null, null, details.fromCache, details.error));
      }, details),
    FILTER,
  );
}

/** Learns from main-frame requests in which tabs a page of the site will begin. */
function expect({ watch }: GatherContext, details: Details): void {
  if (isNavigationTo(watch, details)) watch.expect(details.tabId, hostOf(details.url), inContainer(details.cookieStoreId));
}

/** Chromium names the document of what is asked for beforehand (prefetch), and none of a navigation. */
function isNavigationTo({ isSite }: GatherContext['watch'], { type, url, documentId }: Details): boolean {
  return type === 'main_frame' && documentId === undefined && isSite(hostOf(url));
}

/** Whether a request belongs to an audited page. What the site itself answers does, whatever page comes of it. */
function concerns(context: GatherContext, details: Details): boolean {
  if (!/^(https?|wss?):/.test(details.url)) return false;
  if (details.type === 'main_frame') return isNavigationTo(context.watch, details) || context.watch.isWatched(details.tabId);
  // The page before is still at work in a tab that the site was asked for in, and Firefox tells late of what it did.
  if (context.watch.isExpected(details.tabId) || context.watch.isBefore(details.tabId, details.timeStamp))
    return isOfSitesTop(context, details);
  // The page that a tab is led to may ask for something before anybody is told that it has begun.
  if (isOfNextTop(details) && hostOf(details.initiator ?? '') !== '') return isOfSitesTop(context, details);
  if (context.watch.isWatched(details.tabId) || isOfPageLeft(context, details)) return true;
  if (details.tabId !== NO_TAB) return isOfSitesTop(context, details);
  const worker = hostOf(initiatorOrigin(details) ?? '');
  // Another site's worker may be at work for a page that is not audited, where there are such pages.
  return context.watch.isSite(worker) || (context.dedicated && context.watch.hasSeen(worker));
}

/** What a page and its frames send while they are left, browsers tell when the next page is there, or the tab is gone. */
function isOfPageLeft({ watch }: GatherContext, { tabId, frameId, documentLifecycle, frameAncestors }: Details): boolean {
  if (frameId > 0 && watch.hasFrame(frameId)) return true;
  if (!watch.hasLeft(tabId)) return false;
  // Chromium says how it is with the document, Firefox what page is around it.
  if (documentLifecycle !== undefined) return GOING.has(documentLifecycle);
  return watch.isSite(hostOf(frameAncestors?.at(-1)?.url ?? ''));
}

/** A top document that has not taken the tab's place yet: it has a frame id of its own in Chromium. */
function isOfNextTop({ frameId, parentFrameId, documentLifecycle }: Details): boolean {
  return frameId > 0 && parentFrameId === -1 && !GOING.has(documentLifecycle ?? '');
}

/** A tab that leads elsewhere shows an empty document until it is there, which is its opener's. */
function isOfSitesTop({ watch }: GatherContext, { frameId, parentFrameId, initiator, documentUrl }: Details): boolean {
  return (frameId === 0 || parentFrameId === -1) && watch.isSite(hostOf(initiator ?? documentUrl ?? ''));
}

function initiatorOrigin(details: Details): string | null {
  const url = details.initiator ?? details.originUrl ?? details.documentUrl;
  if (!url || url === 'null') return null;
  try {
    return new URL(url).origin;
  } catch {
    // Opaque origins are written in several ways; none of them names a host.
    return null;
  }
}

/** What every event of a request tells. */
function eventOf({ timeStamp, requestId, cookieStoreId }: Details) {
  return { time: timeStamp, requestId, ...inContainer(cookieStoreId) };
}

function requestEvent(context: GatherContext, details: WebRequest.OnBeforeRequestDetailsType): BrowserEvent {
  const shown = details as Details;
  const url = new URL(details.url);
  const body = bodyText(details.requestBody as Parameters<typeof bodyText>[0]);
  const bodyParameters = /^[\w.~%[\]$-]{1,200}=/.test(body) ? new URLSearchParams(body.slice(0, 200_000)) : null;
  if (details.type !== 'main_frame') context.watch.seenHost(hostOf(details.url));
  return {
    type: 'request',
    ...eventOf(details),
    tab: details.tabId,
    frame: details.frameId,
    documentId: shown.documentId ?? null,
    // Firefox names the page that is still on its way, which asks by its early hints.
    ...(details.type !== 'main_frame' &&
      shown.documentId === undefined &&
      shown.documentUrl !== undefined && { documentUrl: cleanUrl(shown.documentUrl) }),
    initiatorOrigin: initiatorOrigin(shown),
    url: cleanUrl(details.url),
    urlDigest: shortDigest(context.digester, withoutFragment(details.url)),
    method: details.method,
    resourceType: details.type,
    parts: context.digester.parts(`${LOADED.has(details.type) ? '' : url.pathname.replaceAll('/', ' ')} ${url.search} ${body}`, MOST_PARTS),
    data: requestDataKinds(url, bodyParameters, body),
    ...requestProtocol(url, body),
    consentMode: consentModeOf(url, bodyParameters),
  };
}

export function withoutFragment(url: string): string {
  const at = url.indexOf('#');
  return at < 0 ? url : url.slice(0, at);
}

/** RFC 6265bis section 5.8.3: pairs separated by semicolon and space. */
function sentCookies(header: string): { name: string }[] {
  return header
    .split('; ')
    .filter(Boolean)
    .slice(0, 500)
    .map((pair) => ({ name: pair.slice(0, Math.max(0, pair.indexOf('='))) }));
}

/** Chromium answers HSTS and extension redirects itself, with status 307 and a reason that no server wrote; Firefox with no status at all. */
function isInternal(status: number, reason: string | null, statusLine: string | undefined): boolean {
  return status === 0 || (status === 307 && (reason !== null || /Internal Redirect/i.test(statusLine ?? '')));
}

function ended(details: Details, status: number | null, ip: string | null, fromCache: boolean, error: string | null): BrowserEvent {
  return { type: 'request-end', ...eventOf(details), status, ip, fromCache, error };
}
