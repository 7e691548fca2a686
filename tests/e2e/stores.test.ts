/** Databases, caches, private files and service workers, written by real libraries, held against what the browser itself says is there. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Audit } from '../../lib/model/audit.ts';
import type { Observation } from '../../lib/model/observation.ts';
import { file } from '../site/exchange.ts';
import { auditPages, found, html, pages, script, seen, shopPolicy } from './audit-of.ts';

const ID = 'Zk81mQ0v7TtX2pLw93Ha';

const PAGE = `
<script src="/idb.js"></script><script src="/localforage.js"></script><script src="/dexie.js"></script><script src="/mixpanel.js"></script>
<button id="yes">Принять все</button><button id="undo">Отозвать согласие</button><button id="end">x</button>
<script type="module">
  const tell = async (to) => {
    const files = []; for await (const [name] of (await navigator.storage.getDirectory()).entries()) files.push(name);
    await fetch('/truth-' + to, { method: 'POST', body: JSON.stringify({
      databases: (await indexedDB.databases()).map(({ name }) => name).sort(), caches: (await caches.keys()).sort(), files: files.sort(),
      workers: (await navigator.serviceWorker.getRegistrations()).map((one) => new URL(one.active.scriptURL).pathname) }) });
  };
  const early = await idb.openDB('early', 3, { upgrade: (db) => db.createObjectStore('kv') });
  await early.put('kv', { user: { anonymous: '${ID}' }, n: 1 }, 'state');
  await localforage.setItem('settings', 'dark');
  if (!localStorage.visited) {
    localStorage.visited = 1;
    await navigator.serviceWorker.register('/sw.js?v=1');
    await navigator.serviceWorker.ready;
    await tell('before');
  } else { await navigator.serviceWorker.register('/sw.js?v=1'); await tell('reloaded'); }
  await fetch('https://collect.other.test/hit?id=${ID}', { mode: 'no-cors' });
  document.getElementById('yes').onclick = async () => {
    localStorage.consent = 'accepted';
    const db = new Dexie('late'); db.version(1).stores({ items: '++id, name' });
    await db.items.bulkAdd([{ name: 'a' }, { name: 'b' }]);
    await db.items.where('name').equals('a').modify({ name: 'c' });
    const cache = await caches.open('pages');
    await cache.put('/page/ann@example.com?secret=1', new Response('x'));
    await caches.open('pages');
    const root = await navigator.storage.getDirectory();
    const directory = await root.getDirectoryHandle('data', { create: true });
    const writable = await (await directory.getFileHandle('log.txt', { create: true })).createWritable();
    await writable.write('hello'); await writable.close();
    mixpanel.init('0123456789abcdef0123456789abcdef', { record_sessions_percent: 100, api_host: 'https://api-js.mixpanel.com', persistence: 'localStorage' });
  };
  document.getElementById('undo').onclick = async () => {
    localStorage.consent = 'withdrawn';
    early.close(); await idb.deleteDB('early');
    await caches.delete('pages');
    await (await navigator.storage.getDirectory()).removeEntry('data', { recursive: true });
    await (await navigator.serviceWorker.getRegistration()).unregister();
  };
</script>`;

const WORKER = script(`
  self.addEventListener('install', (event) => event.waitUntil(caches.open('shell-v1').then((cache) => cache.addAll(['/shell.css', '/shell.js'])).then(() => self.skipWaiting())));
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
`);

interface Truth {
  databases: string[];
  caches: string[];
  files: string[];
  workers: string[];
}

let audit: Audit;
const truth: Record<string, Truth> = {};
const all = (kind: Observation['kind'], name: string): Observation[] => seen(audit, kind, name);
const brief = (kind: Observation['kind'], name: string): unknown[] =>
  all(kind, name).map(({ action, mechanism, phase, detail }) => [action, mechanism, phase, detail?.operation ?? null]);

beforeAll(async () => {
  const library = (path: string) => file(`node_modules/${path}`);
  const heard = ({ url, body }: { url: URL; body: Buffer }) => {
    truth[url.pathname.slice('/truth-'.length)] = JSON.parse(body.toString()) as Truth;
    return { status: 204, type: 'text/plain', body: '' };
  };
  const host = pages({
    'shop.test/': html(PAGE),
    'shop.test/idb.js': library('idb/build/umd.js'),
    'shop.test/localforage.js': library('localforage/dist/localforage.js'),
    'shop.test/dexie.js': library('dexie/dist/dexie.js'),
    'shop.test/mixpanel.js': library('mixpanel-browser/dist/mixpanel.umd.js'),
    'shop.test/sw.js': WORKER,
    'shop.test/truth-before': heard,
    'shop.test/truth-reloaded': heard,
  });
  const steps = [{ visit: '/' }, { reload: true }, { click: '#yes' }, { click: '#undo', settle: 2000 }];
  ({ audit } = await auditPages(host, steps, shopPolicy()));
});

test('looks agree with the browser', () => {
  const present = (visit: string, kind: Observation['kind']): (string | null)[] =>
    audit.observations
      .filter((o) => o.action === 'present' && o.visit === visit && o.kind === kind && o.phase === 'before-choice')
      .map(({ name }) => name);
  for (const [visit, at] of [
    ['v1', 'before'],
    ['v2', 'reloaded'],
  ] as const) {
    const told = truth[at] as Truth;
    expect(told.databases).toEqual(['early', 'localforage']);
    expect(new Set(present(visit, 'indexedDB'))).toEqual(new Set(told.databases));
    expect(new Set(present(visit, 'cacheStorage'))).toEqual(new Set(told.caches));
    expect(new Set(present(visit, 'serviceWorker'))).toEqual(new Set(told.workers));
    expect(new Set(present(visit, 'opfs'))).toEqual(new Set(told.files));
  }
  expect(audit.gaps).toEqual([]);
});

describe('hooks name the script, the moment and the place', () => {
  test('databases: created, upgraded and written, again after a reload, and deleted', () => {
    expect(brief('indexedDB', 'early')).toEqual([
      ['set', 'idb', 'before-choice', 'create'],
      ['set', 'idb', 'before-choice', 'put'],
      ['set', 'idb', 'before-choice', 'put'],
      ['delete', 'idb', 'withdrawn', 'deleteDatabase'],
    ]);
    expect(all('indexedDB', 'early')[1]).toMatchObject({
      confirmed: 'snapshot',
      rejected: null,
      host: 'shop.test',
      detail: { store: 'kv', key: 'state', times: 1 },
      initiator: { url: 'https://shop.test/idb.js' },
      value: { length: ID.length },
    });
    expect(all('indexedDB', 'localforage')[0]).toMatchObject({ initiator: { url: 'https://shop.test/localforage.js' } });
    expect(brief('indexedDB', 'late')).toEqual([
      ['set', 'idb', 'accepted', 'create'],
      ['set', 'idb', 'accepted', 'add'],
      ['set', 'idb', 'accepted', 'add'],
      ['set', 'idb', 'accepted', 'put'],
    ]);
  });

  test('a cache is written once by a put, and not at all by opening it again', () => {
    expect(brief('cacheStorage', 'pages')).toEqual([
      ['set', 'cache', 'accepted', 'put'],
      ['delete', 'cache', 'withdrawn', 'delete'],
    ]);
    expect(all('cacheStorage', 'pages')[0]?.detail?.key).toBe('https://shop.test/page/[e-mail]');
  });

  test('a worker is registered once, however often the page says so; what it caches is found by a look alone', () => {
    expect(brief('serviceWorker', '/sw.js')).toEqual([
      ['set', 'service-worker', 'before-choice', 'register'],
      ['delete', 'service-worker', 'withdrawn', 'unregister'],
    ]);
    expect(all('cacheStorage', 'shell-v1')).toMatchObject([
      { action: 'set', mechanism: 'snapshot', confirmed: 'snapshot', initiator: null },
    ]);
    expect(all('cacheStorage', 'shell-v1')[0]?.uncertainty).toBeGreaterThan(0);
  });

  test('private files by their path, a directory with what is in it', () => {
    expect(brief('opfs', 'data/log.txt')).toEqual([
      ['set', 'opfs', 'accepted', 'write'],
      ['delete', 'opfs', 'withdrawn', 'removeEntry'],
    ]);
    expect(brief('opfs', 'data/')).toEqual([
      ['set', 'opfs', 'accepted', 'getDirectoryHandle'],
      ['delete', 'opfs', 'withdrawn', 'removeEntry'],
    ]);
  });
});

describe('judged', () => {
  test("a tracker's recordings go on after the withdrawal, and stay", () => {
    expect(found(audit, 'active-after-withdrawal', 'mixpanelBrowserDb')).toMatchObject([
      { level: 'error', outcome: 'fail', service: 'mixpanel' },
    ]);
    expect(found(audit, 'left-after-withdrawal', 'mixpanelBrowserDb')).toHaveLength(1);
    expect(found(audit, 'left-after-withdrawal', 'early')).toEqual([]);
    expect(found(audit, 'undeclared-storage', 'mixpanelBrowserDb')).toMatchObject([{ level: 'error' }]);
    expect(found(audit, 'undeclared-technology', 'mixpanelBrowserDb')).toMatchObject([{ level: 'warning', outcome: 'fail' }]);
  });

  test('what nobody knows needs a look and is not accused of a purpose', () => {
    for (const name of ['early', 'localforage', '/sw.js', 'shell-v1'])
      expect(found(audit, 'stored-before-choice', name), name).toMatchObject([{ level: 'warning', outcome: 'fail' }]);
    for (const name of ['early', '/sw.js', 'shell-v1'])
      expect(found(audit, 'undeclared-technology', name), name).toMatchObject([{ level: 'warning', outcome: 'unsure' }]);
  });

  test('an identifier deep in a record is recognised where it is sent', () => {
    expect(found(audit, 'identifier-sent-before-choice', 'early')).toMatchObject([{ host: 'collect.other.test', level: 'error' }]);
  });
});
