import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanUrl, hostOf } from '../../../lib/gather/url.ts';

describe('what URLs lose', () => {
  test.each([
    ['query and fragment', 'https://send-box.com/kk/?phone=77071234567#top', 'https://send-box.com/kk/'],
    ['credentials', 'https://user:secret@send-box.com/', 'https://send-box.com/'],
    ['an e-mail address in the path', 'https://a.kz/u/aigerim@mail.kz/orders', 'https://a.kz/u/[e-mail]/orders'],
    ['an encoded e-mail address', 'https://a.kz/u/aigerim%40mail.kz', 'https://a.kz/u/[e-mail]'],
    ['an IIN', 'https://a.kz/person/880101300123/', 'https://a.kz/person/[iin]/'],
    ['a UUID', 'https://a.kz/s/123e4567-e89b-12d3-a456-426614174000', 'https://a.kz/s/[token]'],
    ['a hash', 'https://a.kz/s/d41d8cd98f00b204e9800998ecf8427e', 'https://a.kz/s/[token]'],
    ['a signed token', 'https://a.kz/t/eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'https://a.kz/t/[token]'],
    ['the text of a data URL', 'data:text/html,secret', 'data:…'],
    ['the id of a blob', 'blob:https://a.kz/123e4567-e89b-12d3-a456-426614174000', 'blob:…'],
  ])('%s', (_what, url, clean) => {
    expect(cleanUrl(url)).toBe(clean);
  });
});

describe('what URLs keep', () => {
  test.each([
    'https://www.googletagmanager.com/gtag/js',
    'https://send-box.com/kk/kupiya-sayasaty-2025',
    'https://send-box.com/news/2026/11/02/cookie-consent-and-what-it-means-for-you',
    'https://cdn.jsdelivr.net/npm/vanilla-cookieconsent@3.1.0/dist/cookieconsent.umd.js',
    'https://send-box.com/_app/immutable/entry/start.3f2a9b1c8d7e6f5a4b3c2d1e.js',
    'https://mc.yandex.ru/watch/12345678',
    'https://a.kz/order/12345678901',
    'https://a.kz:8443/x',
    'wss://a.kz/socket',
    'chrome-extension://abcdefghijklmnop/popup.html',
    'about:blank',
  ])('%s', (url) => {
    expect(cleanUrl(url)).toBe(url);
  });

  test('a path in Kazakh, as it is written', () => {
    const url = new URL('https://send-box.com/байланыс-орталығы-және-көмек').href;
    expect(cleanUrl(url)).toBe(url);
  });
});

test('what is no URL is cut at query or fragment, and in length', () => {
  expect(cleanUrl('/watch/1?token=1')).toBe('/watch/1');
  expect(cleanUrl('<anonymous>')).toBe('<anonymous>');
  expect(cleanUrl('x'.repeat(10_000))).toHaveLength(500);
  expect(cleanUrl(`https://a.kz/${'x/'.repeat(5000)}`)).toHaveLength(2000);
  expect(cleanUrl('https://a.kz/%ff%fe')).toBe('https://a.kz/%ff%fe');
});

test('no query ever comes through', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      expect(cleanUrl(url)).not.toMatch(/[?#]/);
    }),
  );
});

test.each([
  ['https://WWW.Send-Box.com:8443/x', 'www.send-box.com'],
  ['https://[::1]:8443/', '::1'],
  ['null', ''],
  ['about:blank', ''],
  ['', ''],
])('the host of %j is %j', (url, host) => {
  expect(hostOf(url)).toBe(host);
});
