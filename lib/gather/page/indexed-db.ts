/**
 * Hooks IndexedDB: https://w3c.github.io/IndexedDB/. Everything is synchronous and makes no request of its own, so no transaction lives
 * longer or ends sooner for it. A listener that threw would abort the page's transaction: none here can.
 */
import { listenOn, natives, privateMap, quietly, reader } from './natives.ts';
import { done, stamp, type Stamp } from './report.ts';
import { settled, tellWrite } from './store-writes.ts';
import { textIn } from './stored-text.ts';
import { wrapMethod } from './wrap.ts';

/** Object stores and cursors are met by the thousand: where they belong is read once. */
interface Belonging {
  database: string;
  store: string;
  transaction: IDBTransaction;
}

export function hookIndexedDB(): void {
  if (typeof IDBFactory === 'undefined') return;
  const databaseName = reader<string>(IDBDatabase.prototype, 'name');
  const transactionDatabase = reader<IDBDatabase>(IDBTransaction.prototype, 'db');
  const storeTransaction = reader<IDBTransaction>(IDBObjectStore.prototype, 'transaction');
  const storeName = reader<string>(IDBObjectStore.prototype, 'name');
  const indexStore = reader<IDBObjectStore>(IDBIndex.prototype, 'objectStore');
  const cursorSource = reader<IDBObjectStore | IDBIndex>(IDBCursor.prototype, 'source');
  const cursorKey = reader<unknown>(IDBCursor.prototype, 'primaryKey');
  const requestResult = reader<unknown>(IDBRequest.prototype, 'result');
  const requestTransaction = reader<IDBTransaction | null>(IDBRequest.prototype, 'transaction');
  const oldVersion = reader<number>(IDBVersionChangeEvent.prototype, 'oldVersion');
  const belongings = privateMap<object, Belonging>();
  const writesOf = privateMap<IDBTransaction, number[]>();

  function settleWith(transaction: IDBTransaction, write: number): void {
    if (write === 0) return;
    const known = writesOf.get(transaction);
    if (known) {
      known[known.length] = write;
      return;
    }
    const writes = [write];
    writesOf.set(transaction, writes);
    const ended = (refused: string | null) => (event: Event) => {
      if (event.isTrusted) quietly(() => settled('indexedDB', writes, refused));
    };
    listenOn(transaction, 'complete', ended(null), false);
    listenOn(transaction, 'abort', ended('transaction-aborted'), false);
  }

  function belonging(store: IDBObjectStore): Belonging {
    const known = belongings.get(store);
    if (known) return known;
    const transaction = storeTransaction(store);
    const read = { database: databaseName(transactionDatabase(transaction)), store: storeName(store), transaction };
    belongings.set(store, read);
    return read;
  }

  function written(store: IDBObjectStore, operation: string, key: unknown, value: unknown): void {
    const { database, store: name, transaction } = belonging(store);
    const deletes = operation === 'delete' || operation === 'clear';
    const write = tellWrite({
      kind: 'indexedDB',
      action: deletes ? 'delete' : 'set',
      operation,
      name: database,
      store: name,
      key: typeof key === 'string' ? key : null,
      text: () => textIn(value),
    });
    settleWith(transaction, write);
  }

  function whole(action: 'set' | 'delete', operation: string, name: string, made: Stamp): number {
    return tellWrite({ kind: 'indexedDB', action, operation, name, store: null, key: null }, made);
  }

  wrapMethod(IDBFactory.prototype, 'open', (native, self, args) => {
    const made = stamp();
    const request = natives.apply(native, self, args) as IDBOpenDBRequest;
    quietly(() => {
      const heard = (event: Event): void =>
        quietly(() => {
          if (!event.isTrusted) return;
          const operation = oldVersion(event) === 0 ? 'create' : 'upgrade';
          const write = whole('set', operation, databaseName(requestResult(request)), made);
          settleWith(requestTransaction(request) as IDBTransaction, write);
        });
      listenOn(request, 'upgradeneeded', heard, false);
    });
    return request;
  });

  wrapMethod(IDBFactory.prototype, 'deleteDatabase', (native, self, args) => {
    const made = stamp();
    // Converted once: an object's own `toString` must not be asked twice.
    const name = typeof args[0] === 'string' ? args[0] : null;
    const request = natives.apply(native, self, args) as IDBOpenDBRequest;
    quietly(() => {
      const heard = (event: Event): void =>
        quietly(() => {
          if (event.isTrusted && name !== null && oldVersion(event) > 0) whole('delete', 'deleteDatabase', name, done(made));
        });
      listenOn(request, 'success', heard, false);
    });
    return request;
  });

  // The native function goes first: what it refuses was not written, and what it has cloned holds no proxy.
  for (const operation of ['put', 'add', 'delete', 'clear'] as const) {
    wrapMethod(IDBObjectStore.prototype, operation, (native, self, args) => {
      const request = natives.apply(native, self, args);
      const deletes = operation === 'delete' || operation === 'clear';
      quietly(() => written(self as IDBObjectStore, operation, deletes ? args[0] : args[1], deletes ? null : args[0]));
      return request;
    });
  }
  for (const operation of ['update', 'delete'] as const) {
    wrapMethod(IDBCursor.prototype, operation, (native, self, args) => {
      const request = natives.apply(native, self, args);
      quietly(() => {
        const source = cursorSource(self);
        const store = source instanceof IDBIndex ? indexStore(source) : source;
        written(store, operation, cursorKey(self), operation === 'update' ? args[0] : null);
      });
      return request;
    });
  }
}
