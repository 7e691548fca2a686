/** A page that is not audited between pages that are, in one tab: what it does is its own, and what it wrote may not be the site's. */
import { expect, test } from 'vitest';
import { html } from '../matrix/way.ts';
import { auditPages, shopPolicy } from './audit-of.ts';

const THIRD = 'https://third.test';
const cookie = (name: string): string[] => [`${name}=${name.repeat(8)}; Max-Age=100000; SameSite=None; Secure`];
const sends = (who: string) => `<script>
  addEventListener('pagehide', () => {
    navigator.sendBeacon('${THIRD}/sent/beacon-${who}');
    fetch('${THIRD}/sent/fetch-${who}', { method: 'POST', keepalive: true, mode: 'no-cors' });
  });
</script>`;
/** An image and a frame of the third party, and a link to a page of the site that is there when both are. */
const page = (who: string, image: string, next: string) => `
  <a id="${next}" href="https://shop.test/${next}" hidden>${next}</a>
  <script>let awaited = 2; const there = () => { document.querySelector('a').hidden = --awaited > 0; };</script>
  <img src="${THIRD}/${image}" onerror="there()"><iframe src="${THIRD}/frame-of-${who}" onload="there()"></iframe>${sends(who)}`;

test('nothing that it sends is told, also while it is left; whose cookies are in the jar nobody can tell', async () => {
  let sentCookies: string[] = [];
  const { audit, site } = await auditPages(
    ({ url, cookies }) => {
      switch (url.href) {
        case 'https://shop.test/':
          return html(`<a href="https://out.test/">away</a><img src="${THIRD}/own">`);
        case 'https://out.test/':
          return { status: 302, type: 'text/plain', body: '', headers: { location: 'https://elsewhere.test/' }, setCookies: cookie('led') };
        case 'https://elsewhere.test/':
          return html(page('elsewhere', 'other', 'back'));
        case 'https://shop.test/back':
          return html(page('shop', 'plain', 'on'));
        case `${THIRD}/plain`:
          sentCookies = [...cookies.keys()];
          return html('');
        case `${THIRD}/own`:
        case `${THIRD}/other`:
          return { ...html(''), setCookies: cookie(url.pathname.slice(1)) };
        default:
          return html(url.pathname.startsWith('/frame-of-') ? sends(url.pathname.slice(1)) : '');
      }
    },
    [{ visit: '/' }, { click: 'a' }, { click: '#back' }, { click: '#on' }, { wait: 500 }],
    shopPolicy(),
  );
  const reached = site.log().flatMap(({ host, path }) => (host === 'third.test' && path.startsWith('/sent/') ? [path] : []));
  expect(reached).toHaveLength(8);
  const told = audit.observations.flatMap(({ request, visit }) => (request?.url.startsWith(THIRD) ? `${visit} ${request.url}` : []));
  const ofShop = reached.filter((path) => path.endsWith('shop')).map((path) => `v2 ${THIRD}${path}`);
  expect(told.sort()).toEqual([`v1 ${THIRD}/own`, `v2 ${THIRD}/plain`, `v2 ${THIRD}/frame-of-shop`, ...ofShop].sort());

  // A link that leads on is the visitor's own journey, and what it sets is no page's.
  const ofLink = audit.observations.filter(({ host }) => host === 'out.test');
  expect(new Set(ofLink.map((o) => `${o.action} ${o.name} ${o.cookie?.maybeElsewhere}`))).toEqual(new Set(['present led true']));
  expect(new Set(audit.findings.flatMap(({ host, outcome }) => (host === 'out.test' ? outcome : [])))).toEqual(new Set(['unsure']));

  expect(sentCookies).toEqual(['own', 'other']);
  const plain = audit.observations.find(({ request }) => request?.url === `${THIRD}/plain`);
  expect(plain?.request?.sentCookies).toEqual(sentCookies);
  const seen = audit.observations.filter(({ kind, host }) => kind === 'cookie' && host === 'third.test');
  const sightings = (name: string) => [
    ...new Set(seen.filter((o) => o.name === name).map((o) => `${o.action}${o.cookie?.maybeElsewhere ? '?' : ''}`)),
  ];
  expect(sightings('own')).toEqual(['set', 'present']);
  expect(sightings('other').filter((one) => !one.endsWith('?'))).toEqual([]);
  expect(sightings('other')).toContain('present?');
  for (const rule of ['stored-before-choice', 'undeclared-cookie']) {
    const found = audit.findings.filter((f) => f.rule === rule && f.host === 'third.test');
    expect(Object.fromEntries(found.map(({ name, outcome }) => [name, outcome]))).toEqual({ own: 'fail', other: 'unsure' });
  }
});
