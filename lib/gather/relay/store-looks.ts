/**
 * Looks into the stores that only answer later: which databases, caches, files and workers there are. Nothing is opened that a page could
 * wait for: a connection would block its upgrades, and opening a cache that was just deleted would create it.
 */
import { STORE_KINDS, type StoreKind } from '../store-claim.ts';
import type { FoundEntry, RelayEvent } from '../../messaging/relay-protocol.ts';

/** Entries of one look; what does not fit is counted in `skipped`. */
const MOST_ENTRIES = 500;
const MOST_DEPTH = 6;
/** A look that was asked for waits no longer than this, so that the asker's own patience suffices. */
const PATIENCE = 700; // milliseconds
/** After a claim: time enough for what was asked for to be stored, and few looks in a flood. */
const LOOK_AFTER = 250; // milliseconds

interface Found {
  entries: FoundEntry[];
  skipped: number;
  /** The page may have more, where nobody looks: opening a bucket that was just deleted would create it. */
  hasBuckets?: true;
}

export interface StoreLooks {
  /** Looks into all stores; resolves when they have answered, or have been waited for long enough. */
  look(request: number | null): Promise<void>;
  /** Looks into one soon: something in it was claimed to change. */
  soon(kind: StoreKind): void;
}

/** @param beforeLook has the hooks tell what they only counted, so that a look comes after the writes that it may find */
export function createStoreLooks(tell: (event: RelayEvent) => void, beforeLook: () => void): StoreLooks {
  const running = new Map<StoreKind, Promise<void>>();
  const told = new Map<StoreKind, string>();
  const due = new Set<StoreKind>();

  async function once(kind: StoreKind, request: number | null): Promise<void> {
    beforeLook();
    const asked = now();
    let found: Found | null;
    try {
      found = await LOOKS[kind]();
      if (found && (await hasBuckets())) found.hasBuckets = true;
    } catch {
      // Storage blocked by the user, or the document is going away: there is nothing to be seen from here.
      found = null;
    }
    if (found === null) return;
    const text = JSON.stringify(found);
    if (request === null && told.get(kind) === text) return;
    told.set(kind, text);
    tell({ type: 'store-snapshot', time: now(), asked, kind, ...found, request });
  }

  /** One look of a kind after the other, so that what is told of it is in order. */
  function inTurn(kind: StoreKind, request: number | null): Promise<void> {
    const look = (running.get(kind) ?? Promise.resolve()).then(() => once(kind, request));
    running.set(kind, look);
    return look;
  }

  return {
    async look(request) {
      // Opaque origins have no stores.
      if (self.origin === 'null') return;
      const waiting = new Set<StoreKind>(STORE_KINDS);
      const looks = STORE_KINDS.map((kind) => inTurn(kind, request).then(() => waiting.delete(kind)));
      await Promise.race([Promise.all(looks), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
      if (request !== null && waiting.size > 0) tell({ type: 'store-unanswered', time: now(), kinds: [...waiting] });
    },
    soon(kind) {
      if (due.has(kind) || self.origin === 'null') return;
      due.add(kind);
      setTimeout(() => {
        due.delete(kind);
        void inTurn(kind, null);
      }, LOOK_AFTER);
    },
  };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** `null` where the document has no such store: an insecure context, an old engine. */
const LOOKS: Record<StoreKind, () => Promise<Found | null>> = {
  indexedDB: async () => {
    if (typeof indexedDB === 'undefined' || !('databases' in indexedDB)) return null;
    // Firefox lists what is only being created, and may not stay, with the version 0.
    const databases = (await indexedDB.databases()).filter(({ version }) => version !== 0);
    return bounded(databases.map(({ name, version }) => ({ name: name ?? '', mark: String(version ?? '') })));
  },
  cacheStorage: async () => {
    if (typeof caches === 'undefined') return null;
    return bounded((await caches.keys()).map((name) => ({ name, mark: '' })));
  },
  opfs: async () => {
    if (!navigator.storage || !('getDirectory' in navigator.storage)) return null;
    const found: Found = { entries: [], skipped: 0 };
    await list(await navigator.storage.getDirectory(), '', 0, found);
    return { ...found, entries: found.entries.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  },
  serviceWorker: async () => {
    if (!('serviceWorker' in navigator)) return null;
    const registrations = await navigator.serviceWorker.getRegistrations();
    return bounded(
      registrations.flatMap(({ active, waiting, installing }) => {
        const worker = active ?? waiting ?? installing;
        return worker ? { name: new URL(worker.scriptURL).pathname, mark: '' } : [];
      }),
    );
  },
};

/** Chromium's: https://wicg.github.io/storage-buckets/ */
async function hasBuckets(): Promise<boolean> {
  const { storageBuckets } = navigator as { storageBuckets?: { keys(): Promise<string[]> } };
  const names = await storageBuckets?.keys().catch(() => []);
  return names !== undefined && names.length > 0;
}

function bounded(entries: FoundEntry[]): Found {
  return { entries: entries.slice(0, MOST_ENTRIES), skipped: Math.max(0, entries.length - MOST_ENTRIES) };
}

/** Files with size and time of change, directories with their name alone. */
async function list(directory: FileSystemDirectoryHandle, path: string, depth: number, found: Found): Promise<void> {
  const handles = directory.values();
  // Step by step: what Firefox hands to content scripts cannot be iterated.
  for (let step = await handles.next(); !step.done; step = await handles.next()) {
    const handle = step.value;
    const { name } = handle;
    if (found.entries.length >= MOST_ENTRIES || depth > MOST_DEPTH) {
      found.skipped++;
      // However many there are: only that there are more.
      return;
    }
    if (handle.kind === 'directory') {
      found.entries.push({ name: `${path}${name}/`, mark: '' });
      await list(handle as FileSystemDirectoryHandle, `${path}${name}/`, depth + 1, found);
    } else found.entries.push({ name: path + name, mark: await changeOf(handle as FileSystemFileHandle) });
  }
}

async function changeOf(handle: FileSystemFileHandle): Promise<string> {
  try {
    const { size, lastModified } = await handle.getFile();
    return `${size} ${lastModified}`;
  } catch {
    // Locked by the page or just removed: its name is all that can be told.
    return '';
  }
}
