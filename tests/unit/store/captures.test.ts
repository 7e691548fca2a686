import { describe, expect, test } from 'vitest';
import type { BrowserEvent, DocumentSegment, Segment } from '../../../lib/model/capture.ts';
import { createCaptures, type StoreTrouble } from '../../../lib/store/captures.ts';

const event = (time: number): BrowserEvent => ({ type: 'background-start', time });
const segment = (id: string, events = 1): DocumentSegment => ({
  id,
  source: 'document',
  ref: { document: 'd', tab: 1, frame: 0, documentId: 'D', url: 'https://send-box.com/', origin: 'https://send-box.com', top: true },
  events: Array.from({ length: events }, (_, index) => ({ type: 'canary', seq: index + 1, task: 1, time: index })),
  dropped: 0,
  invalid: 0,
});

/** A table on a disk that may be full, and a store over it whose timers run when the test says so. */
function setUp(mostHeld = 100) {
  const rows = new Map<string, Segment>();
  const disk = { full: false };
  const told: (StoreTrouble | null)[] = [];
  let timers: (() => void)[] = [];
  let clock = 1000;
  const store = createCaptures(
    {
      put: async (one) => {
        if (disk.full) throw new DOMException('no room', 'QuotaExceededError');
        rows.set(one.id, structuredClone(one));
      },
      all: async () => [...rows.values()],
      clear: async () => rows.clear(),
    },
    { instance: 'i', now: () => clock++, onTrouble: (trouble) => told.push(trouble), mostHeld, schedule: (run) => timers.push(run) },
  );
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return {
    store,
    rows,
    disk,
    told,
    settle,
    async runTimers() {
      for (const run of timers.splice(0)) run();
      timers = [];
      await settle();
    },
    events: async (): Promise<BrowserEvent[]> => (await store.all()).flatMap((one) => (one.source === 'browser' ? one.events : [])),
  };
}

describe('while all is well', () => {
  test('events are written in order, and together while a write is under way', async () => {
    const { store, rows, events } = setUp();
    for (let time = 1; time <= 5; time++) store.append(event(time));
    await store.settled();
    expect((await events()).map(({ time }) => time)).toEqual([1, 2, 3, 4, 5]);
    expect(rows.size).toBeLessThanOrEqual(2);
    expect(store.trouble()).toBeNull();
  });

  test('events wait for one another, and go with a batch of a document', async () => {
    const { store, rows, runTimers, settle } = setUp();
    store.append(event(1));
    store.append(event(2));
    await settle();
    expect(rows.size).toBe(0);
    await runTimers();
    expect([...rows.values()].map(({ events }) => events.length)).toEqual([2]);
    store.append(event(3));
    await store.put(segment('a'));
    expect([...rows.keys()]).toEqual(['browser:i:000000001', 'browser:i:000000002', 'a']);
  });

  test('settled waits for documents too', async () => {
    const { store, rows } = setUp();
    void store.put(segment('a'));
    await store.settled();
    expect([...rows.keys()]).toEqual(['a']);
  });

  test('clearing forgets everything', async () => {
    const { store } = setUp();
    await store.put(segment('a'));
    store.append(event(1));
    await store.settled();
    await store.clear();
    expect(await store.all()).toEqual([]);
  });
});

describe('when the disk is full', () => {
  test('everything is held, readable, and not acknowledged; a gap says so', async () => {
    const { store, disk, told, settle, events } = setUp();
    disk.full = true;
    store.append(event(1));
    await store.settled();
    let acknowledged = false;
    void store.put(segment('a', 3)).then(() => (acknowledged = true));
    store.append(event(2));
    await settle();
    expect(acknowledged).toBe(false);
    expect(store.trouble()).toMatchObject({ error: 'QuotaExceededError', held: 5, dropped: 0 });
    expect(told).toHaveLength(1);
    expect((await store.all()).map(({ id }) => id)).toContain('a');
    expect((await events()).map((one) => (one.type === 'gap' ? one.reason : one.time))).toEqual([
      1,
      2,
      'store-not-writing: QuotaExceededError',
    ]);
  });

  test('what was held is written and acknowledged when there is room again, with one gap', async () => {
    const { store, disk, told, runTimers, rows, settle } = setUp();
    disk.full = true;
    store.append(event(1));
    await settle();
    let acknowledged = 0;
    void store.put(segment('a')).then(() => acknowledged++);
    // Sent again by its relay, as after a reconnect.
    void store.put(segment('a')).then(() => acknowledged++);
    await runTimers();
    expect(acknowledged).toBe(0);
    disk.full = false;
    await runTimers();
    expect(acknowledged).toBe(2);
    expect(store.trouble()).toBeNull();
    expect(told.at(-1)).toBeNull();
    const stored = [...rows.values()].flatMap((one) => (one.source === 'browser' ? one.events : []));
    expect(stored.map(({ type }) => type)).toEqual(['background-start', 'gap']);
    expect(stored[1]).toMatchObject({ lost: 0, from: 1000 });
    store.append(event(9));
    await store.settled();
    expect([...rows.values()].reduce((sum, one) => sum + one.events.length, 0)).toBe(4);
  });

  test('what the memory has no room for is counted, and told in the gap', async () => {
    const { store, disk, runTimers, events } = setUp(10);
    disk.full = true;
    for (let time = 1; time <= 14; time++) {
      store.append(event(time));
      await store.settled();
    }
    expect(store.trouble()).toMatchObject({ held: 10, dropped: 4 });
    await expect(store.put(segment('big', 11))).rejects.toThrow(/no room/);
    expect((await events()).at(-1)).toMatchObject({ type: 'gap', lost: 4 });
    disk.full = false;
    await runTimers();
    expect((await events()).filter(({ type }) => type === 'gap')).toMatchObject([{ lost: 4 }]);
    expect(store.trouble()).toBeNull();
  });
});
