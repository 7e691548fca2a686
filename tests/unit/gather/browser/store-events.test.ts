import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDigester } from '../../../../lib/gather/browser/digest.ts';
import { segmentOf } from '../../../../lib/gather/browser/documents.ts';
import type { Batch } from '../../../../lib/messaging/relay-protocol.ts';
import { headerOf } from '../relay/header.ts';
import { ref } from '../correlate/captures.ts';

const NOW = Date.parse('2026-11-02T10:00:00.000Z');
const digester = createDigester(new Uint8Array(32).fill(1), () => true);
const SECRET = 'Zk81mQ0v7TtX2pLw93Ha';

/** As the relay passes it on: what the hooks claim, or what it found itself. */
function told(event: object) {
  const isClaim = !('type' in event && (event.type === 'store-snapshot' || event.type === 'store-unanswered'));
  const header = headerOf({ document: 'd1', url: '', origin: '' });
  const batch: Batch = {
    type: 'batch',
    header,
    first: 1,
    entries: [JSON.stringify(isClaim ? { claim: event, task: 1 } : { task: 1, event })],
    behind: 0,
    dropped: 0,
  };
  return segmentOf(batch, ref(), digester, NOW);
}

const claim = {
  type: 'store',
  time: NOW,
  stack: 'Error\n    at f (https://mc.yandex.ru/tag.js:1:2)',
  kind: 'indexedDB',
  action: 'set',
  operation: 'put',
  name: 'db',
  store: 's',
  key: null,
  value: null,
  length: 0,
  write: 1,
  times: 1,
  since: null,
};

test.each([
  [null, null],
  ['AbortError', 'transaction-aborted'],
  ['ConstraintError', 'call-failed'],
  ['', 'call-failed'],
  // A page that speaks for the hooks names no reasons of its own.
  ['because', 'call-failed'],
])('a write that ended with %j is refused for the reason %j', (refused, reason) => {
  expect(told({ type: 'store-settled', time: NOW, kind: 'indexedDB', writes: [1], refused }).events).toMatchObject([
    { writes: [1], refused: reason },
  ]);
});

describe('a claim', () => {
  test('is captured with digests in place of texts', () => {
    const { events, invalid } = told({ ...claim, value: SECRET, length: SECRET.length });
    expect(invalid).toBe(0);
    expect(events).toMatchObject([{ type: 'store', name: 'db', store: 's', initiator: { url: 'https://mc.yandex.ru/tag.js' } }]);
    expect(events[0]).toMatchObject({ value: { length: SECRET.length, parts: [expect.any(String)] } });
    expect(JSON.stringify(events)).not.toContain(SECRET);
  });

  test('never makes a record of consent of a whole database', () => {
    const record = JSON.stringify({ categories: ['analytics'], consentTimestamp: '2026-01-01T00:00:00.000Z' });
    expect(told({ ...claim, key: 'cc_cookie', value: record, length: record.length }).events[0]).toMatchObject({ value: { record: null } });
  });

  test.each([
    ['indexedDB', 'state', 'state'],
    ['indexedDB', 'user/ann@example.com', 'user/[e-mail]'],
    ['indexedDB', '900101300123', '[iin]'],
    ['indexedDB', 'abcdef0123456789abcdef0123456789', '[token]'],
    ['indexedDB', 'lone\ud800', 'lone\ufffd'],
    ['cacheStorage', 'https://shop.test/p/ann@example.com?secret=1#x', 'https://shop.test/p/[e-mail]'],
  ])('of %s tells the key %j as %j', (kind, key, cleaned) => {
    expect(told({ ...claim, kind, key }).events[0]).toMatchObject({ key: cleaned });
  });

  test('keeps an ill-formed name apart from a well-formed one', () => {
    expect(told({ ...claim, name: 'a\udc00' }).events[0]).toMatchObject({ name: 'a\ufffd', rawName: 'a\\udc00' });
  });
});

describe('what is not of the agreed shape is counted as such', () => {
  test.each([
    ['another kind', { kind: 'cookie' }],
    ['another action', { action: 'present' }],
    ['a huge name', { name: 'n'.repeat(5000) }],
    ['a huge value', { value: 'v'.repeat(5000) }],
    ['no write at all', { times: 0 }],
    ['half a write', { times: 1.5 }],
    ['a time without end', { since: 'x' }],
  ])('%s', (_, wrong) => {
    expect(told({ ...claim, ...wrong })).toMatchObject({ events: [], invalid: 1 });
  });

  test('whatever a page sends, it does not throw', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(claim)), fc.jsonValue()), (part) => {
        const { events, invalid } = told({ ...claim, ...part });
        expect(events.length + invalid).toBe(1);
      }),
      { examples: [[{ type: { toString: false } }]] },
    );
  });
});
