import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestDataKinds } from '../../../lib/catalogue/data-kinds.ts';

const kinds = (url: string, body: string | null = null): string[] =>
  requestDataKinds(new URL(url), body === null ? null : new URLSearchParams(body));

describe('requestDataKinds', () => {
  test('GA4', () => {
    const url =
      'https://www.google-analytics.com/g/collect?v=2&tid=G-A&cid=1.2&sid=3&dl=https%3A%2F%2Fa&dr=&dt=T&ul=kk&sr=1x1&uafvl=x&uam=&en=page_view&ep.x=1&_et=5';
    expect(kinds(url)).toEqual([
      'client-id',
      'custom-parameters',
      'event-name',
      'language',
      'page-title',
      'page-url',
      'screen-resolution',
      'session-id',
      'time-on-page',
      'user-agent-hints',
    ]);
  });

  test('GA4 in the body', () => {
    expect(kinds('https://send-box.com/m', 'v=2&tid=G-A&uid=7')).toEqual(['user-id']);
  });

  test("Metrica's browser-info, whose title comes last and may hold colons", () => {
    const info = encodeURIComponent('pv:1:s:1920x1080x24:z:300:la:kk:u:1700000000123456789:w:800x600:t:price: u:1:hid:2');
    expect(kinds(`https://mc.yandex.ru/watch/1?page-url=https%3A%2F%2Fa&page-ref=b&browser-info=${info}`)).toEqual([
      'client-id',
      'language',
      'page-title',
      'page-url',
      'referrer',
      'screen-resolution',
      'time-zone',
      'viewport',
    ]);
    expect(kinds(`https://mc.yandex.ru/watch/1?browser-info=${encodeURIComponent('t:hid:2:u:3')}`)).toEqual(['page-title']);
  });

  test("Metrica's newer names and its recordings", () => {
    expect(kinds('https://mc.yandex.ru/pcollect?tid=1&cid=2&sr=1x1&tz=300&_hid=9')).toEqual([
      'client-id',
      'page-view-id',
      'screen-resolution',
      'time-zone',
    ]);
    expect(kinds('https://mc.yandex.ru/webvisor/1?wmode=0')).toEqual(['session-recording']);
  });

  test('elsewhere only names that mean one thing everywhere', () => {
    expect(kinds('https://x.test/?sr=1&u=2&s=3&cid=4&toString=5&__proto__=6')).toEqual([]);
    expect(kinds('https://x.test/?Screen_Resolution=1x1&utm_source=a&email=a%40b&lang=', 'timezone=Asia')).toEqual([
      'campaign',
      'email',
      'screen-resolution',
      'time-zone',
    ]);
  });

  test('one name however it is spelled', () => {
    for (const name of ['user_id', 'userId', 'user-id', 'USERID']) expect(kinds(`https://x.test/?${name}=1`)).toEqual(['user-id']);
  });

  const SENT = { anonymousId: 'a', context: { locale: 'kk', page: { referrer: '' }, screen: { width: 1 } }, traits: [{ e_mail: 'x' }] };
  const MEANT = ['client-id', 'email', 'language', 'screen-resolution'];
  test.each([
    ['a body', '', JSON.stringify(SENT)],
    ['a line each', '', `{}\n${JSON.stringify(SENT)}\nnot JSON\n`],
    ['a parameter', `?data=${encodeURIComponent(JSON.stringify([SENT]))}`, ''],
    ['a parameter in base64', `?data=${encodeURIComponent(btoa(JSON.stringify(SENT)))}`, ''],
  ])('JSON as %s', (_how, query, body) => {
    expect(requestDataKinds(new URL(`https://x.test/${query}`), null, body)).toEqual(MEANT);
  });

  test('names in JSON that carry nothing, JSON that is none, and what is too long to be looked into', () => {
    const empty = { email: '', phone: null, userId: false, screen: {}, language: [], ['__proto__']: 1, toString: 2 };
    for (const body of [JSON.stringify(empty), '{"email":', '"email"', '[', `{"email":"${'x'.repeat(200_000)}"}`])
      expect(requestDataKinds(new URL('https://x.test/'), null, body)).toEqual([]);
    expect(kinds('https://x.test/?data=eyJ***&more=W3s')).toEqual([]);
    const deep = `${'['.repeat(20_000)}{"email":"x"}${']'.repeat(20_000)}`;
    expect(requestDataKinds(new URL('https://x.test/'), null, deep)).toEqual([]);
  });

  test('sorted, without repetition, and never a value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('email', 'lang', 'locale', 'dl', 'tid', 'v', 'browser-info'), fc.string({ minLength: 1 }))),
        (pairs) => {
          const secret = 'SECRET';
          const result = requestDataKinds(
            new URL('https://x.test/'),
            new URLSearchParams(pairs.map(([name, value]) => [name, secret + value])),
          );
          expect(result).toEqual([...new Set(result)].sort());
          expect(result.join()).not.toContain(secret);
        },
      ),
    );
  });
});
