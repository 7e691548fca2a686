/** What was asked for, granted and stated, by every way of writing a cookie. */
import { beforeAll, expect, test } from 'vitest';
import { auditPages, found, html, pages, seen, shopPolicy, type PageAudit } from './audit-of.ts';

const DAY = 86_400;
const PAGE = `<body><script>
  const day = 86400, later = (seconds) => new Date(Date.now() + seconds * 1000).toUTCString();
  document.cookie = '_ga=GA1.1.1234567890.1700000000; path=/; secure; expires=' + later(730 * day);
  document.cookie = '_ga_LONG1=GS2.1.s1700000000$o1; path=/; secure; max-age=' + 25 * 31 * day;
  document.cookie = '_ga_X=deleted; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; secure; expires=' + later(700 * day);
  document.cookie = 'probe=1; secure'; document.cookie = 'probe=; secure; max-age=0';
  document.cookie = 'refused=1; domain=elsewhere.test';
  cookieStore.set({ name: '_fbp', value: 'fb.0.1700000000000.123456789', expires: Date.now() + 389 * day * 1000 });
  localStorage.setItem('method', 'a'); localStorage.property = 'b'; localStorage['bracket'] = 'c';
  Object.defineProperty(localStorage, 'defined', { value: 'd', configurable: true, enumerable: true, writable: true });
  Object.assign(sessionStorage, { assigned: 'e' });
  const frame = document.createElement('iframe'); document.body.append(frame);
  frame.contentWindow.localStorage.fromFrame = 'f';
  frame.contentWindow.Storage.prototype.setItem.call(localStorage, 'otherRealm', 'g');
  const same = [
    localStorage instanceof Storage, localStorage === window.localStorage, Object.keys(localStorage).includes('method'), JSON.parse(JSON.stringify(localStorage)).method === 'a',
    new StorageEvent('x', { storageArea: localStorage }).storageArea === localStorage, new StorageEvent('x').constructor === StorageEvent,
    WebSocket.prototype.constructor === WebSocket, document.cookie.includes('_ga='), fetch.name === 'fetch' && fetch.length === 1, (localStorage.gone = 1) && delete localStorage.gone && localStorage.gone === undefined,
  ];
  localStorage.setItem('same-' + same.join(), '1');
</script>`;

let page: PageAudit;
beforeAll(async () => {
  const host = pages({
    'shop.test/': { ...html(PAGE), setCookies: ['sid=1; Secure; HttpOnly; Max-Age=3600', 'server=2; Max-Age=63072000; Secure'] },
  });
  const policy = shopPolicy({ keys: [{ name: 'sid', store: 'cookie', category: 'mandatory', retention: 'session', clause: '5' }] });
  page = await auditPages(host, [{ visit: '/' }, { reload: true }], policy);
});

test('730 days keep to 24 months, 25 months do not, and both are granted 400 days', () => {
  const [ga] = seen(page.audit, 'cookie', '_ga');
  expect(ga?.cookie).toMatchObject({ asked: 730 * DAY, granted: 400 * DAY });
  expect(ga).toMatchObject({ mechanism: 'document.cookie', confirmed: 'jar', service: 'google-analytics', category: 'analytical' });
  expect(ga?.initiator?.url).toBe('https://shop.test/');
  expect(found(page.audit, 'retention-exceeded', '_ga')).toEqual([]);
  expect(found(page.audit, 'retention-exceeded', '_ga_LONG1')).toMatchObject([
    { outcome: 'fail', level: 'error', asked: 25 * 31 * DAY, granted: 400 * DAY, stated: 'P24M', count: 2 },
  ]);
});

test('of two expiry dates the last one counts: a write, not a deletion', () => {
  const [write] = seen(page.audit, 'cookie', '_ga_X');
  expect(write).toMatchObject({ action: 'set', cookie: { asked: 700 * DAY } });
  expect(found(page.audit, 'stored-before-choice', '_ga_X')).toHaveLength(1);
});

test('389 days of a marketing cookie exceed 12 months', () => {
  expect(seen(page.audit, 'cookie', '_fbp')[0]).toMatchObject({ mechanism: 'cookie-store', confirmed: 'jar' });
  expect(found(page.audit, 'retention-exceeded', '_fbp')).toMatchObject([{ stated: 'P12M', category: 'marketing' }]);
});

test('a write that lived one task is transient, a refused one says why', () => {
  expect(seen(page.audit, 'cookie', 'probe').filter(({ action }) => action === 'set')).toMatchObject([
    { transient: true },
    { transient: true },
  ]);
  expect(seen(page.audit, 'cookie', 'refused')[0]).toMatchObject({ rejected: 'domain-mismatch', confirmed: null });
  expect(found(page.audit, 'stored-before-choice', 'refused')).toEqual([]);
});

test('HTTP cookies are seen with what the server asked, HttpOnly included', () => {
  expect(seen(page.audit, 'cookie', 'server')[0]).toMatchObject({
    mechanism: 'http',
    confirmed: 'header',
    cookie: { asked: 2 * 365 * DAY, granted: 400 * DAY },
  });
  expect(found(page.audit, 'session-declared-persistent', 'sid')).toHaveLength(1);
  expect(found(page.audit, 'retention-exceeded', 'sid')).toEqual([]);
});

test('storage is seen by method and by property, in frames and across realms', () => {
  for (const name of ['method', 'property', 'bracket', 'defined', 'fromFrame', 'otherRealm']) {
    const [write] = seen(page.audit, 'localStorage', name);
    expect(write, name).toMatchObject({ action: 'set', confirmed: 'snapshot', transient: false, rejected: null });
    expect(write?.initiator?.url, name).toBe('https://shop.test/');
  }
  expect(seen(page.audit, 'sessionStorage', 'assigned')[0]).toMatchObject({ mechanism: 'property' });
  expect(found(page.audit, 'undeclared-technology', 'assigned')).toHaveLength(1);
});

test('what pages rely on is as it was', () => {
  const told = page.audit.observations.filter(({ name, action }) => action === 'set' && name?.startsWith('same-'));
  expect(told[0]?.name).toBe(`same-${Array.from({ length: 10 }, () => 'true').join()}`);
});

test('nothing is lost and no value is in the file', () => {
  expect(page.audit.gaps).toEqual([]);
  expect(page.audit.summary.lost).toBe(0);
  expect(JSON.stringify(page.audit)).not.toContain('1234567890.1700000000');
});
