import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createQueue, type RelayPort } from '../../../../lib/gather/relay/queue.ts';
import type { Batch, DocumentHeader, FromRelay, ToRelay } from '../../../../lib/messaging/relay-protocol.ts';

const header: DocumentHeader = { document: 'd1', url: 'https://send-box.com/', origin: 'https://send-box.com', top: true, timeOrigin: 0 };

/** One connection: what was posted through it, and the background's side of it. */
class FakePort implements RelayPort {
  posted: FromRelay[] = [];
  open = true;
  private hear: ((message: unknown) => void)[] = [];
  private gone: (() => void)[] = [];
  onMessage = { addListener: (listener: (message: unknown) => void): void => void this.hear.push(listener) };
  onDisconnect = { addListener: (listener: () => void): void => void this.gone.push(listener) };

  postMessage(message: FromRelay): void {
    if (!this.open) throw new Error('Attempting to use a disconnected port object');
    this.posted.push(structuredClone(message));
  }

  say(message: ToRelay): void {
    for (const listener of this.hear) listener(message);
  }

  /** The background was stopped. Silent: the page has not been told yet. */
  close({ silent = false } = {}): void {
    this.open = false;
    if (!silent) for (const listener of this.gone) listener();
  }

  get batches(): Batch[] {
    return this.posted.filter((message) => message.type === 'batch');
  }
}

function setUp() {
  const ports: FakePort[] = [];
  const commands: ToRelay[] = [];
  let timers: (() => void)[] = [];
  let refuse = false;
  const queue = createQueue(
    header,
    (name) => {
      if (refuse) throw new Error('Extension context invalidated.');
      expect(name).toBe('relay');
      const port = new FakePort();
      ports.push(port);
      return port;
    },
    (command) => commands.push(command),
    (run) => timers.push(run),
  );
  return {
    queue,
    ports,
    commands,
    latest: (): FakePort => ports.at(-1) as FakePort,
    runTimers(): void {
      const due = timers;
      timers = [];
      for (const run of due) run();
    },
    waitingTimers: (): number => timers.length,
    refuseConnections(): void {
      refuse = true;
    },
  };
}

describe('batches', () => {
  test('wait for a timer, one for all, and say who speaks', () => {
    const { queue, ports, runTimers, latest, waitingTimers } = setUp();
    queue.push('a');
    queue.push('b');
    expect(ports).toHaveLength(0);
    expect(waitingTimers()).toBe(1);
    runTimers();
    expect(latest().posted).toEqual([
      { type: 'hello', header },
      { type: 'batch', header, first: 1, entries: ['a', 'b'], dropped: 0 },
    ]);
  });

  test('go when they are full, and count on', () => {
    const { queue, latest, runTimers } = setUp();
    for (let index = 1; index <= 450; index++) queue.push(String(index));
    runTimers();
    expect(latest().batches.map(({ first, entries }) => [first, entries.length])).toEqual([
      [1, 200],
      [201, 200],
      [401, 50],
    ]);
  });

  test('of nothing are not sent', () => {
    const { queue, ports } = setUp();
    queue.flush();
    expect(ports).toHaveLength(0);
  });

  test('go at once while the document is leaving', () => {
    const { queue, latest, waitingTimers } = setUp();
    queue.push('a');
    queue.leaving(true);
    queue.push('b');
    expect(latest().batches.map(({ entries }) => entries)).toEqual([['a'], ['b']]);
    queue.leaving(false);
    queue.push('c');
    expect(latest().batches).toHaveLength(2);
    expect(waitingTimers()).toBeGreaterThan(0);
  });

  test('that arrive at other commands pass them on', () => {
    const { queue, commands, latest } = setUp();
    queue.push('a');
    queue.flush();
    latest().say({ type: 'snapshot', request: 7 });
    expect(commands).toEqual([{ type: 'snapshot', request: 7 }]);
  });
});

