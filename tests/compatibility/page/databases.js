check(async () => {
  const { localforage, idb, Dexie } = window;
  for (const driver of ['INDEXEDDB', 'LOCALSTORAGE']) {
    const forage = localforage.createInstance({ name: `forage-${driver}`, driver: localforage[driver] });
    await ending('set', () => forage.setItem('a', { list: [1, 2], bytes: new Uint8Array([1, 2, 3]) }));
    await ending('get', () => forage.getItem('a'));
    await ending('keys', () => forage.keys());
    await ending('iterate', () => forage.iterate((value, key, number) => void see('entry', key, number)));
    await ending('of a function', () => forage.setItem('b', () => 0));
    await ending('remove', () => forage.removeItem('a'));
    await ending('drop', () => forage.dropInstance());
  }
  const database = await idb.openDB('idb', 2, {
    upgrade(db, from) {
      see('upgrade', from);
      db.createObjectStore('books', { keyPath: 'id', autoIncrement: true }).createIndex('title', 'title', { unique: true });
    },
  });
  await ending('add', () => database.add('books', { title: 'one' }));
  await ending('add twice', () => database.add('books', { title: 'one' }));
  await ending('put', () => database.put('books', { id: 7, title: 'two' }));
  await ending('by index', () => database.getFromIndex('books', 'title', 'two'));
  const transaction = database.transaction('books', 'readwrite');
  for await (const cursor of transaction.store) {
    await cursor.update({ ...cursor.value, seen: true });
    if (cursor.key === 7) await cursor.delete();
  }
  await ending('transaction', () => transaction.done);
  await ending('all', () => database.getAll('books'));
  const aborted = database.transaction('books', 'readwrite');
  void aborted.store.put({ title: 'never' }).catch((error) => see('put of an aborted', error.name));
  aborted.abort();
  await ending('aborted', () => aborted.done);
  attempt('request', () => idb.unwrap(database).transaction('books').objectStore('books').get(1) instanceof IDBRequest);
  database.close();
  await ending('delete', () => idb.deleteDB('idb'));

  const dexie = new Dexie('dexie');
  dexie.version(1).stores({ friends: '++id, name, age' });
  dexie
    .version(2)
    .stores({ friends: '++id, name, age, *tags' })
    .upgrade(() => see('never upgraded'));
  await ending('bulk', () =>
    dexie.friends.bulkAdd([
      { name: 'A', age: 20, tags: ['x'] },
      { name: 'B', age: 30, tags: [] },
    ]),
  );
  await ending('where', () => dexie.friends.where('age').above(25).toArray());
  await ending('modify', () => dexie.friends.where('tags').equals('x').modify({ age: 21 }));
  await ending('rolled back', () =>
    dexie.transaction('rw', dexie.friends, async () => {
      await dexie.friends.add({ name: 'C' });
      throw new RangeError('of the page');
    }),
  );
  await ending('count', () => dexie.friends.count());
  await ending('constraint', () => dexie.friends.add({ id: 1, name: 'D' }));
  await ending('dexie delete', () => dexie.delete());

  await ending('cache', async () => {
    const cache = await caches.open('c');
    await cache.put('/cached', new Response('x'));
    await cache.add('/json');
    return [
      cache instanceof Cache,
      await (await cache.match('/cached')).text(),
      (await cache.keys()).length,
      await cache.delete('/cached'),
      await caches.delete('c'),
      await caches.delete('c'),
    ];
  });
  await ending('cache of POST', async () => (await caches.open('c')).put(new Request('/x', { method: 'POST' }), new Response('x')));
  await ending('cache of a missing', async () => (await caches.open('c')).add('/missing'));
  await caches.delete('c');
  attempt('open without a name', () => indexedDB.open());
  attempt('wrong version', () => indexedDB.open('x', 0));
  attempt('foreign this', () => IDBFactory.prototype.open.call({}, 'x'));
});
