import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestProtocol } from '../../../lib/catalogue/protocol.ts';

describe('requestProtocol', () => {
  test.each([
    ['https://www.google-analytics.com/g/collect?v=2&tid=G-ABC123&cid=1.2', undefined, 'ga4', 'G-ABC123'],
    ['https://send-box.com/any/path?v=2&tid=G-ABC123', undefined, 'ga4', 'G-ABC123'],
    ['https://send-box.com/g/collect?tid=G-ABC123', undefined, 'ga4', 'G-ABC123'],
    ['https://send-box.com/x', 'v=2&tid=G-ABC123&en=page_view', 'ga4', 'G-ABC123'],
    ['https://send-box.com/x?v=2', 'en=scroll\r\nen=click&tid=G-ABC123', 'ga4', 'G-ABC123'],
    ['https://www.google-analytics.com/j/collect?v=1&tid=UA-123-4', undefined, 'ua', 'UA-123-4'],
    ['https://mc.yandex.ru/watch/123/1?wmode=7&page-url=x', undefined, 'metrica', '123'],
    ['https://mc.yandex.ru/watch/123', undefined, 'metrica', '123'],
    ['https://send-box.com/proxy/watch/123', 'browser-info=u:1:v:2', 'metrica', '123'],
    ['https://send-box.com/clmap/9?page-url=x&charset=utf-8', undefined, 'metrica', '9'],
    ['https://mc.yandex.kz/webvisor/55?wmode=0', undefined, 'metrica', '55'],
    ['https://mc.yandex.ru/pcollect?tid=123&cid=5', undefined, 'metrica', '123'],
    ['https://www.googletagmanager.com/gtag/js?id=G-ABC', undefined, null, 'G-ABC'],
    ['https://www.googletagmanager.com/gtag/js?id=AW-1&l=dataLayer', undefined, null, 'AW-1'],
    ['https://www.googletagmanager.com/gtm.js?id=GTM-ABC', undefined, null, 'GTM-ABC'],
    ['https://mc.webvisor.org/metrika/tag_ww.js?id=123', undefined, null, '123'],
    ['https://send-box.com/watch/123', undefined, null, null],
    ['https://send-box.com/?id=G-ABC&v=2', undefined, null, null],
    ['https://send-box.com/?v=2&tid=G-<script>', undefined, null, null],
    ['https://send-box.com/gtag/js?id=%22%3E', undefined, null, null],
    ['https://send-box.com/?v=1&tid=G-ABC', undefined, null, null],
  ])('%s with body %o', (url, body, protocol, tagId) => {
    expect(requestProtocol(new URL(url), body)).toEqual({ protocol, tagId });
  });

  test('whatever the page sends, a tag id is short and plain', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.string({ unit: 'binary' }), (url, body) => {
        for (const text of [`v=2&tid=${body}`, body]) expect(requestProtocol(new URL(url), text).tagId ?? 'none').toMatch(/^[\w-]{1,64}$/);
      }),
    );
  });
});
