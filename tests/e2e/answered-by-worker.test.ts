/** Navigations that a service worker answers, against the server's log. */
import { expect, test } from 'vitest';
import { auditPages, BROWSER, html, pages, script, shopPolicy } from './audit-of.ts';

/** Chromium registers none for a server whose certificate it knows to be bad. */
const TRUSTING = BROWSER === 'chromium' ? ['--browser-arg=--ignore-certificate-errors'] : [];

test("a service worker's request for a page belongs to the page that it answers", async () => {
  const { audit, site } = await auditPages(
    pages({
      'shop.test/app/': html(`<script>navigator.serviceWorker.register('worker.js')</script>`),
      'shop.test/app/worker.js': script(`
        oninstall = () => skipWaiting();
        onfetch = (event) => event.respondWith(fetch(event.request));`),
      'shop.test/other': html('<p>other</p>'),
    }),
    [{ visit: '/app/' }, { wait: 500 }, { visit: '/other' }, { visit: '/app/' }],
    shopPolicy(),
    undefined,
    TRUSTING,
  );
  const url = 'https://shop.test/app/';
  expect(site.log().filter(({ path }) => path === '/app/')).toHaveLength(2);
  const told = audit.observations.filter(({ request }) => request?.url === url && !request.internal);
  expect(told.map(({ visit, page, request }) => [visit, page, request?.type])).toEqual([
    ['v1', url, 'main_frame'],
    ['v3', url, 'xmlhttprequest'],
  ]);
});
