/** Ways in which databases, caches, private files and registrations of workers are written. */
import { js, NOBODY, PAGE, request, TOP, type Expectation, type Way } from './way.ts';

type Who = Partial<Expectation>;
const did =
  (kind: Expectation['kind'], action: 'set' | 'delete') =>
  (name: string, operation: string, who: Who = {}): Expectation => ({
    kind,
    action,
    name,
    operation,
    times: 1,
    by: 'script',
    line: 1,
    stays: true,
    ...who,
  });

const database = did('indexedDB', 'set');
const deleted = did('indexedDB', 'delete');
const refused = (name: string, operation: string): Expectation => deleted(name, operation, { rejected: 'transaction-aborted' });
const cache = did('cacheStorage', 'set');
const file = did('opfs', 'set');
const fileGone = did('opfs', 'delete');
const worker = did('serviceWorker', 'set');

const way = (id: string, does: string, script: string, expect: Expectation[], more: Partial<Way> = {}): Way => ({
  id,
  does,
  page: 'stores',
  script: `(async () => { ${script} })();`,
  expect,
  ...more,
});

/** A database with one store, and what is done to it: `db`, its `store()` in a new transaction, and `done` when a request is. */
const inDatabase = (id: string, does: string, script: string, expect: Expectation[], stays = true): Way =>
  way(
    id,
    does,
    `const done = (r) => new Promise((resolve, reject) => { r.onsuccess = () => resolve(r.result); r.onerror = reject; });
const open = indexedDB.open('${id}'); open.onupgradeneeded = () => open.result.createObjectStore('s'); const db = await done(open);
const store = () => db.transaction('s', 'readwrite').objectStore('s');
${script}`.replaceAll('\n', ' '),
    [database(id, 'create', { stays }), ...expect],
  );

const cursor = `const c = await done(s.openCursor());`;
const inCache = (id: string, does: string, script: string, expect: Expectation[], more: Partial<Way> = {}): Way =>
  way(id, does, `const cache = await caches.open('${id}'); ${script}`, expect, more);
const inRoot = (id: string, does: string, script: string, expect: Expectation[], more: Partial<Way> = {}): Way =>
  way(id, does, `const root = await navigator.storage.getDirectory(); ${script}`, expect, more);
const asked = (id: string): Expectation => request(`${TOP}/sent/${id}`);
const write = (name: string): string =>
  `const f = await root.getFileHandle('${name}', { create: true }); const w = await f.createWritable(); await w.write('x'); await w.close();`;

