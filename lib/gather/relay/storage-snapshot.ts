/** Looks into the document's storage and tells what changed since it last looked. */
import { MOST_VALUE, type StorageArea } from '../channel.ts';
import type { RelayEvent, StoredEntry } from '../../messaging/relay-protocol.ts';

type Snapshot = Extract<RelayEvent, { type: 'storage-snapshot' }>;

/** Characters of values in one snapshot; what does not fit is counted in `skipped`. */
const MOST_TEXT = 2_000_000;

/**
 * A look that remembers the last one. `null` where the document has no such storage (opaque origin, blocked), or where nothing changed and
 * nobody waits for it: a request, or a claim that it shows to be refused.
 */
export function createSnapshots(): (area: StorageArea, request: number | null, claimed: boolean) => Snapshot | null {
  const last: Record<StorageArea, Map<string, string> | null> = { localStorage: null, sessionStorage: null };
  return (area, request, claimed) => {
    let storage: Storage;
    try {
      storage = window[area];
      if (!storage) return null;
      void storage.length;
    } catch {
      // SecurityError: sandboxed without allow-same-origin, or storage blocked by the user.
      return null;
    }
    const before = last[area];
    const now = new Map<string, string>();
    const changed: StoredEntry[] = [];
    let text = 0;
    let skipped = 0;
    for (let index = 0; index < storage.length; index++) {
      const name = storage.key(index);
      if (name === null) continue;
      const value = storage.getItem(name) ?? '';
      now.set(name, value);
      if (before?.get(name) === value) continue;
      const clipped = value.slice(0, MOST_VALUE);
      text += clipped.length + name.length;
      if (text > MOST_TEXT) skipped++;
      else changed.push({ name, value: clipped, length: value.length });
    }
    const removed = before ? [...before.keys()].filter((name) => !now.has(name)) : [];
    last[area] = now;
    if (before && request === null && !claimed && changed.length === 0 && removed.length === 0 && skipped === 0) return null;
    return {
      type: 'storage-snapshot',
      time: performance.timeOrigin + performance.now(),
      area,
      full: before === null,
      changed,
      removed,
      skipped,
      request,
    };
  };
}
