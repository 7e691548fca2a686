/** Where segments lie: on disk, or in memory only. */
import type { Segment } from '../model/capture.ts';

export interface SegmentTable {
  /** Resolves when it has committed. The same id again replaces the same content. */
  put(segment: Segment): Promise<void>;
  all(): Promise<Segment[]>;
  clear(): Promise<void>;
}
