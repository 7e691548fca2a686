/** The capture matrix (`tests/matrix`): what pages do, against the browser's own stores and the server's log. */
import { expect, test } from 'vitest';
import { auditPages, BROWSER, shopPolicy } from './audit-of.ts';
import { compare } from '../matrix/compare.ts';
import { matrixSite, waysFor } from '../matrix/site.ts';
import { PAGES, TOP } from '../matrix/way.ts';

const steps = [...PAGES.map((page) => ({ visit: `/page/${page}` })), { visit: '/truth' }];

test('every way', async () => {
  // A way that opens a window needs no person to click here.
  const more = BROWSER === 'firefox' ? ['--browser-pref=dom.disable_open_during_load=false'] : [];
  const { host, truth } = matrixSite(BROWSER);
  const ways = waysFor(BROWSER);
  expect(ways.length).toBeGreaterThan(150);
  const { audit, site } = await auditPages(host, steps, shopPolicy(), `${TOP}/`, more);
  const { wrong, nameable, named } = compare(ways, audit, site.log(), truth);
  expect(wrong).toEqual([]);
  expect(named / nameable).toBeGreaterThanOrEqual(0.95);
  // A pop-up that has no address is of the page that opened it.
  const byPopUps = audit.observations.filter((o) => /\/sent\/(pop-up|blob-pop-up|javascript-pop-up)/.test(o.request?.url ?? ''));
  expect([...new Set(byPopUps.map(({ page }) => page))]).toEqual([`${TOP}/page/frames`]);
  expect(audit.gaps).toEqual([]);
  expect(audit.summary.lost).toBe(0);
});
