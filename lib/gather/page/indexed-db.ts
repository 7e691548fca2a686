/**
 * Hooks IndexedDB: https://w3c.github.io/IndexedDB/. Everything is synchronous and makes no request of its own, so no transaction lives
 * longer or ends sooner for it. A listener that threw would abort the page's transaction: none here can.
 */
import { attempt } from './clip.ts';
import { argument, each, isText, listenOn, privateMap, reader } from './guarded.ts';
import { done, stamp } from './report.ts';
import { settled, tellWrite } from './store-writes.ts';
import { textIn } from './stored-text.ts';
import { watchResult } from './wrap.ts';

/** Object stores and cursors are met by the thousand: where they belong is read once. */
interface Belonging {
  database: string;
  store: string;
  transaction: IDBTransaction;
}

export function hookIndexedDB(): void {
  const kind = 'indexedDB';
  const databaseName = reader<string>(IDBDatabase, 'name');
  const transactionDatabase = reader<IDBDatabase>(IDBTransaction, 'db');
  const storeTransaction = reader<IDBTransaction>(IDBObjectStore, 'transaction');
  const storeName = reader<string>(IDBObjectStore, 'name');
  const indexStore = reader<IDBObjectStore>(IDBIndex, 'objectStore');
  const cursorSource = reader<IDBObjectStore | IDBIndex>(IDBCursor, 'source');
  const cursorKey = reader<unknown>(IDBCursor, 'primaryKey');
  const requestResult = reader<unknown>(IDBRequest, 'result');
  const requestError = reader<DOMException>(IDBRequest, 'error');
  const errorName = reader<string>(DOMException, 'name');
  const requestTransaction = reader<IDBTransaction | null>(IDBRequest, 'transaction');
  const oldVersion = reader<number>(IDBVersionChangeEvent, 'oldVersion');
  const belongings = privateMap<object, Belonging>();
  const writesOf = privateMap<IDBTransaction, number[]>();

  /** Hears an event that the platform dispatches. */
  function hear(target: unknown, type: string, heard: (event: Event) => void): void {
    listenOn(target as EventTarget, type, (event) => attempt(() => event.isTrusted && heard(event)), false);
  }

  function settleWith(transaction: IDBTransaction, write: number, request: unknown): void {
    if (write === 0) return;
    // The transaction may commit without it, or be aborted with it.
    hear(request, 'error', () => settled(kind, [write], errorName(requestError(request)) as string));
    const known = writesOf.get(transaction);
    if (known) {
      known[known.length] = write;
      return;
    }
    const writes = [write];
    writesOf.set(transaction, writes);
    hear(transaction, 'complete', () => settled(kind, writes, null));
    hear(transaction, 'abort', () => settled(kind, writes, 'AbortError'));
  }

  function belonging(store: unknown): Belonging {
    const known = belongings.get(store as object);
    if (known) return known;
    const transaction = storeTransaction(store) as IDBTransaction;
    const database = databaseName(transactionDatabase(transaction)) as string;
    const read = { database, store: storeName(store) as string, transaction };
    belongings.set(store as object, read);
    return read;
  }

  watchResult(IDBFactory, 'open', 'value', (request) => {
    const made = stamp();
    hear(request, 'upgradeneeded', (event) => {
      const operation = oldVersion(event) === 0 ? 'create' : 'upgrade';
      const name = databaseName(requestResult(request)) as string;
      settleWith(requestTransaction(request) as IDBTransaction, tellWrite({ kind, action: 'set', operation, name }, made), request);
    });
  });

  watchResult(IDBFactory, 'deleteDatabase', 'value', (request, _, args) => {
    const made = stamp();
    // Converted once: an object's own `toString` must not be asked twice.
    const name = args[0];
    hear(request, 'success', (event) => {
      if (isText(name) && (oldVersion(event) as number) > 0)
        tellWrite({ kind, action: 'delete', operation: 'deleteDatabase', name }, done(made));
    });
  });

  // The native function goes first: what it refuses was not written, and what it has cloned holds no proxy.
  const hook = (owner: typeof IDBObjectStore | typeof IDBCursor) => (operation: string) =>
    watchResult(owner, operation, 'value', (request, self, args) => {
      const deletes = operation === 'delete' || operation === 'clear';
      const source = owner === IDBCursor ? cursorSource(self) : self;
      const { database: name, store, transaction } = belonging(source instanceof IDBIndex ? indexStore(source) : source);
      const key = owner === IDBCursor ? cursorKey(self) : argument(args, deletes ? 0 : 1);
      const write = tellWrite({
        kind,
        action: deletes ? 'delete' : 'set',
        operation,
        name,
        store,
        key: isText(key) ? key : null,
        text: () => (deletes ? null : textIn(args[0])),
      });
      settleWith(transaction, write, request);
    });
  each(['put', 'add', 'delete', 'clear'], hook(IDBObjectStore));
  each(['update', 'delete'], hook(IDBCursor));
}
