/** Cookies that browsers tell of in ways of their own: of texts that are no ASCII or no whole pair, and of downloads. */
import { beforeAll, expect, test } from 'vitest';
import { auditPages, BROWSER, html, pages, seen, shopPolicy, type PageAudit } from './audit-of.ts';

const REST = '; Path=/; Secure; Max-Age=900';

const site = pages({
  'shop.test/': html(`<script>
    document.cookie = 'half=\\ud83dx${REST}';
    document.cookie = 'whole=1${REST}';
    fetch('/sent');
  </script>`),
  'shop.test/download': html('<a id="file" href="/file" download>file</a>'),
  'shop.test/file': {
    status: 200,
    type: 'application/octet-stream',
    body: 'x',
    headers: { 'content-disposition': 'attachment' },
    setCookies: [`filed=1${REST}`],
  },
});

let run: PageAudit;
beforeAll(async () => {
  run = await auditPages(site, [{ visit: '/' }, { visit: '/download' }, { click: '#file' }, { wait: 500 }], shopPolicy());
});

test('the Cookie header names every cookie beside one that is no UTF-8', () => {
  const sent = run.audit.observations.find(({ request }) => request?.url === 'https://shop.test/sent');
  expect(run.site.log().find(({ path }) => path === '/sent')?.cookies).toEqual(['half', 'whole']);
  expect(sent?.request).toMatchObject({ sentCookies: ['half', 'whole'], hit: true });
  expect(seen(run.audit, 'cookie', 'half')).toMatchObject([{ confirmed: 'jar', rejected: null }]);
});

test('what a download sends is told, or told to be hidden', () => {
  const file = run.audit.observations.find(({ request }) => request?.url === 'https://shop.test/file');
  const [stored] = seen(run.audit, 'cookie', 'filed');
  expect(run.site.log().find(({ path }) => path === '/file')?.cookies).toEqual(['half', 'whole']);
  if (BROWSER === 'chromium')
    expect([file?.request, stored]).toMatchObject([
      { sentCookies: [], cookiesHidden: true },
      { mechanism: 'unknown', cause: null },
    ]);
  else expect([file?.request, stored]).toMatchObject([{ sentCookies: ['half', 'whole'] }, { mechanism: 'http', cause: file?.id }]);
  expect(run.audit.observations.filter(({ request }) => request?.cookiesHidden)).toHaveLength(BROWSER === 'chromium' ? 1 : 0);
});
