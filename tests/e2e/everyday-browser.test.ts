/** The extension as it was installed, in a browser that shows other sites before, beside and after the audited one. */
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { html } from '../matrix/way.ts';
import { recording } from './recording.ts';
import { PATIENCE } from './patience.ts';

const THIRD = 'https://third.test';
/** Loads a third party's frame, and tells it when it is left. */
const tells = (who: string) =>
  `<iframe src="${THIRD}/frame?${who}"></iframe><script>addEventListener('pagehide', () => navigator.sendBeacon('${THIRD}/left-${who}'));</script>`;

test('only what the audited page does is told, and of a cookie in the jar that they share nobody can tell', async () => {
  let written = 0;
  const all = (page: Page) => page.waitForFunction(() => document.readyState === 'complete');
  const audit = await recording(
    ({ url }) => {
      if (url.host === 'send-box.com') return html(`<img src="${THIRD}/plain">${tells('site')}`);
      if (url.host === 'elsewhere.test') return html(`<img src="${THIRD}/writes">${tells('elsewhere')}`);
      if (url.href === `${THIRD}/writes`)
        return { ...html(''), setCookies: [`uid=identifier-number-${++written}; Max-Age=100000; SameSite=None; Secure`] };
      const script = `document.cookie = 'own=' + crypto.randomUUID() + '; SameSite=None; Secure; Max-Age=1000'`;
      return html(url.search === '?site' ? `<script>${script}</script>` : '');
    },
    async (it) => {
      const changes = async () =>
        (await it.ask('evidence', {})).observations.filter(({ name, action }) => name === 'uid' && action === 'set').length;
      const page = await it.open('https://elsewhere.test/');
      await all(page);
      await it.ask('clear', {});
      await page.goto('https://send-box.com/');
      const beside = await it.open('https://elsewhere.test/');
      await expect.poll(changes, { timeout: PATIENCE }).toBe(1);
      await page.goto('https://elsewhere.test/');
      await beside.close();
      await it.evidence();
      return it.ask('audit', { conditions: {} });
    },
    { everyday: true },
  );
  const requests = audit.observations.flatMap(({ request }) => (request?.url.startsWith(THIRD) ? request.url.slice(THIRD.length) : []));
  expect(requests.sort()).toEqual(['/frame', '/left-site', '/plain']);
  expect(new Set(audit.observations.map(({ page }) => page))).toEqual(new Set(['https://send-box.com/']));

  const cookies = audit.observations.filter(({ kind, host }) => kind === 'cookie' && host === 'third.test');
  const sightings = (name: string) =>
    new Set(cookies.filter((o) => o.name === name).map((o) => `${o.action} ${o.cookie?.maybeElsewhere ?? false}`));
  expect(sightings('own')).toEqual(new Set(['set false', 'present false']));
  expect(sightings('uid')).toEqual(new Set(['set true', 'present true']));
  const found = audit.findings.filter(({ rule, host }) => rule === 'stored-before-choice' && host === 'third.test');
  expect(Object.fromEntries(found.map(({ name, outcome }) => [name, outcome]))).toEqual({ own: 'fail', uid: 'unsure' });
});
