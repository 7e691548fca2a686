/** Observes the documents of tabs: which page began when, and when a tab leaves the audited site. */
import type { Browser, WebNavigation } from 'webextension-polyfill';
import { cleanUrl, hostOf } from '../url.ts';
import type { BrowserEvent } from '../../model/capture.ts';
import type { GatherContext, WithContext } from './context.ts';

type Details = WebNavigation.OnCommittedDetailsType & {
  documentId?: string;
  parentDocumentId?: string;
  documentLifecycle?: string;
  parentFrameId?: number;
};

type Moved = Pick<Details, 'url' | 'tabId' | 'timeStamp'>;
type Navigation = Extract<BrowserEvent, { type: 'navigation' }>;

/** Registers the listeners; must run in the first synchronous turn of the background. */
export function observeNavigations(
  browser: Browser,
  withContext: WithContext,
  now: () => number,
  onAudited: (context: GatherContext, tab: number) => void,
): void {
  browser.webNavigation.onCommitted.addListener((details) => withContext((context) => committed(context, details as Details), details));
  browser.webNavigation.onBeforeNavigate.addListener((details) =>
    withContext((context) => {
      if (details.frameId !== 0) return;
      if (context.watch.isSite(hostOf(details.url))) record(context, details as Details, 'before', true);
      else recordOther(context, details);
    }, details),
  );
  // A download, an answer without anything to show, or a page that could not be reached.
  browser.webNavigation.onErrorOccurred.addListener((details) =>
    withContext(({ watch }) => {
      if (details.frameId === 0) watch.miss(details.tabId);
    }, details),
  );
  browser.webNavigation.onHistoryStateUpdated.addListener((details) =>
    withContext((context) => {
      if (context.watch.isWatched(details.tabId)) record(context, details as Details, 'history', true);
    }, details),
  );
  browser.webNavigation.onCreatedNavigationTarget.addListener((details) =>
    withContext((context) => {
      const { url, tabId, sourceTabId, timeStamp } = details;
      if (isOfOpener(url, context.watch) && context.watch.open(tabId, sourceTabId))
        context.record({ type: 'pop-up', time: timeStamp, ...context.containerOf(tabId), tab: tabId, opener: sourceTabId });
    }, details),
  );
  browser.tabs.onRemoved.addListener((tab) => withContext((context) => context.watch.close(tab, now()), { tabId: tab }));

  function committed(context: GatherContext, details: Details): void {
    const host = hostOf(details.url);
    if (details.frameId === 0) {
      const audited = context.watch.isSite(host);
      const watched = context.watch.isWatched(details.tabId);
      if (audited) {
        context.watch.begin(details.tabId, host, context.containerOf(details.tabId), details.timeStamp);
        onAudited(context, details.tabId);
      }
      if (audited || watched) record(context, details, 'committed', audited);
      if (audited || isOfOpener(details.url, context.watch)) return;
      context.watch.end(details.tabId, details.timeStamp);
      recordOther(context, details);
    } else if (isPrerendered(details) && context.watch.isSite(host)) {
      // Runs and stores like a page, before anybody looks at it and perhaps without that ever happening.
      context.watch.seenHost(host);
      record(context, details, 'prerendered', true);
    } else if (context.watch.isWatched(details.tabId)) {
      context.watch.frame(details.frameId);
      context.watch.seenHost(host);
      record(context, details, 'committed', false);
    }
  }
}

/** A document without an address of its own belongs to who opened it: it stays the site's if it was. */
function isOfOpener(url: string, { isSite }: GatherContext['watch']): boolean {
  return /^(about:blank|javascript:)/.test(url) || (url.startsWith('blob:') && isSite(hostOf(url.slice('blob:'.length))));
}

/** A top document that has not taken the tab's place yet: https://developer.chrome.com/docs/extensions/develop/concepts/instantnav */
function isPrerendered({ documentLifecycle, parentFrameId }: Details): boolean {
  return documentLifecycle === 'prerender' && parentFrameId === -1;
}

function record(context: GatherContext, details: Details, state: Navigation['state'], audited: boolean): void {
  context.record({
    type: 'navigation',
    state,
    time: details.timeStamp,
    ...context.containerOf(details.tabId),
    tab: details.tabId,
    frame: details.frameId,
    documentId: details.documentId ?? null,
    parentDocumentId: details.parentDocumentId ?? null,
    url: cleanUrl(details.url),
    transition: details.transitionType ?? null,
    audited,
  });
}

/** That a page is at work which is not audited: in a person's browser there always are some, and nothing of them is recorded. */
function recordOther({ dedicated, containerOf, record: tell }: GatherContext, { url, tabId, timeStamp }: Moved): void {
  if (dedicated && /^https?:/.test(url)) tell({ type: 'other-page', time: timeStamp, ...containerOf(tabId) });
}
