/** Pages that write without measure, lie about the platform or probe it: the page is unharmed, and what is not told is counted. */
import { beforeAll, expect, test } from 'vitest';
import { auditPages, html, pages, seen, shopPolicy, type PageAudit } from './audit-of.ts';

const FLOOD = 30_000;

const PAGE = `
<button id="go">x</button>
<iframe id="sandboxed" sandbox="allow-scripts" srcdoc="<script>let told; try { indexedDB.open('x'); told = 'opened'; } catch (error) { told = error.name; } parent.postMessage(told, '*')</script>"></iframe>
<iframe srcdoc="<script>indexedDB.open('of-srcdoc', 1).onupgradeneeded = (e) => e.target.result.createObjectStore('s')</script>"></iframe>
<script>
  const sandboxed = new Promise((resolve) => addEventListener('message', ({ data }) => typeof data === 'string' && resolve(data)));
  const open = (name, version = 1) => new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => request.result.createObjectStore('s', { autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const ended = (transaction) => new Promise((resolve) => { transaction.oncomplete = () => resolve('complete'); transaction.onabort = () => resolve('abort'); });
  const thrown = (run) => { try { run(); return 'nothing'; } catch (error) { return error.name; } };
  const result = {};
  const unhandled = [];
  addEventListener('unhandledrejection', (event) => { unhandled.push(event.reason.name); event.preventDefault(); });
  document.getElementById('go').onclick = async () => {
    const put = IDBObjectStore.prototype.put;
    result.shape = [put.name, put.length, Cache.prototype.addAll.name, Cache.prototype.addAll.length, ServiceWorkerContainer.prototype.register.length,
      indexedDB.open.length, Object.keys(IDBObjectStore.prototype).includes('put'), thrown(() => put.call({}, 1)), thrown(() => new put(1))];
    result.promise = caches.open('shape') instanceof Promise;

    const db = await open('flood');
    const flood = db.transaction('s', 'readwrite');
    for (let index = 0; index < ${FLOOD}; index++) flood.objectStore('s').put(index);
    result.flood = await ended(flood);
    document.body.append(Object.assign(document.createElement('button'), { id: 'flooded', textContent: 'x' }));
    await new Promise((resolve) => { document.getElementById('flooded').onclick = resolve; });
    result.count = await new Promise((resolve) => { const request = db.transaction('s').objectStore('s').count(); request.onsuccess = () => resolve(request.result); });

    let traps = 0;
    const watched = new Proxy({}, { get: () => { traps++; }, getOwnPropertyDescriptor: () => { traps++; }, ownKeys: () => { traps++; return []; } });
    let reads = 0;
    const store = db.transaction('s', 'readwrite').objectStore('s');
    result.proxy = thrown(() => store.put({ inner: [watched] }));
    result.function = thrown(() => store.put({ run() {} }));
    result.throwing = thrown(() => store.put({ get bad() { throw new RangeError('x'); } }));
    store.put({ get counted() { reads++; return 'x'; } });
    result.traps = traps;
    result.reads = reads;

    const aborted = db.transaction('s', 'readwrite');
    aborted.objectStore('s').put('never stored');
    result.inactive = await Promise.resolve().then(() => thrown(() => aborted.objectStore('s').put(2)));
    aborted.abort();
    result.aborted = await ended(aborted);

    for (const name of ['n'.repeat(4096), 'lone\\ud800', '__proto__', 'constructor', '<img src=x onerror=alert(1)>'])
      try { (await open(name)).close(); } catch { /* Firefox refuses some of them. */ }

    const genuine = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...args) { return genuine.apply(this, args); };
    Object.defineProperty(IDBDatabase.prototype, 'name', { get() { throw new Error('hostile'); }, configurable: true });
    Array.isArray = WeakMap.prototype.get = Promise.prototype.then = Reflect.ownKeys = Object.getPrototypeOf = () => { throw new Error('hostile'); };
    const replaced = indexedDB.open('replaced');
    await new Promise((resolve) => { replaced.onsuccess = resolve; });

    // A connection that blocks an upgrade: nobody may be kept waiting by a look.
    await open('blocking');
    indexedDB.open('blocking', 2);

    // A failure that the page handles stays handled, one that it does not is told to it once.
    try { await (await caches.open('failing')).add('/missing'); } catch (error) { result.failed = error.name; }
    const complained = new Promise((resolve) => addEventListener('unhandledrejection', resolve));
    const failing = await caches.open('failing');
    void failing.add('/missing');
    await complained;
    result.unhandled = unhandled;
    result.sandboxed = await sandboxed;
    await fetch('/result', { method: 'POST', body: JSON.stringify(result) });
    document.body.append(Object.assign(document.createElement('button'), { id: 'done', textContent: 'x' }));
  };
</script>`;

