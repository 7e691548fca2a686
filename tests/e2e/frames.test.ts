/** Frames of other sites within an audited page, and everything else on the web left alone. */
import { expect, test } from 'vitest';
import { auditPages, found, html, pages, seen, shopPolicy } from './audit-of.ts';

const WIDGET = html(`<body><script>
  document.cookie = 'widget=1; Secure; SameSite=None; Max-Age=1000';
  localStorage.setItem('widget-id', 'w'); localStorage.direct = 'x';
  fetch('https://api.widget.test/hit', { method: 'POST', body: 'x' });
</script>`);

test('a third-party frame is watched from its first script on, also on the very first visit', async () => {
  const host = pages({
    'shop.test/': html(
      '<body><iframe src="https://widget.test/frame"></iframe><iframe srcdoc="<script>localStorage.inner=1;document.cookie=\'srcdoc=1;Secure\'</script>"></iframe>',
    ),
    'widget.test/frame': { ...WIDGET, setCookies: ['server=1; Secure; SameSite=None; Max-Age=500'] },
  });
  const { audit } = await auditPages(host, [{ visit: '/' }], shopPolicy());
  expect(seen(audit, 'cookie', 'widget')[0]).toMatchObject({
    mechanism: 'document.cookie',
    confirmed: 'jar',
    party: 'third',
    host: 'widget.test',
    frame: 'https://widget.test/frame',
  });
  expect(seen(audit, 'cookie', 'server')[0]).toMatchObject({ mechanism: 'http', party: 'third' });
  for (const name of ['widget-id', 'direct'])
    expect(seen(audit, 'localStorage', name)[0], name).toMatchObject({ party: 'third', host: 'widget.test', confirmed: 'snapshot' });
  expect(seen(audit, 'localStorage', 'inner')[0]).toMatchObject({ party: 'first', mechanism: 'property' });
  expect(seen(audit, 'cookie', 'srcdoc')[0]).toMatchObject({ party: 'first', confirmed: 'jar' });
  expect(
    found(audit, 'undeclared-recipient')
      .map((finding) => finding.host)
      .sort(),
  ).toEqual(['api.widget.test', 'widget.test']);
  expect(audit.gaps).toEqual([]);
});

test('pages of other sites are not recorded', async () => {
  const host = pages({
    'shop.test/': html('<a id="out" href="https://elsewhere.test/">out</a>'),
    'elsewhere.test/': html(`<script>document.cookie = 'other=1'; localStorage.other = 1; fetch('https://third.test/x');</script>`),
  });
  const { audit } = await auditPages(host, [{ visit: '/' }, { click: '#out' }], shopPolicy());
  expect(audit.observations.filter(({ host: at }) => at !== 'shop.test')).toEqual([]);
  expect(audit.site.pages.map(({ url }) => url)).toEqual(['https://shop.test/']);
});

test('redirects through trackers, http steps and cookies of each hop', async () => {
  const host = pages({
    'shop.test/': html('<img src="https://mc.yandex.ru/sync">'),
    'mc.yandex.ru/sync': {
      status: 302,
      type: 'text/plain',
      body: '',
      headers: { location: 'https://ads.partner.test/match' },
      setCookies: ['yandexuid=123456789012345678; Max-Age=315360000; Secure; SameSite=None; Domain=yandex.ru'],
    },
    'ads.partner.test/match': { status: 200, type: 'image/gif', body: '', setCookies: ['pid=9; Max-Age=100; Secure; SameSite=None'] },
  });
  const { audit } = await auditPages(host, [{ visit: '/' }], shopPolicy());
  const hop = audit.observations.find(({ request }) => request?.url === 'https://ads.partner.test/match');
  expect(hop?.request).toMatchObject({ redirectedFrom: 'https://mc.yandex.ru/sync' });
  expect(seen(audit, 'cookie', 'yandexuid')[0]).toMatchObject({
    host: 'yandex.ru',
    service: 'yandex-metrica',
    cookie: { asked: 315_360_000 },
  });
  expect(found(audit, 'stored-before-choice', 'pid')).toMatchObject([{ level: 'warning', host: 'ads.partner.test', party: 'third' }]);
});

test('whatever a page has loaded, by any means, is seen as what it is', async () => {
  const host = pages({
    'shop.test/': html(`<img srcset="https://srcset.test/a.png 1x"><link rel="preload" as="script" href="https://preload.test/p.js">
      <link rel="prefetch" href="https://prefetch.test/p.js"><video src="https://video.test/v.mp4"></video><script>
      fetch('https://keepalive.test/k', { method: 'POST', keepalive: true, mode: 'no-cors', body: 'x' });
      navigator.sendBeacon('https://beacon.test/b'); new EventSource('https://events.test/e');</script>`),
  });
  const { audit } = await auditPages(host, [{ visit: '/' }, { wait: 500 }], shopPolicy());
  const mechanisms = new Map(audit.observations.filter(({ kind }) => kind === 'request').map((o) => [o.host, o.mechanism]));
  mechanisms.delete('shop.test');
  expect(Object.fromEntries(mechanisms)).toEqual({
    'srcset.test': 'image',
    'preload.test': 'script',
    'prefetch.test': 'other',
    'video.test': 'media',
    'keepalive.test': 'fetch',
    'beacon.test': 'beacon',
    'events.test': 'event-source',
  });
});
