/** Cookies whose text is no plain ASCII, or no whole pair: one write is one observation, by the name that the page itself reads. */
import { beforeAll, expect, test } from 'vitest';
import { auditPages, html, pages, seen, shopPolicy, type PageAudit } from './audit-of.ts';

const REST = '; Path=/; Secure; Max-Age=900';

const site = pages({
  'shop.test/': html(`<script>
    document.cookie = 'half=\\ud83dx${REST}';
    document.cookie = 'whole=1${REST}';
    fetch('/sent');
  </script>`),
});

let run: PageAudit;
beforeAll(async () => {
  run = await auditPages(site, [{ visit: '/' }, { wait: 300 }], shopPolicy());
});

test('the Cookie header names every cookie beside one that is no UTF-8', () => {
  const sent = run.audit.observations.find(({ request }) => request?.url === 'https://shop.test/sent');
  expect(run.site.log().find(({ path }) => path === '/sent')?.cookies).toEqual(['half', 'whole']);
  expect(sent?.request).toMatchObject({ sentCookies: ['half', 'whole'], hit: true });
  expect(seen(run.audit, 'cookie', 'half')).toMatchObject([{ confirmed: 'jar', rejected: null }]);
});