export const storeWays: Way[] = [
  inDatabase('idb-create', 'a new database', '', []),
  inDatabase('idb-put', 'put', `await done(store().put(1, 'k'));`, [database('idb-put', 'put')]),
  inDatabase('idb-add', 'add', `await done(store().add(1, 'k'));`, [database('idb-add', 'add')]),
  inDatabase('idb-delete', 'delete', `await done(store().put(1, 'k')); await done(store().delete('k'));`, [
    database('idb-delete', 'put'),
    deleted('idb-delete', 'delete'),
  ]),
  inDatabase('idb-clear', 'clear', `await done(store().put(1, 'k')); await done(store().clear());`, [
    database('idb-clear', 'put'),
    deleted('idb-clear', 'clear'),
  ]),
  inDatabase(
    'idb-cursor',
    `a cursor's update and delete`,
    `const s = store(); await done(s.put(1, 'k')); ${cursor} await done(c.update(2)); await done(c.delete());`,
    [database('idb-cursor', 'put'), database('idb-cursor', 'update'), deleted('idb-cursor', 'delete')],
  ),
  inDatabase(
    'idb-index-cursor',
    'a cursor of an index',
    `db.close(); const up = indexedDB.open('idb-index-cursor', 2); up.onupgradeneeded = () => up.transaction.objectStore('s').createIndex('i', 'a'); const next = await done(up); const s = next.transaction('s', 'readwrite').objectStore('s'); await done(s.put({ a: 1 }, 'k')); const c = await done(s.index('i').openCursor()); await done(c.update({ a: 2 }));`,
    [database('idb-index-cursor', 'upgrade'), database('idb-index-cursor', 'put'), database('idb-index-cursor', 'update')],
  ),
  inDatabase(
    'idb-aborted',
    'deletes in a transaction that it aborts',
    `await done(store().put(1, 'k')); const s = store(); s.delete('k'); s.clear(); s.transaction.abort();`,
    [database('idb-aborted', 'put'), refused('idb-aborted', 'delete'), refused('idb-aborted', 'clear')],
  ),
  inDatabase('idb-again', 'opens a database that is there', `db.close(); await done(indexedDB.open('idb-again'));`, []),
  inDatabase(
    'idb-gone',
    'deleteDatabase',
    `db.close(); await done(indexedDB.deleteDatabase('idb-gone'));`,
    [deleted('idb-gone', 'deleteDatabase')],
    false,
  ),
  inDatabase(
    'idb-prototype',
    'put by the prototype of a frame',
    `const f = document.createElement('iframe'); document.body.append(f); const s = store(); f.contentWindow.IDBObjectStore.prototype.put.call(s, 1, 'k');`,
    [database('idb-prototype', 'put')],
  ),
  {
    ...inDatabase('elsewhere-database', 'a database in a frame of another site', `await done(store().put(1, 'k'));`, [
      database('elsewhere-database', 'put'),
    ]),
    elsewhere: true,
  },
  inCache('cache-open', 'opens a new cache', '', [cache('cache-open', 'open')]),
  inCache('cache-put', 'puts an answer', `await cache.put('/sent/never', new Response('x'));`, [cache('cache-put', 'put')]),
  inCache('cache-add', 'adds an address', `await cache.add('/sent/cache-add');`, [cache('cache-add', 'add'), asked('cache-add')]),
  inCache('cache-add-all', 'adds two', `await cache.addAll(['/sent/cache-add-one', '/sent/cache-add-two']);`, [
    cache('cache-add-all', 'addAll', { times: 2 }),
    asked('cache-add-one'),
    asked('cache-add-two'),
  ]),
  inCache('cache-delete', 'deletes an answer', `await cache.put('/x', new Response('x')); await cache.delete('/x');`, [
    cache('cache-delete', 'put'),
    did('cacheStorage', 'delete')('cache-delete', 'delete'),
  ]),
  inCache('cache-gone', 'deletes a cache', `await cache.put('/x', new Response('x')); await caches.delete('cache-gone');`, [
    cache('cache-gone', 'put', { stays: false }),
    did('cacheStorage', 'delete')('cache-gone', 'delete'),
  ]),
  inRoot('file-create', 'makes an empty file', `await root.getFileHandle('file-create', { create: true });`, [
    file('file-create', 'getFileHandle'),
  ]),
  inRoot('file-write', 'writes a file', write('file-write'), [file('file-write', 'write')]),
  inRoot('directory', 'makes a directory', `await root.getDirectoryHandle('directory', { create: true });`, [
    file('directory/', 'getDirectoryHandle'),
  ]),
  inRoot('file-gone', 'removes a file', `${write('file-gone')} await root.removeEntry('file-gone');`, [
    file('file-gone', 'write', { stays: false }),
    fileGone('file-gone', 'removeEntry'),
  ]),
  inRoot('file-moved', 'moves a file', `${write('file-unmoved')} await f.move('file-moved');`, [
    file('file-unmoved', 'write', { stays: false }),
    fileGone('file-unmoved', 'move'),
    file('file-moved', 'move'),
  ]),
  inRoot(
    'file-moved-into',
    'moves a file into a directory',
    `const d = await root.getDirectoryHandle('into', { create: true }); ${write('file-moved-into')} await f.move(d);`,
    [
      file('into/', 'getDirectoryHandle'),
      file('file-moved-into', 'write', { stays: false }),
      fileGone('file-moved-into', 'move'),
      file('into/file-moved-into', 'move'),
    ],
  ),
  way(
    'worker-unregistered',
    'registers a service worker and takes it back',
    `const r = await navigator.serviceWorker.register('/sent/worker-unregistered', { scope: '/sent/no-page/gone/' }); await r.unregister();`,
    [
      worker('/sent/worker-unregistered', 'register', { stays: false }),
      did('serviceWorker', 'delete')('/sent/worker-unregistered', 'unregister'),
      { ...asked('worker-unregistered'), by: 'any' },
    ],
    { answers: { '/sent/worker-unregistered': js('') } },
  ),
  way(
    'worker-stores',
    'a database, a cache and a file of a worker',
    `new Worker('/worker/stores.js');`,
    [
      { ...database('worker-database', '', NOBODY), operation: undefined },
      { ...cache('worker-cache', '', NOBODY), operation: undefined },
      { ...file('worker-file', '', NOBODY), operation: undefined },
      request(`${TOP}/worker/stores.js`),
    ],
    {
      answers: {
        '/worker/stores.js': js(
          `indexedDB.open('worker-database'); caches.open('worker-cache'); navigator.storage.getDirectory().then((root) => root.getFileHandle('worker-file', { create: true }));`,
        ),
      },
    },
  ),
  {
    id: 'inline-database',
    does: 'a database of inline code',
    page: 'stores',
    body: `<script>indexedDB.open('inline-database')</script>`,
    expect: [database('inline-database', 'create', PAGE)],
  },
];
