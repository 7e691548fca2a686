/** The only room that knows Dexie: segments of captures, appended and never changed. */
import Dexie, { type Table } from 'dexie';
import type { BrowserEvent, BrowserSegment, Segment } from '../model/capture.ts';

export interface CaptureStore {
  /** Resolves when the transaction has committed: only then may a batch be acknowledged. */
  put(segment: Segment): Promise<void>;
  /** Queues an event of the browser; written at once, or with the next write while one is under way. */
  append(event: BrowserEvent): void;
  /** Resolves when everything appended so far is committed. */
  settled(): Promise<void>;
  all(): Promise<Segment[]>;
  clear(): Promise<void>;
}

/**
 * @param instance unique per life of the background: keeps segment ids apart across restarts
 * @param onFailure told of writes that failed; their events are kept and tried again with the next
 */
export function openStore(instance: string, onFailure: (error: unknown) => void): CaptureStore {
  const database = new Dexie('consent-audit');
  // One record holds a whole batch: some fifteen times the throughput of a record per event.
  database.version(1).stores({ segments: 'id' });
  const segments: Table<Segment, string> = database.table('segments');
  let buffer: BrowserEvent[] = [];
  let count = 0;
  let writing: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (buffer.length > 0) {
      const events = buffer;
      buffer = [];
      const segment: BrowserSegment = { id: `browser:${instance}:${String(++count).padStart(9, '0')}`, source: 'browser', events };
      try {
        await segments.put(segment);
      } catch (error) {
        buffer = [...events, ...buffer];
        onFailure(error);
        return;
      }
    }
  }

  return {
    put: async (segment) => {
      await segments.put(segment);
    },
    append(event) {
      buffer.push(event);
      writing ??= drain().finally(() => {
        writing = null;
      });
    },
    settled: async () => {
      while (writing) await writing;
    },
    all: () => segments.toArray(),
    clear: () => segments.clear(),
  };
}
