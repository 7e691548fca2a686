/** What becomes of an identifier: its age, its renewals, who else is sent it, and that it comes back from where it was kept. */
import { beforeAll, expect, test } from 'vitest';
import { auditPages, found, html, pages, script, shopPolicy, type PageAudit } from './audit-of.ts';

const PAGE = html(`<button id="ok">Accept all</button><button id="no">Withdraw my consent</button>
<script src="https://mc.yandex.ru/metrika/tag.js"></script><script>
  document.cookie = 'sid=1; path=/; secure';
  document.getElementById('ok').onclick = () => start();
  document.getElementById('no').onclick = () => {
    for (const name of ['_ym_uid', 'sid']) document.cookie = name + '=; path=/; secure; max-age=0';
  };
  if (localStorage.getItem('_ym_uid')) start();
</script>`);

/** As Yandex's own: the identifier of September 2020 lies in the storage as JSON, and in a cookie that is renewed. */
const TAG = script(`function start() {
  const uid = JSON.parse(localStorage.getItem('_ym_uid') ?? '"1600000000123456789"');
  document.cookie = '_ym_uid=' + uid + '; path=/; secure; max-age=31536000';
  localStorage.setItem('_ym_uid', JSON.stringify(uid));
  localStorage.setItem('_ym_retryReqs', JSON.stringify({ 1: { protocol: 'https:', resource: 'watch/1' } }));
  fetch('https://mc.yandex.ru/watch/1?browser-info=' + encodeURIComponent('u:' + uid + ':s:1x1x24') + '&page-url=' + encodeURIComponent(location.href), { mode: 'no-cors' });
  fetch('https://stranger.test/match?with=' + uid, { mode: 'no-cors' });
}`);

const POLICY = shopPolicy({
  services: [
    { id: 'yandex-metrica', name: 'Yandex.Metrica', category: 'analytical', clause: '3', hosts: ['mc.yandex.ru'], keys: ['_ym_*'] },
  ],
  keys: [{ name: 'sid', store: 'cookie', category: 'mandatory', retention: 'session', clause: '1' }],
  data: [{ id: 'usage', kinds: ['page-url'] }],
});

let page: PageAudit;
beforeAll(async () => {
  const host = pages({ 'shop.test/': PAGE, 'mc.yandex.ru/metrika/tag.js': TAG });
  const steps = [
    { visit: '/?email=aigerim%40example.kz' },
    { click: '#ok', mark: 'accepted' },
    // Within two seconds nobody could tell an end that moves from one that is rounded.
    { wait: 2500 },
    { reload: true },
    { click: '#no', mark: 'withdrawn' },
    { reload: true },
  ];
  page = await auditPages(host, steps, POLICY);
});

test('older than the stated period, in cookie and storage, however fresh the cookie', () => {
  const old = found(page.audit, 'identifier-outlives-period', '_ym_uid');
  expect(old.map(({ kind, outcome, level, stated }) => [kind, outcome, level, stated])).toEqual([
    ['cookie', 'fail', 'error', 'P24M'],
    ['localStorage', 'fail', 'error', 'P24M'],
  ]);
});

test('the reload writes it again, with a later end', () => {
  expect(found(page.audit, 'rolling-renewal').map(({ name, outcome, count }) => [name, outcome, count])).toEqual([['_ym_uid', 'fail', 2]]);
});

test('a stranger is sent it; the service itself, who set it, is no stranger', () => {
  expect(found(page.audit, 'cookie-sync').map(({ name, host, outcome }) => [name, host, outcome])).toEqual([
    ['_ym_uid', 'stranger.test', 'fail'],
  ]);
});

test('the address of the page, an e-mail address in it, goes to the counter; and what the policy does not list', () => {
  expect(found(page.audit, 'personal-data-sent').map(({ host, level, arguments: { kinds } }) => [host, level, kinds])).toEqual([
    ['mc.yandex.ru', 'error', 'email'],
  ]);
  expect(found(page.audit, 'undeclared-data').map(({ host, arguments: { kinds } }) => [host, kinds])).toEqual([
    ['mc.yandex.ru', 'email, screen-resolution'],
  ]);
});

test('the withdrawal deletes the cookie, the storage keeps it, and the next page has it again', () => {
  const [back, ...more] = found(page.audit, 'respawned-identifier');
  expect(more).toEqual([]);
  expect(back).toMatchObject({ kind: 'cookie', name: '_ym_uid', outcome: 'fail', level: 'error', phase: 'withdrawn' });
  expect(back?.arguments).toMatchObject({ keeper: 'localStorage', other: '_ym_uid', by: 'mc.yandex.ru' });
  const cited = back?.observations.map((id) => page.audit.observations.find((o) => o.id === id));
  expect(cited?.map((o) => o?.action)).toEqual(expect.arrayContaining(['delete', 'set']));
});

test('the withdrawal takes the session along, and leaves hits that wait', () => {
  expect(found(page.audit, 'mandatory-lost').map(({ name, level }) => [name, level])).toEqual([['sid', 'warning']]);
  expect(found(page.audit, 'queued-after-withdrawal').map(({ name, level }) => [name, level])).toEqual([['_ym_retryReqs', 'warning']]);
});
