/** Which tabs are of private windows, so that what happens there is kept apart and never written to disk. */
import type { Browser, Tabs } from 'webextension-polyfill';
import { isPrivateStore } from '../gather/browser/cookies.ts';
import type { Source } from '../gather/browser/context.ts';

export interface PrivateTabs {
  /** Learns the tabs that were open before this background. */
  learn(open: Tabs.Tab[]): void;
  includes(of: Source): boolean;
}

/**
 * Registers its listeners; must run in the first synchronous turn of the background.
 * @param onLast the last private tab was closed: its browser forgets the session, and so must the extension
 */
export function watchPrivateTabs(browser: Browser, onLast: () => void): PrivateTabs {
  // Ids are never used twice in a browser session, and events of a closed tab still arrive: none is taken out.
  const known = new Set<number>();
  const open = new Set<number>();
  const add = ({ id, incognito }: Tabs.Tab): void => {
    if (id === undefined || !incognito) return;
    known.add(id);
    open.add(id);
  };
  browser.tabs.onCreated.addListener(add);
  browser.tabs.onRemoved.addListener((tab) => {
    if (open.delete(tab) && open.size === 0) onLast();
  });
  return {
    learn: (tabs) => tabs.forEach(add),
    includes({ tabId, incognito, storeId }) {
      if (incognito !== undefined) return incognito;
      if (storeId !== undefined) return isPrivateStore(storeId);
      // A service worker has no tab. Where it may be a private window's, it is held to be: disk is the one that must not be wrong.
      return tabId === undefined || tabId < 0 ? open.size > 0 : known.has(tabId);
    },
  };
}
