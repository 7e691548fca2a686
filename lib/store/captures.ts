/**
 * Keeps captures whatever the disk does: a write that failed is held in memory, counted, and tried again; what was held when the
 * store could not write is a gap, and is told while it lasts.
 */
import type { BrowserEvent, BrowserSegment, Segment } from '../model/capture.ts';
import { errorName } from './database.ts';
import type { SegmentTable } from './segments.ts';

export interface CaptureStore {
  /**
   * Resolves when the transaction has committed: only then may a batch be acknowledged. While the store cannot write this waits;
   * rejects where even the memory is full.
   */
  put(segment: Segment): Promise<void>;
  /** Queues an event of the browser; written with those of the next moment, or with the next batch of a document. */
  append(event: BrowserEvent): void;
  /** Resolves when everything so far is committed, or is held because it cannot be. */
  settled(): Promise<void>;
  /** Everything, also what is only held. */
  all(): Promise<Segment[]>;
  clear(): Promise<void>;
  /** null: all is well. */
  trouble(): StoreTrouble | null;
}

export interface StoreTrouble {
  /** Epoch milliseconds. */
  since: number;
  /** The browser's name for it: `QuotaExceededError` is a full disk. */
  error: string;
  /** Events that are held in memory only. */
  held: number;
  /** Events for which the memory had no room. */
  dropped: number;
}

export interface CaptureOptions {
  /** Unique per life of the background: keeps segment ids apart across restarts. */
  instance: string;
  now(): number;
  /** Told when trouble begins, and with null when it is over. */
  onTrouble(trouble: StoreTrouble | null): void;
  /** Events held while the store cannot write. */
  mostHeld?: number;
  schedule?(run: () => void, milliseconds: number): unknown;
}

const MOST_HELD = 100_000;
const FIRST_RETRY = 500; // milliseconds
const LONGEST_RETRY = 15_000;
/** Events of the browser wait so long for others: a transaction costs more than all that is in it. */
const GATHER_FOR = 50; // milliseconds

interface Held {
  segment: Segment;
  committed(): void;
}

export function createCaptures(table: SegmentTable, options: CaptureOptions): CaptureStore {
  const { instance, now, onTrouble, mostHeld = MOST_HELD, schedule = setTimeout } = options;
  let buffer: BrowserEvent[] = [];
  let count = 0;
  let writing: Promise<void> | null = null;
  let putting = 0;
  const idle: (() => void)[] = [];
  const held = new Map<string, Held[]>();
  let heldEvents = 0;
  let since: number | null = null;
  let lastError = '';
  let dropped = 0;
  let wait = FIRST_RETRY;
  let retrying = false;
  let gathering = false;

  const browserSegment = (events: BrowserEvent[], number: number): BrowserSegment => ({
    id: `browser:${instance}:${String(number).padStart(9, '0')}`,
    source: 'browser',
    events,
  });
  const trouble = (): StoreTrouble | null =>
    since === null ? null : { since, error: lastError, held: heldEvents + buffer.length, dropped };
  const gap = (from: number): BrowserEvent => ({
    type: 'gap',
    time: now(),
    from,
    to: now(),
    reason: `store-not-writing: ${lastError}`,
    lost: dropped,
  });

  function failed(error: unknown): void {
    lastError = errorName(error);
    if (since === null) {
      since = now();
      onTrouble(trouble());
    }
    if (retrying) return;
    retrying = true;
    schedule(() => void retry(), wait);
    wait = Math.min(wait * 2, LONGEST_RETRY);
  }

  async function retry(): Promise<void> {
    retrying = false;
    try {
      for (const [id, waiting] of held) {
        const { segment } = waiting[0] as Held;
        await table.put(segment);
        held.delete(id);
        heldEvents -= segment.events.length;
        for (const { committed } of waiting) committed();
      }
    } catch (error) {
      failed(error);
      return;
    }
    if (since === null) return;
    // Written with what is in the buffer: only when this commits is the trouble over.
    const told = gap(since);
    const before = since;
    since = null;
    dropped = 0;
    buffer.push(told);
    await drain();
    if (since !== null) {
      buffer = buffer.filter((event) => event !== told);
      since = before;
      dropped += told.type === 'gap' ? told.lost : 0;
      return;
    }
    wait = FIRST_RETRY;
    onTrouble(null);
  }

  function hold(segment: Segment): Promise<void> {
    return new Promise((resolve, reject) => {
      const known = held.get(segment.id);
      if (!known && heldEvents + segment.events.length > mostHeld) {
        // The relay has it still and is not answered: only if its document ends is it lost, and then its numbers show the hole.
        reject(new Error(`no room for what cannot be stored: ${lastError}`));
        return;
      }
      if (!known) heldEvents += segment.events.length;
      held.set(segment.id, [...(known ?? []), { segment, committed: resolve }]);
    });
  }

  function drain(): Promise<void> {
    writing ??= write().finally(() => {
      writing = null;
    });
    return writing;
  }

  async function write(): Promise<void> {
    if (buffer.length === 0) return;
    const events = buffer;
    buffer = [];
    try {
      await table.put(browserSegment(events, ++count));
    } catch (error) {
      buffer = [...events, ...buffer];
      failed(error);
    }
  }

  function gather(): void {
    if (gathering) return;
    gathering = true;
    schedule(() => {
      gathering = false;
      if (since !== null) return;
      if (writing) gather();
      else void drain();
    }, GATHER_FOR);
  }

  async function put(segment: Segment): Promise<void> {
    if (since !== null) return hold(segment);
    // In the same transaction.
    void drain();
    putting++;
    const failure = await table.put(segment).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    putting--;
    if (putting === 0) for (const done of idle.splice(0)) done();
    if (!failure) return;
    failed(failure.error);
    await hold(segment);
  }

  return {
    put,
    append(event) {
      if (since !== null && buffer.length >= mostHeld) {
        dropped++;
        return;
      }
      buffer.push(event);
      if (since === null) gather();
    },
    async settled() {
      while (writing || (buffer.length > 0 && since === null)) await drain();
      if (putting > 0 && since === null) await new Promise<void>((resolve) => idle.push(resolve));
    },
    async all() {
      // Where the disk cannot be read either, what is in memory is all there is.
      const stored = await table.all().catch((error: unknown) => {
        failed(error);
        return [];
      });
      const waiting = [...held.values()].map(([first]) => (first as Held).segment).filter(({ id }) => !stored.some((one) => one.id === id));
      const events = since === null ? buffer : [...buffer, gap(since)];
      return [...stored, ...waiting, ...(events.length > 0 ? [browserSegment(events, count + 1)] : [])];
    },
    async clear() {
      for (const waiting of held.values()) for (const { committed } of waiting) committed();
      held.clear();
      heldEvents = 0;
      buffer = [];
      dropped = 0;
      await table.clear();
    },
    trouble,
  };
}
