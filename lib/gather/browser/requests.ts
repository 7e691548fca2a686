/** Observes network requests of audited pages through `webRequest`, with the raw Set-Cookie and Cookie headers. */
import type { Browser, WebRequest } from 'webextension-polyfill';
import { consentModeOf } from '../../catalogue/consent-mode.ts';
import { requestDataKinds } from '../../catalogue/data-kinds.ts';
import { requestProtocol } from '../../catalogue/protocol.ts';
import type { BrowserEvent } from '../../model/capture.ts';
import { READER } from '../cookie-reader.ts';
import { parseSetCookie } from '../set-cookie.ts';
import { cleanUrl, hostOf } from '../url.ts';
import { createBelonging, initiatorOrigin, type RequestDetails } from './belonging.ts';
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

/** Registers the listeners; must run in the first synchronous turn of the background. */
export function observeRequests(browser: Browser, withContext: WithContext): void {
  observeCanonicalNames(browser, withContext);
  const belonging = createBelonging();
  const { webRequest } = browser;
  // Chromium shows Cookie and Set-Cookie only with `extraHeaders`, Firefox throws when asked for it.
  const extra =
    'EXTRA_HEADERS' in ((webRequest as unknown as { OnSendHeadersOptions?: object }).OnSendHeadersOptions ?? {}) ? ['extraHeaders'] : [];
  type Options = WebRequest.OnBeforeRequestOptions[] & WebRequest.OnSendHeadersOptions[] & WebRequest.OnHeadersReceivedOptions[];
  const options = (...names: string[]): Options => [...names, ...extra] as Options;

  webRequest.onBeforeRequest.addListener(
    (details) => {
      withContext((context) => {
        if (!belonging.begins(context, details)) return;
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
        if (!belonging.goesOn(context, details)) return;
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
        if (!belonging.goesOn(context, details)) return;
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
        if (!belonging.goesOn(context, details)) return;
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
        if (!belonging.ends(context, details)) return;
        context.record(ended(details, details.statusCode, details.ip ?? null, details.fromCache, null));
      }, details),
    FILTER,
  );
  webRequest.onErrorOccurred.addListener(
    (details) =>
      withContext((context) => {
        if (!belonging.ends(context, details)) return;
        context.record(ended(details, null, null, details.fromCache, details.error));
      }, details),
    FILTER,
  );
}

/** What every event of a request tells. */
function eventOf({ timeStamp, requestId, cookieStoreId }: RequestDetails) {
  return { time: timeStamp, requestId, ...inContainer(cookieStoreId) };
}

function requestEvent(context: GatherContext, details: WebRequest.OnBeforeRequestDetailsType): BrowserEvent {
  const shown = details as RequestDetails;
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
    ...(details.type === 'sub_frame' && shown.parentDocumentId !== undefined && { parentDocumentId: shown.parentDocumentId }),
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

function ended(details: RequestDetails, status: number | null, ip: string | null, fromCache: boolean, error: string | null): BrowserEvent {
  return { type: 'request-end', ...eventOf(details), status, ip, fromCache, error };
}
