/** What the observers need once the background has read its state back. */
import type { BrowserEvent } from '../../model/capture.ts';
import type { Digester } from './digest.ts';
import type { Watch } from './watch.ts';

export interface GatherContext {
  watch: Watch;
  digester: Digester;
  /** Stores an event; returns at once, the store writes in order. */
  record(event: BrowserEvent): void;
}

/** Runs at once when the context is there, else in order as soon as it is. Observers register before it is. */
export type WithContext = (use: (context: GatherContext) => void) => void;
