/**
 * The only room that knows Dexie: segments of captures, appended and never changed. A database that does not open is
 * set aside, never deleted by a recording: the next one takes a new name.
 */
import Dexie, { type Table } from 'dexie';
import type { Segment } from '../model/capture.ts';
import type { SegmentTable } from './segments.ts';

const NAME = 'consent-audit';
/** So many databases in a row may fail before the disk itself is held to be the trouble. */
const MOST_SET_ASIDE = 3;

export interface Opened {
  /** Random, made with the database: another one means that what was recorded before is not there any more. */
  identity: string;
  /** Why an older database was set aside just now, or null. */
  setAside: string | null;
}

/** A segment as it lies on disk: as text, which costs less than to clone all that is in it. */
interface Row {
  id: string;
  json: string;
}

const rowOf = (segment: Segment): Row => ({ id: segment.id, json: JSON.stringify(segment) });

interface Waiting {
  segment: Segment;
  committed(): void;
  failed(error: unknown): void;
}

class CaptureDatabase extends Dexie {
  readonly segments: Table<Row, string>;
  readonly identities: Table<{ id: 'identity'; value: string }, string>;

  constructor(name: string, durability: 'relaxed' | 'strict') {
    super(name, { autoOpen: false, chromeTransactionDurability: durability });
    // One record holds a whole batch: some fifteen times the throughput of a record per event.
    this.version(1).stores({ segments: 'id' });
    this.version(2).stores({ segments: 'id', identities: 'id' });
    this.version(3).upgrade((transaction) =>
      transaction
        .table<Segment | Row>('segments')
        .toCollection()
        .modify((segment, place) => {
          place.value = rowOf(segment as Segment);
        }),
    );
    this.segments = this.table('segments');
    this.identities = this.table('identities');
  }
}

/**
 * @param onOpened told each time a connection was made: at the first use, and after the browser closed the last one
 * @param durability `relaxed` waits for the operating system to have the data, which the end of the browser's process does not
 *   harm; `strict` for the disk itself (https://w3c.github.io/IndexedDB/#transaction-durability-hint)
 */
export function openDisk(onOpened: (opened: Opened) => void, durability: 'relaxed' | 'strict' = 'relaxed'): SegmentTable {
  let opening: Promise<CaptureDatabase> | null = null;

  function opened(): Promise<CaptureDatabase> {
    opening ??= openNewest(durability).then(
      ({ database, ...told }) => {
        database.on('close', () => (opening = null));
        onOpened(told);
        return database;
      },
      (error: unknown) => {
        opening = null;
        throw error;
      },
    );
    return opening;
  }

  async function use<T>(act: (database: CaptureDatabase) => Promise<T>): Promise<T> {
    const database = await opened();
    try {
      return await act(database);
    } catch (error) {
      // A full disk says nothing against the connection; after anything else the next use makes a new one.
      if (!isQuota(error)) {
        database.close();
        opening = null;
      }
      throw error;
    }
  }

  let queue: Waiting[] = [];
  let writing = false;

  /** What comes while a transaction is under way goes together in the next one: transactions are what costs. */
  async function write(): Promise<void> {
    writing = true;
    while (queue.length > 0) {
      // What is put in the same turn goes together too.
      await null;
      const batch = queue;
      queue = [];
      const failure = await use((database) => putAll(database, batch, durability)).then(
        () => null,
        (error: unknown) => ({ error }),
      );
      for (const { committed, failed } of batch)
        if (failure) failed(failure.error);
        else committed();
    }
    writing = false;
  }

  return {
    put: (segment) =>
      new Promise((committed, failed) => {
        queue.push({ segment, committed, failed });
        if (!writing) void write();
      }),
    all: () => use(async ({ segments }) => (await segments.toArray()).map(({ json }) => JSON.parse(json) as Segment)),
    clear: () =>
      use(async ({ name, segments }) => {
        await segments.clear();
        // The person's wish to forget covers what was set aside.
        for (const other of await ownNames()) if (other !== name) await Dexie.delete(other).catch(() => undefined);
      }),
  };
}

/** Past Dexie, whose zones cost more than the writing where nothing but whole records is put. Resolves when it has committed. */
function putAll(database: CaptureDatabase, batch: Waiting[], durability: 'relaxed' | 'strict'): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.backendDB().transaction('segments', 'readwrite', { durability });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('not stored', 'AbortError'));
    const store = transaction.objectStore('segments');
    for (const { segment } of batch) store.put(rowOf(segment));
    transaction.commit();
  });
}

async function openNewest(durability: 'relaxed' | 'strict'): Promise<Opened & { database: CaptureDatabase }> {
  let name = (await ownNames()).at(-1) ?? NAME;
  let setAside: string | null = null;
  for (let attempt = 1; ; attempt++) {
    const database = new CaptureDatabase(name, durability);
    try {
      await database.open();
      return { database, identity: await identityOf(database), setAside };
    } catch (error) {
      database.close();
      if (isQuota(error) || attempt === MOST_SET_ASIDE) throw error;
      setAside = errorName(error);
      name = `${NAME}-${numberOf(name) + 1}`;
    }
  }
}

/** Also proves that the database can be read and written. */
async function identityOf(database: CaptureDatabase): Promise<string> {
  await database.segments.limit(1).toArray();
  const known = await database.identities.get('identity');
  if (known) return known.value;
  const value = crypto.randomUUID();
  await database.identities.put({ id: 'identity', value });
  return value;
}

/** The project's databases, the newest last. */
async function ownNames(): Promise<string[]> {
  const names = await Dexie.getDatabaseNames();
  return names.filter((name) => /^consent-audit(-\d+)?$/.test(name)).sort((a, b) => numberOf(a) - numberOf(b));
}

function numberOf(name: string): number {
  return Number(name.slice(NAME.length + 1) || 1);
}

function isQuota(error: unknown): boolean {
  return errorName(error) === 'QuotaExceededError' || errorName((error as { inner?: unknown }).inner) === 'QuotaExceededError';
}

/** The name of the innermost error: Dexie wraps what the browser throws. */
export function errorName(error: unknown): string {
  const { inner } = (error ?? {}) as { inner?: unknown };
  if (inner) return errorName(inner);
  return error instanceof Error || error instanceof DOMException ? error.name : String(error);
}
