/** Which tabs are of private windows, and which of containers, so that what happens there is kept apart; that of private windows is never written to disk. */
import type { Browser, Tabs } from 'webextension-polyfill';
import { inContainer } from '../gather/browser/container.ts';
import { isPrivateStore } from '../gather/browser/cookies.ts';
import type { Source } from '../gather/browser/context.ts';
import type { InContainer } from '../model/capture.ts';

/**
 * Ids of the private tabs of this session of the browser, in `storage.session`: the event that wakes the background may be of one that
 * is closed before it can be asked for, and not every event says that it is of a private tab.
 */
const PRIVATE_TABS = 'private-tabs';

export interface KnownTabs {
  /** Learns the tabs that were open before this background, and gives all that are. */
  learn(): Promise<Tabs.Tab[]>;
  isPrivate(of: Source): boolean;
  anyPrivate(): boolean;
  containerOf(tab: number | null): InContainer;
}

/**
 * Registers its listeners; must run in the first synchronous turn of the background.
 * @param onNonePrivate no private tab is open any more: its browser forgets the session, and so must the extension
 */
export function watchTabs(browser: Browser, onNonePrivate: () => void): KnownTabs {
  // Ids are never used twice in a browser session, and events of a closed tab still arrive: none is taken out.
  const hidden = new Set<number>();
  const containers = new Map<number, InContainer>();
  const openHidden = new Set<number>();
  const before = browser.storage.session.get(PRIVATE_TABS).then(({ [PRIVATE_TABS]: known }) => {
    for (const id of (known as number[] | undefined) ?? []) hidden.add(id);
  });
  const add = ({ id, incognito, cookieStoreId }: Tabs.Tab): void => {
    if (id === undefined) return;
    containers.set(id, inContainer(cookieStoreId));
    if (!incognito) return;
    openHidden.add(id);
    if (hidden.has(id)) return;
    hidden.add(id);
    void before.then(() => browser.storage.session.set({ [PRIVATE_TABS]: [...hidden] }));
  };
  browser.tabs.onCreated.addListener(add);
  browser.tabs.onRemoved.addListener((tab) => {
    if (openHidden.delete(tab) && openHidden.size === 0) onNonePrivate();
  });
  return {
    async learn() {
      await before;
      const open = await browser.tabs.query({});
      open.forEach(add);
      if (openHidden.size === 0) onNonePrivate();
      return open;
    },
    isPrivate({ tabId, incognito, storeId }) {
      if (incognito !== undefined) return incognito;
      if (storeId !== undefined) return isPrivateStore(storeId);
      // A service worker has no tab. Where it may be a private window's, it is held to be: disk is the one that must not be wrong.
      return tabId === undefined || tabId < 0 ? openHidden.size > 0 : hidden.has(tabId);
    },
    anyPrivate: () => openHidden.size > 0,
    containerOf: (tab) => (tab === null ? {} : (containers.get(tab) ?? {})),
  };
}
