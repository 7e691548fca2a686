/** What the observers need once the background has read its state back. */
import type { BrowserEvent, InContainer } from '../../model/capture.ts';
import type { Digester } from './digest.ts';
import type { Watch } from './watch.ts';

export interface GatherContext {
  watch: Watch;
  /** The site's hosts and `*.` patterns. */
  sites: readonly string[];
  digester: Digester;
  /** What it records is of private windows: never written to disk. */
  private: boolean;
  /** The browser was started for the audit: no other pages are at work in it. */
  dedicated: boolean;
  /** Of a tab, where the browser's own details do not say. */
  containerOf(tab: number | null): InContainer;
  /** Stores an event; returns at once, the store writes in order. */
  record(event: BrowserEvent): void;
}

/** Where an event comes from, as the browsers' own details say it: decides whether it belongs to the private recording. */
export interface Source {
  tabId?: number;
  incognito?: boolean;
  /** Of the cookie jar. */
  storeId?: string;
}

/** Runs at once when the context is there, else in order as soon as it is. Observers register before it is. */
export type WithContext = (use: (context: GatherContext) => void, of: Source) => void;
