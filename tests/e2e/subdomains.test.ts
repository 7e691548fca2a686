/** One site on several hosts and in several languages: a choice counts wherever its record can be read, and nobody can tell where it cannot. */
import { expect, test } from 'vitest';
import { auditPages, found, html, pages, seen, shopPolicy, told } from './audit-of.ts';

/** `www.` asks in Russian; `app.` uses what is kept for all hosts, and has a frame and a picture of `static.`. */
const site = (record: string) =>
  pages({
    'www.shop.test/ru/': html(`
      <button id="accept">Принять</button>
      <script>
        document.cookie = 'lang=ru; Domain=shop.test; Path=/; Secure; Max-Age=1000';
        document.getElementById('accept').onclick = () => { ${record} };
      </script>`),
    'app.shop.test/kk/': html(`
      <img src="https://static.shop.test/pixel"><iframe src="https://static.shop.test/frame"></iframe>
      <script>
        navigator.sendBeacon('/g/collect?v=2&tid=G-ABC1234567');
        document.cookie.match(/lang=ru/) && localStorage.setItem('read-lang', '1');
        document.cookie = '_ga=GA1.1.1234567890.1700000000; Domain=shop.test; Path=/; Secure; Max-Age=1000';
      </script>`),
    'static.shop.test/frame': html(`<script>localStorage.setItem('of-static', '1')</script>`),
  });
const STEPS = [{ visit: 'https://www.shop.test/ru/' }, { click: '#accept' }, { visit: 'https://app.shop.test/kk/' }];

test('kept for the parent domain, a choice on www. counts on app. and in another language', async () => {
  const record = `document.cookie = 'cookie_consent=accepted; Domain=shop.test; Path=/; Secure; Max-Age=1000'`;
  const { audit } = await auditPages(site(record), STEPS, shopPolicy(), 'https://www.shop.test/');
  expect(told(audit)).toEqual(['before-choice (start)', 'accepted (record)']);
  expect(seen(audit, 'cookie', '_ga')[0]).toMatchObject({
    phase: 'accepted',
    party: 'first',
    host: 'shop.test',
    page: 'https://app.shop.test/kk/',
  });
  expect(found(audit, 'stored-before-choice', '_ga')).toEqual([]);

  // One entry under one host, whoever wrote it; sent to every host of the site, all of them the first party.
  const picture = audit.observations.find(({ request }) => request?.url === 'https://static.shop.test/pixel');
  expect(picture).toMatchObject({ party: 'first', phase: 'accepted' });
  expect(picture?.request?.sentCookies).toEqual(expect.arrayContaining(['lang', 'cookie_consent']));
  expect(seen(audit, 'localStorage', 'of-static')[0]).toMatchObject({
    party: 'first',
    host: 'static.shop.test',
    page: 'https://app.shop.test/kk/',
  });
  expect(seen(audit, 'localStorage', 'read-lang')).toHaveLength(1);
  expect(found(audit, 'undeclared-recipient')).toEqual([]);
  // A hit of Google Analytics, under the site's own name.
  expect(found(audit, 'disguised-tracker').map(({ outcome, host, service }) => [outcome, host, service])).toEqual([
    ['fail', 'app.shop.test', 'google-analytics'],
  ]);
  expect(new Set(audit.findings.filter(({ name }) => name === 'lang').map(({ host }) => host))).toEqual(new Set(['shop.test']));
});

test('kept in the storage of www. alone, nobody can tell what it means on app.', async () => {
  const { audit } = await auditPages(
    site(`localStorage.setItem('cookie_consent', 'accepted')`),
    STEPS,
    shopPolicy(),
    'https://www.shop.test/',
  );
  expect(told(audit)).toEqual(['before-choice (start)', 'accepted (record)']);
  expect(seen(audit, 'cookie', '_ga')[0]).toMatchObject({ phase: 'unknown', page: 'https://app.shop.test/kk/' });
  expect(found(audit, 'stored-before-choice', '_ga').map(({ outcome }) => outcome)).toEqual(['unsure']);
});
