import { expect, test } from 'vitest';
import { requestsIn } from '../../../../lib/gather/relay/cache-additions.ts';

const claim = (more: object): string =>
  JSON.stringify({
    type: 'store',
    kind: 'cacheStorage',
    action: 'set',
    operation: 'add',
    name: 'c',
    key: 'https://a.kz/x',
    time: 5,
    stack: 'at x',
    ...more,
  });

test.each(['add', 'addAll'])('%s asks for what it stores', (operation) => {
  expect(requestsIn(claim({ operation })).map((one) => JSON.parse(one) as unknown)).toEqual([
    { type: 'send', mechanism: 'fetch', url: 'https://a.kz/x', method: 'GET', time: 5, stack: 'at x' },
  ]);
});

test.each([{ operation: 'put' }, { kind: 'indexedDB' }, { key: null }, { type: 'cookie' }])('%j asks for nothing', (more) => {
  expect(requestsIn(claim(more))).toEqual([]);
});
