/** What a page and its frames send while a person leaves them for another site, against the server's log. */
import { expect, test } from 'vitest';
import { html } from '../matrix/way.ts';
import { auditPages, shopPolicy } from './audit-of.ts';

const OTHER = 'https://other.test';
const sends = (who: string) => `<script>
  addEventListener('pagehide', () => {
    navigator.sendBeacon('${OTHER}/sent/beacon-${who}');
    fetch('${OTHER}/sent/fetch-${who}', { method: 'POST', keepalive: true, mode: 'no-cors' });
  });
</script>`;
test('is told, and nothing of the page that it is left for', async () => {
  const { audit, site } = await auditPages(
    ({ url }) => {
      if (url.href === 'https://shop.test/')
        return html(
          `<a href="https://elsewhere.test/">away</a><iframe src="/own"></iframe><iframe src="${OTHER}/frame"></iframe>${sends('page')}`,
        );
      if (url.pathname === '/own') return html(sends('own'));
      if (url.pathname === '/frame') return html(sends('frame'));
      return url.host === 'elsewhere.test'
        ? html(`<link rel="stylesheet" href="${OTHER}/style"><img src="${OTHER}/image"><iframe src="${OTHER}/other"></iframe>`)
        : html('');
    },
    [{ visit: '/' }, { click: 'a' }, { wait: 500 }],
    shopPolicy(),
  );
  const reached = site.log().flatMap(({ host, path }) => (path.startsWith('/sent/') ? [`https://${host}${path}`] : []));
  const told = audit.observations.filter(({ request }) => request?.url.startsWith(`${OTHER}/`));
  expect(reached).toHaveLength(6);
  expect(told.flatMap(({ request }) => request?.url ?? []).sort()).toEqual([`${OTHER}/frame`, ...reached].sort());
  expect(new Set(told.map(({ page, visit }) => `${visit} ${page}`))).toEqual(new Set(['v1 https://shop.test/']));
  for (const [who, address] of Object.entries({ page: 'https://shop.test/', own: 'https://shop.test/own', frame: `${OTHER}/frame` })) {
    const sent = told.filter(({ request }) => request?.url.endsWith(`-${who}`));
    expect(new Set(sent.map(({ initiator }) => initiator?.url))).toEqual(new Set([address]));
  }
});
