import { expect, test } from 'vitest';
import { createQueue, MOST } from '../../../../lib/gather/relay/queue.ts';
import type { Batch, FromRelay } from '../../../../lib/messaging/relay-protocol.ts';
import { headerOf } from './header.ts';

/** A queue without a background that answers, and what it sends. */
function setUp() {
  const batches: Batch[] = [];
  const port = {
    postMessage: (message: FromRelay) => void (message.type === 'batch' && batches.push(message)),
    onMessage: { addListener: () => undefined },
    onDisconnect: { addListener: () => undefined },
    disconnect: () => undefined,
  };
  const header = headerOf({ document: 'd1', url: 'https://shop.test/', origin: 'https://shop.test' });
  const queue = createQueue(
    header,
    () => port,
    () => undefined,
    () => undefined,
    () => 0,
  );
  return { queue, batches };
}

test('a flood of a million claims is counted beyond its limit, and pushes out nothing that the relay saw itself', () => {
  const { queue, batches } = setUp();
  for (let index = 0; index < 1_000_000; index++) {
    queue.push('claim', 'claim');
    if (index % 100_000 === 0) queue.push('click');
  }
  queue.flush();
  queue.push('last');
  queue.flush();
  const entries = batches.flatMap((batch) => batch.entries);
  expect(entries.filter((entry) => entry === 'claim')).toHaveLength(MOST.claim);
  expect(entries.filter((entry) => entry === 'click')).toHaveLength(10);
  expect(batches.reduce((sum, batch) => sum + batch.dropped, 0)).toBe(1_000_000 - MOST.claim);
  // Each batch is stored under the number of its first entry: two of one number would be one.
  expect(new Set(batches.map(({ first }) => first)).size).toBe(batches.length);
});

test('a page that gives itself new addresses without end is told of up to its limit, whatever it claims', () => {
  const { queue, batches } = setUp();
  for (let index = 0; index < 2 * MOST.route; index++) {
    queue.push('route', 'route');
    queue.push('claim', 'claim');
  }
  queue.flush();
  const entries = batches.flatMap((batch) => batch.entries);
  expect(entries.filter((entry) => entry === 'route')).toHaveLength(MOST.route);
  expect(entries.filter((entry) => entry === 'claim')).toHaveLength(2 * MOST.route);
  expect(batches.reduce((sum, batch) => sum + batch.dropped, 0)).toBe(MOST.route);
});
