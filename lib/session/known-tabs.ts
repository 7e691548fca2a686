/** Which tabs are of private windows, and which of containers, so that what happens there is kept apart; that of private windows is never written to disk. */
import type { Browser, Tabs } from 'webextension-polyfill';
import { inContainer } from '../gather/browser/container.ts';
import { isPrivateStore } from '../gather/browser/cookies.ts';
import type { Source } from '../gather/browser/context.ts';
import type { InContainer } from '../model/capture.ts';

export interface KnownTabs {
  /** Learns the tabs that were open before this background. */
  learn(open: Tabs.Tab[]): void;
  isPrivate(of: Source): boolean;
  containerOf(tab: number | null): InContainer;
}

/**
 * Registers its listeners; must run in the first synchronous turn of the background.
 * @param onLastPrivate the last private tab was closed: its browser forgets the session, and so must the extension
 */
export function watchTabs(browser: Browser, onLastPrivate: () => void): KnownTabs {
  // Ids are never used twice in a browser session, and events of a closed tab still arrive: none is taken out.
  const hidden = new Set<number>();
  const containers = new Map<number, InContainer>();
  const openHidden = new Set<number>();
  const add = ({ id, incognito, cookieStoreId }: Tabs.Tab): void => {
    if (id === undefined) return;
    containers.set(id, inContainer(cookieStoreId));
    if (!incognito) return;
    hidden.add(id);
    openHidden.add(id);
  };
  browser.tabs.onCreated.addListener(add);
  browser.tabs.onRemoved.addListener((tab) => {
    if (openHidden.delete(tab) && openHidden.size === 0) onLastPrivate();
  });
  return {
    learn: (tabs) => tabs.forEach(add),
    isPrivate({ tabId, incognito, storeId }) {
      if (incognito !== undefined) return incognito;
      if (storeId !== undefined) return isPrivateStore(storeId);
      // A service worker has no tab. Where it may be a private window's, it is held to be: disk is the one that must not be wrong.
      return tabId === undefined || tabId < 0 ? openHidden.size > 0 : hidden.has(tabId);
    },
    containerOf: (tab) => (tab === null ? {} : (containers.get(tab) ?? {})),
  };
}
