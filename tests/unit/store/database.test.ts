import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BrowserSegment } from '../../../lib/model/capture.ts';
import { errorName, openDisk, type Opened } from '../../../lib/store/database.ts';

const segment = (id: string): BrowserSegment => ({ id, source: 'browser', events: [{ type: 'session-start', time: 1 }] });

beforeEach(async () => {
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
});

function opened() {
  const told: Opened[] = [];
  return { told, disk: openDisk((one) => told.push(one)) };
}

describe('a database', () => {
  test('keeps its identity and what was put, each id once', async () => {
    const first = opened();
    await Promise.all([first.disk.put(segment('a')), first.disk.put(segment('b')), first.disk.put(segment('a'))]);
    const second = opened();
    expect((await second.disk.all()).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(second.told).toEqual(first.told);
    expect(first.told[0]?.setAside).toBeNull();
  });

  test('of the version before is taken over with what it holds', async () => {
    const old = new Dexie('consent-audit');
    old.version(1).stores({ segments: 'id' });
    await old.table('segments').put(segment('old'));
    old.close();
    const { disk } = opened();
    expect(await disk.all()).toEqual([segment('old')]);
  });

  test('that cannot be used is set aside, and its successor is found again', async () => {
    const broken = indexedDB.open('consent-audit', 1000);
    await new Promise((resolve) => (broken.onsuccess = resolve));
    broken.result.close();
    const first = opened();
    await first.disk.put(segment('a'));
    expect(first.told).toMatchObject([{ setAside: 'NotFoundError' }]);
    const second = opened();
    expect((await second.disk.all()).map(({ id }) => id)).toEqual(['a']);
    expect(second.told).toMatchObject([{ identity: first.told[0]?.identity, setAside: null }]);
    await second.disk.clear();
    expect(await Dexie.getDatabaseNames()).toEqual(['consent-audit-2']);
  });

  test('that is deleted from outside begins anew, with another identity', async () => {
    const { disk, told } = opened();
    await disk.put(segment('a'));
    await Dexie.delete('consent-audit');
    await disk.put(segment('b'));
    expect((await disk.all()).map(({ id }) => id)).toEqual(['b']);
    expect(new Set(told.map(({ identity }) => identity)).size).toBe(2);
  });
});

test('the innermost error names the trouble', () => {
  const inner = new DOMException('x', 'QuotaExceededError');
  expect(errorName(Object.assign(new Error('wrapped'), { inner }))).toBe('QuotaExceededError');
  expect(errorName(new TypeError('x'))).toBe('TypeError');
  expect(errorName('word')).toBe('word');
});
