/** A page on http: is watched like any other, and its transport is what is wrong with it. */
import { expect, test } from 'vitest';
import { auditPages, BROWSER, found, html, pages, seen, shopPolicy } from './audit-of.ts';

const PAGE = `<script>
  document.cookie = 'plain=1; Max-Age=1000';
  localStorage.setItem('kept', '1');
  fetch('http://shop.test/hit', { method: 'POST', body: 'x' });
</script>`;
/** Chromium opens what answers there by https: instead. */
const AS_WRITTEN = '--browser-arg=--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,HttpsFirstBalancedMode';

test('writes and requests of an http: page, each with its script', async () => {
  const more = BROWSER === 'chromium' ? [AS_WRITTEN] : [];
  const { audit } = await auditPages(pages({ 'shop.test/': html(PAGE) }), [{ visit: '/' }], shopPolicy(), 'http://shop.test/', more);
  expect(audit.run.visits.map(({ url }) => url)).toEqual(['http://shop.test/']);
  expect(seen(audit, 'cookie', 'plain')[0]).toMatchObject({ confirmed: 'jar', initiator: { url: 'http://shop.test/' } });
  expect(seen(audit, 'localStorage', 'kept')[0]).toMatchObject({ confirmed: 'snapshot', initiator: { url: 'http://shop.test/' } });
  expect(found(audit, 'insecure-transport').map(({ host, outcome }) => [host, outcome])).toEqual([['shop.test', 'fail']]);
  expect(found(audit, 'insecure-cookie')).toEqual([]);
  expect(audit.gaps).toEqual([]);
});