describe('after a disconnect', () => {
  test('everything unacknowledged is sent again, in order, and nothing that was acknowledged', () => {
    const { queue, ports, latest, runTimers } = setUp();
    for (const entry of ['a', 'b', 'c']) {
      queue.push(entry);
      queue.flush();
    }
    latest().say({ type: 'ack', first: 2 });
    latest().close();
    runTimers();
    expect(ports).toHaveLength(2);
    expect(latest().posted[0]).toEqual({ type: 'hello', header });
    expect(latest().batches.map(({ first, entries }) => [first, entries])).toEqual([
      [1, ['a']],
      [3, ['c']],
    ]);
  });

  test('with nothing pending nobody is woken', () => {
    const { queue, ports, latest, runTimers } = setUp();
    queue.push('a');
    queue.flush();
    latest().say({ type: 'ack', first: 1 });
    latest().close();
    runTimers();
    expect(ports).toHaveLength(1);
  });

  test('the next batch connects again, and is sent once with what is pending before it', () => {
    const { queue, latest } = setUp();
    queue.push('a');
    queue.flush();
    latest().close();
    queue.push('b');
    queue.flush();
    expect(latest().batches.map(({ first }) => first)).toEqual([1, 2]);
  });

  test('in the middle of posting, nothing is lost', () => {
    const { queue, ports, latest } = setUp();
    queue.push('a');
    queue.flush();
    latest().close({ silent: true });
    queue.push('b');
    queue.flush();
    expect(ports).toHaveLength(2);
    expect(latest().batches.map(({ first, entries }) => [first, entries])).toEqual([
      [1, ['a']],
      [2, ['b']],
    ]);
  });

  test('told of an old connection, the new one stays', () => {
    const { queue, ports, runTimers } = setUp();
    queue.push('a');
    queue.flush();
    queue.reconnect();
    expect(ports).toHaveLength(2);
    ports[0]?.close();
    runTimers();
    queue.push('b');
    queue.flush();
    expect(ports).toHaveLength(2);
  });

  test('an acknowledgement that comes twice does no harm', () => {
    const { queue, latest, runTimers } = setUp();
    queue.push('a');
    queue.flush();
    latest().say({ type: 'ack', first: 1 });
    latest().say({ type: 'ack', first: 1 });
    queue.push('b');
    queue.flush();
    latest().close();
    runTimers();
    expect(latest().batches.map(({ first }) => first)).toEqual([2]);
  });
});

describe('at the limits', () => {
  test('what does not fit is counted, and told with the next batch that is sent', () => {
    const { queue, ports, latest } = setUp();
    const most = 200_000;
    for (let index = 0; index < most + 7; index++) queue.push('x');
    for (const { first } of [...latest().batches]) latest().say({ type: 'ack', first });
    queue.push('y');
    queue.flush();
    const [told, ...more] = latest().batches.filter(({ dropped }) => dropped > 0);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ first: most + 1, entries: ['y'], dropped: 7 });
    expect(ports).toHaveLength(1);
  });

  test('an extension that is gone is not asked again', () => {
    const { queue, ports, refuseConnections, runTimers } = setUp();
    refuseConnections();
    queue.push('a');
    runTimers();
    queue.push('b');
    runTimers();
    expect(ports).toHaveLength(0);
  });

  test('after a stop nothing is sent', () => {
    const { queue, ports, runTimers } = setUp();
    queue.push('a');
    queue.stop();
    queue.push('b');
    runTimers();
    expect(ports).toHaveLength(0);
  });
});

describe('whatever happens in between', () => {
  const happening = fc.oneof(
    { weight: 6, arbitrary: fc.constant('push' as const) },
    { weight: 3, arbitrary: fc.constant('timers' as const) },
    { weight: 3, arbitrary: fc.constant('store' as const) },
    { weight: 1, arbitrary: fc.constantFrom('stop-loudly', 'stop-silently', 'flush', 'reconnect', 'leaving', 'staying') },
  );

  test('everything is delivered at least once, after removing doubles exactly once and in order', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 300 }), fc.infiniteStream(fc.boolean()), (story, luck) => {
        const { queue, ports, runTimers } = setUp();
        const stored = new Map<number, string[]>();
        const taken = new Map<FakePort, number>();
        let pushed = 0;
        /** The background stores what has arrived on a living port, and acknowledges some of it. */
        const store = (alwaysAcknowledge: boolean): void => {
          for (const port of ports) {
            if (!port.open) continue;
            for (const { first, entries } of port.batches.slice(taken.get(port) ?? 0)) {
              stored.set(first, entries);
              if (alwaysAcknowledge || luck.next().value) port.say({ type: 'ack', first });
            }
            taken.set(port, port.batches.length);
          }
        };
        for (const event of story) {
          if (event === 'push') queue.push(String(++pushed));
          else if (event === 'timers') runTimers();
          else if (event === 'store') store(false);
          else if (event === 'flush') queue.flush();
          else if (event === 'reconnect') queue.reconnect();
          else if (event === 'leaving') queue.leaving(true);
          else if (event === 'staying') queue.leaving(false);
          else ports.at(-1)?.close({ silent: event === 'stop-silently' });
        }
        // In the end the background lives.
        queue.flush();
        queue.reconnect();
        store(true);
        const delivered = [...stored].sort(([a], [b]) => a - b).flatMap(([, entries]) => entries);
        expect(delivered).toEqual(Array.from({ length: pushed }, (_, index) => String(index + 1)));
        for (const [first, entries] of stored) expect(entries[0]).toBe(String(first));
      }),
      { seed: 20_251_008, numRuns: 300 },
    );
  });
});
