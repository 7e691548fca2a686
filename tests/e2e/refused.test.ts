/** Writes that the browser refuses again and again, deletions that miss, and what the browser removes by itself. */
import { beforeAll, expect, test } from 'vitest';
import type { Audit } from '../../lib/model/audit.ts';
import { auditPages, found, html, pages, seen, shopPolicy } from './audit-of.ts';

const LIFE = 'path=/; max-age=5000';
const PAGE = `<img src="https://tp.test/pixel?1"><img src="https://tp.test/pixel?2"><img src="https://tp.test/pixel?3">
<iframe src="https://tp.test/frame"></iframe><iframe sandbox="allow-scripts" src="/boxed"></iframe>
<button id="accept">accept</button><button id="miss">withdraw</button><button id="hit">again</button><script>
  const large = 'q'.repeat(6e6);
  const attempt = (write) => { try { write(); } catch {} };
  for (let i = 0; i < 3; i++) attempt(() => localStorage.setItem('method', large));
  for (let i = 0; i < 2; i++) attempt(() => { localStorage.property = large; });
  for (let i = 0; i < 2; i++) attempt(() => sessionStorage.setItem('session', large));
  let times = 0;
  const again = () => {
    document.cookie = 'guarded=js; path=/';
    attempt(() => localStorage.setItem('later', large));
    if (++times < 3) setTimeout(again, 300);
    else document.body.append('done');
  };
  again();
  document.cookie = 'freed=js; path=/; max-age=300';
  fetch('/free').then(() => { document.cookie = 'freed=js; path=/; max-age=300'; });
  document.cookie = 'over=1; ${LIFE}'; document.cookie = 'over=2; ${LIFE}'; document.cookie = 'over=2; ${LIFE}';
  document.getElementById('accept').onclick = () => { document.cookie = '_trk=1; domain=shop.test; ${LIFE}'; };
  document.getElementById('miss').onclick = () => { document.cookie = '_trk=; path=/; max-age=0'; };
  document.getElementById('hit').onclick = () => { document.cookie = '_trk=; domain=shop.test; path=/; max-age=0'; };
</script>`;
const FRAME = `<script>
  const write = () => { document.cookie = 'framed=1; path=/; secure; samesite=none; max-age=500'; };
  write(); write(); setTimeout(write, 300);
</script>`;
const BOXED = `<script>for (const flags of ['', '; secure']) try { document.cookie = 'boxed=1' + flags; } catch {}</script>`;
const MANY = `<script>for (let i = 0; i < 200; i++) document.cookie = 'many' + i + '=1; ${LIFE}';</script>`;

let audit: Audit;
const brief = (kind: 'cookie' | 'localStorage' | 'sessionStorage', name: string): string[] =>
  seen(audit, kind, name).map(({ action, mechanism, confirmed, rejected }) => `${action} ${mechanism} ${rejected ?? confirmed}`);
const times = (count: number, text: string): string[] => Array.from({ length: count }, () => text);

beforeAll(async () => {
  const pixel = { status: 200, type: 'image/gif', body: '', setCookies: ['pixel=1; Secure; SameSite=None; Max-Age=500'] };
  const host = pages({
    'shop.test/': { ...html(PAGE), setCookies: ['guarded=srv; Path=/; HttpOnly', 'freed=srv; Path=/; HttpOnly'] },
    'shop.test/free': { status: 200, type: 'text/plain', body: '', setCookies: ['freed=; Path=/; HttpOnly; Max-Age=0'] },
    'shop.test/boxed': html(BOXED),
    'tp.test/pixel': pixel,
    'tp.test/frame': html(FRAME),
    'many.test/': html(MANY),
  });
  const steps = [{ visit: '/' }, { click: '#accept' }, { click: '#miss' }, { click: '#hit' }, { visit: 'https://many.test/' }];
  const policy = shopPolicy({ sites: ['shop.test', '*.shop.test', 'many.test'] });
  ({ audit } = await auditPages(host, steps, policy, 'https://shop.test/', ['--third-party-cookies', 'block']));
});

test('of cookies that are blocked each write is refused', () => {
  expect(brief('cookie', 'pixel')).toEqual(times(3, 'set http not-stored'));
  expect(brief('cookie', 'framed')).toEqual(times(3, 'set document.cookie not-stored'));
});

test('over a cookie that scripts may not touch each write is refused, and none is once it is gone', () => {
  expect(brief('cookie', 'guarded')).toEqual(['set http header', ...times(3, 'set document.cookie not-stored')]);
  const [server, refused, deletion, stored] = seen(audit, 'cookie', 'freed');
  expect([server?.mechanism, deletion?.action]).toEqual(['http', 'delete']);
  expect(refused).toMatchObject({ rejected: 'not-stored', confirmed: null, cookie: { granted: null } });
  expect(stored).toMatchObject({ rejected: null, confirmed: 'jar', cookie: { asked: 300, granted: 300 } });
});

test('beyond the quota each write is refused', () => {
  expect(brief('localStorage', 'method')).toEqual(times(3, 'set set-item not-stored'));
  expect(brief('localStorage', 'property')).toEqual(times(2, 'set property not-stored'));
  expect(brief('localStorage', 'later')).toEqual(times(3, 'set set-item not-stored'));
  expect(brief('sessionStorage', 'session')).toEqual(times(2, 'set set-item not-stored'));
});

test('what was stored and written over is not refused', () => {
  const over = seen(audit, 'cookie', 'over');
  expect(over.map(({ rejected }) => rejected)).toEqual([null, null, null]);
  expect(over.at(-1)?.confirmed).toBe('jar');
});

test('nothing that was refused is held against anybody', () => {
  for (const name of ['pixel', 'framed', 'boxed', 'method', 'property', 'later', 'session'])
    expect(['stored-before-choice', 'undeclared-cookie', 'undeclared-storage'].flatMap((rule) => found(audit, rule, name))).toEqual([]);
});

test('a sandboxed frame has no cookies, whatever they ask for', () => {
  expect(brief('cookie', 'boxed')).toEqual(times(2, 'set document.cookie opaque-origin'));
});

test('a deletion that misses the domain removed nothing, the one that hits it did', () => {
  expect(brief('cookie', '_trk')).toEqual(['set document.cookie jar', 'delete document.cookie null', 'delete document.cookie jar']);
});

test('what the browser has no room for it removes by itself', () => {
  const gone = audit.observations.filter(({ kind, action, name }) => kind === 'cookie' && action === 'delete' && name?.startsWith('many'));
  expect(new Set(gone.map(({ mechanism }) => mechanism))).toEqual(new Set(['eviction']));
});