let run: PageAudit;
let result: Record<string, unknown>;

beforeAll(async () => {
  const host = pages({
    'shop.test/': html(PAGE),
    'shop.test/missing': { status: 404, type: 'text/plain', body: '' },
    'shop.test/result': ({ body }) => {
      result = JSON.parse(body.toString()) as Record<string, unknown>;
      return { status: 204, type: 'text/plain', body: '' };
    },
  });
  run = await auditPages(
    host,
    [{ visit: '/' }, { click: '#go', settle: 100 }, { click: '#flooded', settle: 100 }, { click: '#done' }],
    shopPolicy(),
  );
});

test('the platform looks and behaves as without us', () => {
  expect(result).toEqual({
    shape: ['put', 1, 'addAll', 1, 1, 1, true, 'TypeError', 'TypeError'],
    promise: true,
    flood: 'complete',
    count: FLOOD,
    proxy: 'DataCloneError',
    function: 'DataCloneError',
    throwing: 'RangeError',
    // The platform itself asks the proxy nothing, and each getter once.
    traps: 0,
    reads: 1,
    inactive: 'nothing',
    aborted: 'abort',
    failed: 'TypeError',
    unhandled: ['TypeError'],
    sandboxed: 'SecurityError',
  });
});

test('a flood is told in part, and the rest is counted', () => {
  const puts = seen(run.audit, 'indexedDB', 'flood').filter(({ detail, rejected }) => detail?.operation === 'put' && rejected === null);
  expect(puts.length).toBeLessThan(100);
  // One more for the object with a getter.
  expect(puts.reduce((sum, { detail }) => sum + (detail?.times ?? 0), 0)).toBe(FLOOD + 1);
  expect(run.audit.gaps).toEqual([]);
});

test('what an aborted transaction wrote is refused', () => {
  const refused = seen(run.audit, 'indexedDB', 'flood').filter(({ rejected }) => rejected !== null);
  expect(refused.map(({ rejected }) => rejected)).toEqual(['transaction-aborted', 'transaction-aborted']);
});

test('hostile names are told as they are', () => {
  const names = new Set(run.audit.observations.filter(({ kind }) => kind === 'indexedDB').map(({ name }) => name));
  for (const name of ['n'.repeat(4096), '__proto__', 'constructor', '<img src=x onerror=alert(1)>', 'replaced', 'of-srcdoc'])
    expect(names.has(name), name.slice(0, 40)).toBe(true);
  expect(seen(run.audit, 'indexedDB', 'lone\ufffd')[0]).toMatchObject({ rawName: 'lone\\ud800', confirmed: 'snapshot' });
  expect(seen(run.audit, 'indexedDB', 'replaced')[0]).toMatchObject({ mechanism: 'idb', detail: { operation: 'create' } });
});

test('a cached answer that failed was not stored', () => {
  const adds = seen(run.audit, 'cacheStorage', 'failing').filter(({ detail }) => detail?.operation === 'add');
  expect(adds.map(({ rejected }) => rejected)).toEqual(['call-failed', 'call-failed']);
});
