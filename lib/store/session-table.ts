/**
 * Segments in memory only, where a stopped background still finds them: `storage.session`. For private windows, of which nothing
 * is written to disk. Its quota (10 MB) is small; what does not fit is an error, as on a full disk.
 */
import type { Segment } from '../model/capture.ts';
import type { SegmentTable } from './segments.ts';

/** What this needs of a `storage.StorageArea`. */
export interface MemoryArea {
  get(keys: null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
}

const PREFIX = 'private-segment ';

/** @param isOpen whether there is a private window: what is still told of one that is gone is forgotten with it */
export function sessionTable(area: MemoryArea, isOpen: () => boolean): SegmentTable {
  const own = async (): Promise<[string, unknown][]> => Object.entries(await area.get(null)).filter(([key]) => key.startsWith(PREFIX));
  return {
    put: async (segment) => {
      if (isOpen()) await area.set({ [PREFIX + segment.id]: segment });
    },
    // In order of id, as a database gives them.
    all: async () => (await own()).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, segment]) => segment as Segment),
    clear: async () => area.remove((await own()).map(([key]) => key)),
  };
}
