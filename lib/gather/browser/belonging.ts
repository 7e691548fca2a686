/** Which requests belong to audited pages, and which to those before, beside and after them. */
import { hostOf } from '../url.ts';
import { inContainer } from './container.ts';
import type { GatherContext } from './context.ts';
import { addNewest } from './newest.ts';
import type { Watch } from './watch.ts';

/** What both browsers' `webRequest` events say of a request; what only one of them says is optional. */
export interface RequestDetails {
  requestId: string;
  url: string;
  tabId: number;
  frameId: number;
  parentFrameId: number;
  type: string;
  timeStamp: number;
  cookieStoreId?: string;
  documentId?: string;
  parentDocumentId?: string;
  documentLifecycle?: string;
  frameAncestors?: { url: string }[];
  initiator?: string;
  originUrl?: string;
  documentUrl?: string;
}

/** https://developer.chrome.com/docs/extensions/reference/api/extensionTypes#type-DocumentLifecycle */
const GOING: ReadonlySet<string> = new Set(['cached', 'pending_deletion']);
/** Requests of shared and service workers carry this tab id; their initiator tells whose they are. */
const NO_TAB = -1;
/** Requests that go on at the same time; some never end. */
const MOST_OPEN = 10_000;

export interface Belonging {
  /** Of the event that a request or a redirect's next hop begins with. */
  begins(context: GatherContext, details: RequestDetails): boolean;
  /** Of what follows: whose a request was when it began it stays, whatever page is in the tab by then. */
  goesOn(context: GatherContext, details: RequestDetails): boolean;
  /** Of the last event. */
  ends(context: GatherContext, details: RequestDetails): boolean;
}

export function createBelonging(): Belonging {
  const open = new Set<string>();
  const goesOn: Belonging['goesOn'] = (context, details) => open.has(details.requestId) || concerns(context, details);
  return {
    begins(context, details) {
      learnExpected(context, details);
      const is = goesOn(context, details);
      if (is) addNewest(open, details.requestId, MOST_OPEN);
      return is;
    },
    goesOn,
    ends(context, details) {
      const is = goesOn(context, details);
      open.delete(details.requestId);
      return is;
    },
  };
}

/** Learns from main-frame requests in which tabs a page of the site will begin. */
function learnExpected({ watch }: GatherContext, details: RequestDetails): void {
  if (isNavigationTo(watch, details)) watch.expect(details.tabId, hostOf(details.url), inContainer(details.cookieStoreId));
}

/** Chromium names the document of what is asked for beforehand (prefetch), and none of a navigation. */
function isNavigationTo({ isSite }: Watch, { type, url, documentId }: RequestDetails): boolean {
  return type === 'main_frame' && documentId === undefined && isSite(hostOf(url));
}

/** Whether a request belongs to an audited page. What the site itself answers does, whatever page comes of it. */
function concerns({ watch, dedicated }: GatherContext, details: RequestDetails): boolean {
  const { tabId, timeStamp, type, url } = details;
  if (!/^(https?|wss?):/.test(url)) return false;
  if (type === 'main_frame') return isNavigationTo(watch, details) || watch.isWatched(tabId);
  // The page before is still at work in a tab that the site was asked for in, and Firefox tells late of what it did.
  if (watch.isExpected(tabId) || watch.isBefore(tabId, timeStamp)) return isOfSitesTop(watch, details);
  if (isOfOtherNext(watch, details) || isOfOtherBefore(watch, details)) return false;
  if (watch.isWatched(tabId) || isOfPageLeft(watch, details)) return true;
  if (tabId !== NO_TAB) return isOfSitesTop(watch, details);
  const worker = hostOf(initiatorOrigin(details) ?? '');
  // Another site's worker may be at work for a page that is not audited, where there are such pages.
  return watch.isSite(worker) || (dedicated && watch.hasSeen(worker));
}

/** What a page and its frames send while they are left, browsers tell when the next page is there, or the tab is gone. */
function isOfPageLeft(watch: Watch, { tabId, frameId, documentLifecycle, frameAncestors }: RequestDetails): boolean {
  if (frameId > 0 && watch.hasFrame(frameId)) return true;
  if (!watch.hasLeft(tabId)) return false;
  // Chromium says how it is with the document, Firefox what page is around it.
  if (documentLifecycle !== undefined) return GOING.has(documentLifecycle);
  return watch.isSite(hostOf(frameAncestors?.at(-1)?.url ?? ''));
}

/**
 * Of a page that is not audited and has not taken the tab's place yet: in Chromium it may ask for something before anybody is told that it
 * has begun.
 */
function isOfOtherNext(watch: Watch, { frameId, parentFrameId, documentLifecycle, initiator }: RequestDetails): boolean {
  const isNext = frameId > 0 && !isInFrame({ frameId, parentFrameId }) && !GOING.has(documentLifecycle ?? '');
  return isNext && isOther(watch, initiator);
}

/** Of a page that is not audited, or a frame in it, which is left for an audited one: told when that is there. */
function isOfOtherBefore(watch: Watch, details: RequestDetails): boolean {
  const { tabId, frameId, documentLifecycle, frameAncestors, initiator, documentUrl } = details;
  if (!watch.hasArrived(tabId)) return false;
  const isFrame = isInFrame(details);
  if (documentLifecycle !== undefined)
    return GOING.has(documentLifecycle) && isOther(watch, initiator) && !(isFrame && watch.hasFrame(frameId));
  // Firefox names no page around a frame that is gone already.
  const top = isFrame ? frameAncestors?.at(-1)?.url : documentUrl;
  return isOther(watch, top) || (isFrame && top === undefined && isOther(watch, documentUrl) && !watch.hasFrame(frameId));
}

/** Whether it names a page that is not audited. Empty and opaque documents name none. */
function isOther({ isSite }: Watch, url: string | undefined): boolean {
  return url !== undefined && /^https?:/.test(url) && !isSite(hostOf(url));
}

/** A tab that leads elsewhere shows an empty document until it is there, which is its opener's. */
function isOfSitesTop({ isSite }: Watch, details: RequestDetails): boolean {
  return !isInFrame(details) && isSite(hostOf(details.initiator ?? details.documentUrl ?? ''));
}

/** Not of a top document: one that has not taken the tab's place yet, or has lost it, has a frame id too in Chromium, and no parent. */
function isInFrame({ frameId, parentFrameId }: Pick<RequestDetails, 'frameId' | 'parentFrameId'>): boolean {
  return frameId > 0 && parentFrameId !== -1;
}

export function initiatorOrigin({ initiator, originUrl, documentUrl }: RequestDetails): string | null {
  const url = initiator ?? originUrl ?? documentUrl;
  if (!url || url === 'null') return null;
  try {
    return new URL(url).origin;
  } catch {
    // Opaque origins are written in several ways; none of them names a host.
    return null;
  }
}
