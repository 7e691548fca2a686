/** Runs in the background of an extension of its own: how much the store takes, with the project's own code. */
import { createDigester } from '../../lib/gather/browser/digest.ts';
import { segmentOf } from '../../lib/gather/browser/documents.ts';
import type { Batch } from '../../lib/messaging/relay-protocol.ts';
import type { DocumentRef, DocumentSegment, Segment } from '../../lib/model/capture.ts';
import { createCaptures } from '../../lib/store/captures.ts';
import { openDisk } from '../../lib/store/database.ts';
import { headerOf } from '../unit/gather/relay/header.ts';

const BATCH = 200;
/** As many batches are under way at once: relays do not wait for one another. */
const AT_ONCE = 8;

const ref: DocumentRef = {
  document: 'bench',
  tab: 1,
  frame: 0,
  documentId: 'D',
  url: 'https://bench.test/',
  origin: 'https://bench.test',
  top: true,
};
const digester = createDigester(new Uint8Array(32).fill(7), () => false);
/** Each event from a place of its own: what is remembered of stacks that come again must not flatter the figures. */
const stackOf = (line: number): string =>
  `Error\n${Array.from({ length: 8 }, (_, index) => `    at f${index} (https://cdn.bench.test/tag.js:${line + index}:20)`).join('\n')}`;

function batch(index: number): Batch {
  const first = index * BATCH + 1;
  return {
    type: 'batch',
    header: headerOf({ document: 'bench', url: ref.url, origin: ref.origin }),
    first,
    entries: Array.from({ length: BATCH }, (_, at) => {
      const text = `c${(first + at) % 40}=GA1.1.${first + at}.1700000000; Secure; Max-Age=63072000; SameSite=Lax`;
      return JSON.stringify({
        claim: { type: 'cookie', time: 1_700_000_000_000 + at, text, stack: stackOf(first + at) },
        task: first + at,
      });
    }),
    behind: 0,
    dropped: 0,
  };
}

const segment = (one: Batch): DocumentSegment => segmentOf(one, ref, digester, 1_700_000_000_000);

async function pipelined<T>(items: T[], act: (item: T) => Promise<unknown>): Promise<number> {
  const before = performance.now();
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of waiting) await act(item);
    }),
  );
  return (performance.now() - before) / 1000;
}

const eventsIn = (segments: Segment[]): number =>
  new Set(segments.flatMap(({ events }) => events.map((event) => ('seq' in event ? event.seq : -1)))).size;

export interface Rate {
  eventsPerSecond: number;
  expected: number;
  stored: number;
}

function withStore(durability: 'relaxed' | 'strict') {
  const disk = openDisk(() => undefined, durability);
  return { disk, captures: createCaptures(disk, { instance: 'bench', now: Date.now, onTrouble: () => undefined }) };
}

const bench = {
  /** Segments that are made already: the store alone. */
  async store(durability: 'relaxed' | 'strict', events: number): Promise<Rate> {
    const { captures } = withStore(durability);
    const segments = Array.from({ length: events / BATCH }, (_, index) => segment(batch(index)));
    await captures.clear();
    const seconds = await pipelined(segments, captures.put);
    return { eventsPerSecond: events / seconds, expected: events, stored: eventsIn(await captures.all()) };
  },
  /** From what a relay sends to what is stored: shapes checked, stacks read, values digested. */
  async whole(events: number): Promise<Rate> {
    const { captures } = withStore('relaxed');
    const batches = Array.from({ length: events / BATCH }, (_, index) => batch(index));
    await captures.clear();
    const seconds = await pipelined(batches, (one) => captures.put(segment(one)));
    return { eventsPerSecond: events / seconds, expected: events, stored: eventsIn(await captures.all()) };
  },
  /** The peer: the same segments by IndexedDB as it is. */
  async raw(durability: 'relaxed' | 'strict', events: number): Promise<Rate> {
    const segments = Array.from({ length: events / BATCH }, (_, index) => segment(batch(index)));
    indexedDB.deleteDatabase('raw');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('raw', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('segments', { keyPath: 'id' });
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error ?? new Error('not opened'));
    });
    const seconds = await pipelined(
      segments,
      (one) =>
        new Promise<void>((resolve, reject) => {
          const transaction = database.transaction('segments', 'readwrite', { durability });
          transaction.objectStore('segments').put(one);
          transaction.oncomplete = () => resolve();
          transaction.onerror = () => reject(transaction.error ?? new Error('not stored'));
        }),
    );
    const all = await new Promise<Segment[]>((resolve) => {
      const asked = database.transaction('segments').objectStore('segments').getAll();
      asked.onsuccess = () => resolve(asked.result as Segment[]);
    });
    database.close();
    return { eventsPerSecond: events / seconds, expected: events, stored: eventsIn(all) };
  },
};

export type StoreBench = typeof bench;
Object.assign(globalThis, { bench });
