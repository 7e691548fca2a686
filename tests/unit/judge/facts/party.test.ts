import { expect, test } from 'vitest';
import { hostOf, partyLookup } from '../../../../lib/judge/facts/party.ts';
import { bundledPolicy } from '../../../../lib/policy/bundled/index.ts';
import { normalisePolicy } from '../../../../lib/policy/normalise.ts';

const partyOf = partyLookup(normalisePolicy(bundledPolicy, { sites: ['staging.example'] }));

test.each([
  ['send-box.com', 'https://send-box.com/', 'first'],
  ['cdn.send-box.com', 'https://send-box.com/', 'first'],
  ['send-box.com', 'https://elsewhere.kz/', 'first'],
  ['staging.example', 'https://elsewhere.kz/', 'first'],
  ['mc.yandex.ru', 'https://send-box.com/', 'third'],
  ['a.shop.co.uk', 'https://b.shop.co.uk/', 'first'],
  ['other.co.uk', 'https://shop.co.uk/', 'third'],
  ['one.github.io', 'https://two.github.io/', 'third'],
  ['127.0.0.1', 'http://127.0.0.1:8080/', 'first'],
  ['127.0.0.2', 'http://127.0.0.1:8080/', 'third'],
  ['::1', 'http://[::1]/', 'first'],
  ['localhost', 'http://localhost/', 'first'],
  ['notsend-box.com', 'https://send-box.com/', 'third'],
  ['mc.yandex.ru', 'about:blank', 'third'],
])('%s on %s is %s', (host, page, party) => {
  expect(partyOf(host, page)).toBe(party);
});

test('hostOf gives null where there is no host', () => {
  expect([hostOf(null), hostOf('nonsense'), hostOf('data:,x'), hostOf('https://A.kz/x')]).toEqual([null, null, null, 'a.kz']);
});
