/** Pages that speculation rules have Chromium fetch before they are visited, against the server's log. Firefox has none. */
import { expect, test } from 'vitest';
import { auditPages, html, pages, shopPolicy } from './audit-of.ts';

test('a page that is fetched beforehand is told once, where it was asked for', async () => {
  const urls = JSON.stringify(['/next', 'https://other.test/page']);
  const { audit, site } = await auditPages(
    pages({
      'shop.test/': html(`<a href="/next">next</a>
        <script type="speculationrules">{"prefetch":[{"urls":${urls},"eagerness":"immediate"}]}</script>`),
      'shop.test/next': { ...html('<p>next</p>'), setCookies: ['next=1; Path=/'], headers: { 'cache-control': 'max-age=60' } },
      'other.test/page': { ...html('<p>other</p>'), setCookies: ['other=1; Path=/'] },
    }),
    [{ visit: '/' }, { wait: 300 }, { click: 'a' }],
    shopPolicy(),
    undefined,
    // It fetches nothing beforehand of a server whose certificate it knows to be bad.
    ['--browser-arg=--ignore-certificate-errors'],
    'chromium',
  );
  const asked = site.log().map(({ host, path }) => `https://${host}${path}`);
  const ahead = ['https://shop.test/next', 'https://other.test/page'];
  expect(ahead.map((url) => asked.filter((one) => one === url).length)).toEqual([1, 1]);
  const told = (internal: boolean) =>
    audit.observations
      .filter(({ request }) => ahead.includes(request?.url ?? '') && request?.internal === internal)
      .map(({ visit, request }) => `${visit} ${request?.url}`)
      .sort();
  expect([audit.run.visits.map(({ url }) => url), audit.gaps]).toEqual([['https://shop.test/', 'https://shop.test/next'], []]);
  expect(told(false)).toEqual(['v1 https://other.test/page', 'v1 https://shop.test/next']);
  expect(told(true)).toEqual(['v2 https://shop.test/next']);
  // What another site answers beforehand is kept apart until the visitor goes there.
  const set = audit.observations.filter(({ kind, action }) => kind === 'cookie' && action === 'set');
  expect(set.map(({ name, visit, rejected }) => [name, visit, rejected]).sort()).toEqual([
    ['next', 'v1', null],
    ['other', 'v1', 'not-stored'],
  ]);
});
