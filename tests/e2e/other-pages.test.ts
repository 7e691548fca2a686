/** Cookies of a third party that pages wrote which are not audited: in the same jar, before and beside the site's own. */
import { expect, test } from 'vitest';
import { html } from '../matrix/way.ts';
import { auditPages, shopPolicy } from './audit-of.ts';

const THIRD = 'https://third.test';
const cookie = (name: string): string[] => [`${name}=${name.repeat(8)}; Max-Age=100000; SameSite=None; Secure`];

test('nobody can tell whose they are, and that they are sent is told as ever', async () => {
  let sent: string[] = [];
  const { audit } = await auditPages(
    ({ url, cookies }) => {
      if (url.href === `${THIRD}/plain`) sent = [...cookies.keys()];
      switch (url.href) {
        case 'https://shop.test/':
          return html(`<a href="https://elsewhere.test/">away</a><img src="${THIRD}/own">`);
        case 'https://shop.test/two':
          return html(`<p id="two">back</p><img src="${THIRD}/plain">`);
        case 'https://elsewhere.test/':
          return html(`<img src="${THIRD}/other" onerror="location.href = 'https://shop.test/two'">`);
        default:
          return { ...html(''), setCookies: url.host === 'third.test' && url.pathname !== '/plain' ? cookie(url.pathname.slice(1)) : [] };
      }
    },
    [{ visit: '/' }, { click: 'a' }, { click: '#two' }],
    shopPolicy(),
  );
  expect(sent).toEqual(['own', 'other']);

  const seen = audit.observations.filter(({ kind, host }) => kind === 'cookie' && host === 'third.test');
  const told = (name: string) => [
    ...new Set(seen.filter((o) => o.name === name).map((o) => `${o.action}${o.cookie?.maybeElsewhere ? '?' : ''}`)),
  ];
  expect(told('own')).toEqual(['set', 'present']);
  expect(told('other').filter((one) => !one.endsWith('?'))).toEqual([]);
  expect(told('other')).toContain('present?');

  const outcomes = (rule: string) =>
    Object.fromEntries(
      audit.findings.filter((f) => f.rule === rule && f.host === 'third.test').map(({ name, outcome }) => [name, outcome]),
    );
  for (const rule of ['stored-before-choice', 'undeclared-cookie']) expect(outcomes(rule)).toEqual({ own: 'fail', other: 'unsure' });
  const carried = audit.observations.find(({ request }) => request?.url === `${THIRD}/plain`);
  expect(carried?.request?.sentCookies).toEqual(sent);
});
