import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FakePort } from './fake-port.ts';
import { setUp } from './fake-port.ts';

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
          else if (event === 'reconnect') queue.comeBack();
          else if (event === 'leaving') queue.leave(false);
          else if (event === 'staying') queue.comeBack();
          else ports.at(-1)?.close({ silent: event === 'stop-silently' });
        }
        // In the end the background lives.
        queue.flush();
        queue.comeBack();
        store(true);
        const delivered = [...stored].sort(([a], [b]) => a - b).flatMap(([, entries]) => entries);
        expect(delivered).toEqual(Array.from({ length: pushed }, (_, index) => String(index + 1)));
        for (const [first, entries] of stored) expect(entries[0]).toBe(String(first));
      }),
      { seed: 20_251_008, numRuns: 300 },
    );
  });
});
