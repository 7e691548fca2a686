/** What a slow network brings after the page has been quiet for a while is seen all the same, before the next step is taken. */
import { expect, test } from 'vitest';
import { auditPages, html, pages, script, seen, shopPolicy } from './audit-of.ts';

/** Longer than a page has to be quiet. */
const SLOW = 900; // milliseconds

const PAGE = html(`<script>addEventListener('load', () => {
  document.head.append(Object.assign(document.createElement('script'), { src: 'https://tp.test/late.js' }));
  new EventSource('https://tp.test/stream');
});</script>`);
const LATE = script("document.cookie = 'late=1; path=/; max-age=5000'; navigator.sendBeacon('https://tp.test/hit', 'late');");

test('a script that comes late runs before the page is left, and what it sends is answered', async () => {
  const host = pages({
    'shop.test/': PAGE,
    'shop.test/next': html('next'),
    'tp.test/late.js': { ...LATE, after: SLOW },
    'tp.test/hit': { status: 204, type: 'text/plain', body: '', after: SLOW, setCookies: ['hit=1; Max-Age=500; Secure; SameSite=None'] },
    'tp.test/stream': { status: 200, type: 'text/event-stream', body: 'data: 1\n\n' },
  });
  const { audit } = await auditPages(host, [{ visit: '/' }, { visit: '/next' }], shopPolicy());
  expect(seen(audit, 'cookie', 'late')).toMatchObject([{ visit: 'v1', action: 'set', confirmed: 'jar' }]);
  expect(seen(audit, 'cookie', 'hit')).toMatchObject([{ visit: 'v1', action: 'set', mechanism: 'http' }]);
});
