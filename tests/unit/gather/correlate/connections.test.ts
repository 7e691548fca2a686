/** Connections that stay: who asked for them. */
import { expect, test } from 'vitest';
import { document, exchange, moment, requestsTo, sent, visit, SCRIPT } from './captures.ts';

const HIT = 'https://mc.yandex.ru/watch/1';

test('a WebSocket that waited for others to the same host is by its script, at the moment at which it is opened', () => {
  const address = 'wss://mc.yandex.ru/s';
  const handshake = (at: number, id: string) => exchange(at, id, address, { resourceType: 'websocket' });
  const page = document([
    sent(100, address, { mechanism: 'websocket', initiator: { ...SCRIPT, line: 1 } }),
    sent(110, address, { mechanism: 'websocket', initiator: { ...SCRIPT, line: 2 } }),
    sent(120, HIT),
  ]);
  const found = requestsTo(
    'mc.yandex.ru',
    [...visit(0), ...handshake(102, 'r1'), ...handshake(9000, 'r2'), ...exchange(9000, 'r3', HIT), ...handshake(9500, 'r4')],
    [page],
  );
  expect(found.map((one) => [one.request?.url, one.mechanism, one.initiator?.line, moment(one)])).toEqual([
    [address, 'websocket', 1, 100],
    [address, 'websocket', 2, 9000],
    // What nobody has to wait for is not by a script of so long ago.
    [HIT, 'xhr', undefined, 9000],
    [address, 'websocket', undefined, 9500],
  ]);
});

test('a WebTransport connection has a method of the browser’s own', () => {
  const found = requestsTo(
    'mc.yandex.ru',
    [...visit(0), ...exchange(101, 'r1', HIT, { method: 'CONNECT', resourceType: 'webtransport' })],
    [document([sent(100, HIT, { mechanism: 'webtransport' })])],
  );
  expect(found.map(({ mechanism, initiator }) => [mechanism, initiator?.url])).toEqual([['webtransport', SCRIPT.url]]);
});
