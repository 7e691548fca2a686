import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../lib/catalogue/index.ts';
import { hostRows } from '../../../lib/catalogue/known-trackers.ts';
import { requestProtocol } from '../../../lib/catalogue/protocol.ts';

function recipient(address: string) {
  const url = new URL(address);
  return catalogue.recipient({ host: url.hostname, path: url.pathname, ...requestProtocol(url) });
}

describe('recipient', () => {
  test.each([
    ['https://mc.yandex.ru/metrika/tag.js', 'yandex-metrica', 'analytical', false],
    ['https://mc.yandex.kz/watch/123?page-url=x&browser-info=u:1', 'yandex-metrica', 'analytical', true],
    ['https://mc.yandex.com.tr/clmap/123', 'yandex-metrica', 'analytical', true],
    ['https://mc.webvisor.org/webvisor/123?wmode=0', 'yandex-metrica', 'analytical', true],
    ['wss://mc.yandex.ru/solid.ws', 'yandex-metrica', 'analytical', true],
    ['https://www.google-analytics.com/g/collect?v=2&tid=G-ABC', 'google-analytics', 'analytical', true],
    ['https://region1.google-analytics.com/g/collect?v=2&tid=G-ABC', 'google-analytics', 'analytical', true],
    ['https://region9.analytics.google.com/g/collect', 'google-analytics', 'analytical', true],
    ['https://www.google-analytics.com/analytics.js', 'google-analytics', 'analytical', false],
    // The same protocol, but the host stands for advertising.
    ['https://stats.g.doubleclick.net/g/collect?v=2&tid=G-ABC', 'google-analytics-advertising', 'marketing', true],
    ['https://www.googletagmanager.com/gtag/js?id=G-ABC', 'google-analytics', 'analytical', false],
    ['https://www.googletagmanager.com/gtag/js?id=AW-123', 'google-tag-manager', 'functional', false],
    ['https://www.googletagmanager.com/gtm.js?id=GTM-ABC', 'google-tag-manager', 'functional', false],
    ['https://send-box.com/metrics/g/collect?v=2&tid=G-ABC', 'google-analytics', 'analytical', true],
    ['https://send-box.com/m/watch/123?browser-info=u:1', 'yandex-metrica', 'analytical', true],
    ['https://ad.doubleclick.net/activity;src=1', 'google-ads', 'marketing', true],
    ['https://www.facebook.com/tr/?id=1', 'meta-pixel', 'marketing', true],
    ['https://connect.facebook.net/ru_RU/fbevents.js', 'meta-pixel', 'marketing', false],
    ['https://vk.com/rtrg?p=1', 'vk', 'marketing', true],
    ['https://www.clarity.ms/tag/abc', 'microsoft-clarity', 'analytical', false],
    ['https://k.clarity.ms/collect', 'microsoft-clarity', 'analytical', true],
    ['https://o1.ingest.sentry.io/api/5/envelope/', 'sentry', 'functional', true],
    ['https://cdn.jsdelivr.net/npm/yandex-metrica-watch/tag.js', 'yandex-metrica', 'analytical', false],
    ['https://shop.bitrix24.kz/pub/guest.php', 'bitrix24', 'functional', true],
    ['https://us.i.posthog.com/i/v0/e/?ip=1', 'posthog', 'analytical', true],
    ['https://us-assets.i.posthog.com/static/array.js', 'posthog', 'analytical', false],
    ['https://api-js.mixpanel.com/track/?verbose=1', 'mixpanel', 'analytical', true],
    ['https://stats.example.org/any/matomo.php', 'matomo', 'analytical', true],
    ['https://stats.example.org/any/matomo.js', 'matomo', 'analytical', false],
  ])('%s', (address, id, category, hit) => {
    expect(recipient(address)).toMatchObject({ service: { id }, category, hit, confirmed: true });
  });

  test.each([
    ['https://www.facebook.com/translate', 'facebook'],
    ['https://connect.facebook.net/ru_RU/sdk.js', 'facebook'],
    ['https://vk.com/wall', 'vk'],
    ['https://cdn.jsdelivr.net/npm/other', 'jsdelivr-cdn'],
  ])('%s: on a shared host another path tells only the company', (address, id) => {
    expect(recipient(address)).toMatchObject({ service: { id }, category: null, hit: false, basis: 'third-party-web' });
  });

  test.each([
    'https://send-box.com/',
    'https://send-box.com/watch/123',
    'https://send-box.com/collect',
    'https://evilmc.yandex.ru.example/watch/1',
    'https://shop.bitrix24.evil.example/pub/guest.php',
    'https://shop.bitrix24.kz/other',
    'https://xposthog.com/e/',
    'https://localhost/',
    'https://127.0.0.1/watch/123',
    'https://constructor/',
  ])('%s is unknown', (address) => {
    expect(recipient(address)).toBeNull();
  });

  test('companies that only third-party-web knows: advertising and analytics have a category, others none', () => {
    expect(recipient('https://pixel.quantserve.com/pixel;r=1')).toMatchObject({
      category: 'analytical',
      hit: true,
      basis: 'third-party-web',
    });
    expect(recipient('https://www.outbrain.com/')).toMatchObject({ category: 'marketing', hit: false });
    expect(recipient('https://unpkg.com/collect')).toMatchObject({ service: { id: 'unpkg' }, category: null, hit: false });
  });

  test('every host of the table is known by its own path or at all', () => {
    for (const row of hostRows) {
      const host = row.host.replace(/^\*\./, 'x.').replace('region*', 'region1').replace(/\.\*$/, '.kz');
      const path = (row.paths?.[0] ?? '/').replace('<id>', '42').replaceAll('*', 'x');
      expect(catalogue.recipient({ host, path, protocol: null, tagId: null })?.category, row.host).toBe(row.category);
    }
  });

  test('no host or path makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.option(fc.string()), (host, path, protocol) => {
        catalogue.recipient({ host, path, protocol, tagId: null });
      }),
    );
  });
});
