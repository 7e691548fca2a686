/** What was refused, given up or kept apart by the browser: nothing is told to be stored that is not, and nobody is said to have deleted it. */
import { beforeAll, expect, test } from 'vitest';
import type { Audit } from '../../lib/model/audit.ts';
import type { Observation } from '../../lib/model/observation.ts';
import { auditPages, BROWSER, html, pages, seen, shopPolicy } from './audit-of.ts';

const PAGE = `<iframe src="/frame"></iframe><iframe src="https://other.test/around"></iframe><button id="close">x</button><script>
  const refused = (storage, name) => { try { storage.setItem(name, 'q'.repeat(6e6)); } catch {} };
  refused(sessionStorage, 'new');
  localStorage.setItem('old', 'v'); refused(localStorage, 'old');
  const open = indexedDB.open('twice');
  open.onupgradeneeded = () => open.result.createObjectStore('s');
  open.onsuccess = () => {
    const store = open.result.transaction('s', 'readwrite').objectStore('s');
    store.add('first', 'k');
    store.add('second', 'k').onerror = (event) => event.preventDefault();
  };
  const written = (async () => {
    const root = await navigator.storage.getDirectory();
    const writable = async (name) => (await root.getFileHandle(name, { create: true })).createWritable();
    const given = await writable('given-up'); await given.write('secret'); await given.abort();
    const late = await writable('late'); await late.write('secret');
    return late;
  })();
  document.getElementById('close').onclick = async () => (await written).close();
  navigator.storageBuckets?.open('bucket').then(async (bucket) => {
    bucket.indexedDB.open('in-bucket').onupgradeneeded = ({ target }) => target.result.createObjectStore('s').put(1, 'k');
    await (await bucket.caches.open('in-bucket')).put('/x', new Response('x'));
  });
</script>`;

let audit: Audit;
const brief = (kind: Observation['kind'], name: string): string[] =>
  seen(audit, kind, name).map((one) => `${one.detail?.operation ?? one.action} ${one.confirmed ?? one.rejected ?? 'unknown'}`);

beforeAll(async () => {
  const host = pages({
    'shop.test/': html(PAGE),
    'shop.test/frame': html(''),
    'other.test/around': html(
      `<iframe src="https://shop.test/within"></iframe><script>indexedDB.open('foreign'); localStorage.setItem('foreign', '1')</script>`,
    ),
    'shop.test/within': html(`<script>localStorage.setItem('within', '1'); caches.open('within'); indexedDB.open('within')</script>`),
    'shop.test/next': html('<iframe src="/frame"></iframe>'),
  });
  ({ audit } = await auditPages(host, [{ visit: '/' }, { click: '#close' }, { visit: '/next' }], shopPolicy()));
});

test('a write beyond the quota is refused, and what was there is there still', () => {
  expect(brief('sessionStorage', 'new')).toEqual(['set not-stored']);
  expect(brief('localStorage', 'old')).toEqual(['set snapshot', 'set not-stored']);
});

test('a record that was refused is, though its transaction committed', () => {
  expect(brief('indexedDB', 'twice')).toEqual(['create snapshot', 'add snapshot', 'add call-failed']);
});

test('a file that was given up is not said to be written, one that is closed late is told once', () => {
  // The empty file is there: a look before the first write finds it made by the call that opened it.
  const written = (name: string): string[] => brief('opfs', name).filter((one) => one !== 'createWritable snapshot');
  expect(written('given-up')).toEqual(['write unknown']);
  expect(written('late')).toEqual(['write snapshot']);
});

test('of what lies in a bucket, which Firefox does not have, nobody says that it was not stored', () => {
  const inBucket = [...brief('indexedDB', 'in-bucket'), ...brief('cacheStorage', 'in-bucket')];
  expect(inBucket).toEqual(BROWSER === 'chromium' ? ['create unknown', 'put unknown', 'put unknown'] : []);
});

test("what frames store is told once, and not missed in the page's own part", () => {
  expect(brief('indexedDB', 'foreign')).toEqual(['create snapshot']);
  expect(brief('localStorage', 'foreign')).toEqual(['set snapshot']);
  expect(brief('localStorage', 'within')).toEqual(['set snapshot']);
  expect(brief('cacheStorage', 'within')).toEqual(['open snapshot']);
  expect(brief('indexedDB', 'within')).toEqual(['create snapshot']);
});

test('nobody wrote or deleted anything behind the hooks', () => {
  const unseen = audit.observations.filter(({ action, mechanism }) => action !== 'present' && mechanism === 'snapshot');
  expect(unseen.map(({ kind, action, name }) => `${kind} ${action} ${name}`)).toEqual([]);
});
