/** The browser is killed, the disk is full, the database is broken: nothing is lost beyond what a gap says. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Evidence } from '../../lib/model/evidence.ts';
import { html, pages } from './audit-of.ts';
import { namesSet, numbered, recording, type Recording } from './recording.ts';

const WRITING = html(`<body><script>
  let n = 0;
  setInterval(() => { localStorage['s' + n] = n; document.cookie = 'last=' + Date.now() + '; Secure; Max-Age=9999'; n++; }, 5);
</script>`);
const STEPS = html(`<body><script>
  addEventListener('message', ({ data }) => { for (let i = 0; i < data.count; i++) localStorage[data.name + i] = i; });
</script>`);
/** What Chromium answers on a full disk. With its permission for unlimited storage the extension has no other quota. */
function fillDisk(): void {
  const { put } = IDBObjectStore.prototype;
  Object.assign(globalThis, { emptyDisk: () => (IDBObjectStore.prototype.put = put) });
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('Encountered full disk while committing transaction.', 'QuotaExceededError');
  };
}
/** Runs in the extension's page: how many entries of such names are in the database. */
async function storedNames(prefix: string): Promise<number> {
  const opening = indexedDB.open('consent-audit');
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const asked = opening.result.transaction('segments').objectStore('segments').getAll();
  await new Promise((resolve) => (asked.onsuccess = resolve));
  opening.result.close();
  const segments = (asked.result as { json: string }[]).map(
    ({ json }) => JSON.parse(json) as { events: { type: string; name?: string }[] },
  );
  const events = segments.flatMap((segment) => segment.events);
  return new Set(events.filter(({ type, name }) => type === 'storage' && name?.startsWith(prefix)).map(({ name }) => name)).size;
}
const reasons = ({ gaps }: Evidence): string[] => gaps.map(({ reason }) => reason);

async function write(it: Recording, name: string, count: number): Promise<void> {
  const tab = (await it.browser.pages()).find((page) => page.url() === 'https://shop.test/');
  await tab?.bringToFront();
  await tab?.evaluate((data) => postMessage(data), { name, count });
  await tab?.waitForFunction((last) => localStorage.getItem(last) !== null, {}, `${name}${count - 1}`);
}

test('killed without a word: at most the last 250 milliseconds are missing, and a gap says so', async () => {
  await recording(pages({ 'shop.test/': WRITING }), async (it) => {
    const tab = await it.open('https://shop.test/');
    await tab.waitForFunction(() => localStorage.length > 150);
    const killedAt = Date.now();
    await it.kill();
    await it.again();
    const evidence = await it.ask('evidence', {});
    const last = evidence.observations.filter((o) => o.kind === 'localStorage' && o.action === 'set').at(-1);
    expect(killedAt - Date.parse(last?.at ?? '')).toBeLessThan(250);
    const stored = namesSet(evidence, 'localStorage', 's');
    expect(stored.sort()).toEqual(numbered('s', stored.length));
    expect(reasons(evidence)).toEqual(['recording-cut-off: https://shop.test/']);
    const [gap] = evidence.gaps;
    expect(Date.parse(gap?.to ?? '')).toBeGreaterThanOrEqual(killedAt - 5);
    expect(evidence.lost).toBe(0);
  });
});

test('a page that was left in time leaves no gap when the browser ends', async () => {
  await recording(pages({ 'shop.test/': WRITING }), async (it) => {
    const tab = await it.open('https://shop.test/');
    await tab.waitForFunction(() => localStorage.length > 20);
    await tab.close();
    await it.evidence();
    await it.kill();
    await it.again();
    expect(reasons(await it.ask('evidence', {}))).toEqual([]);
  });
});

test('a full disk: what is observed is held in memory and told, and written when there is room again', async () => {
  await recording(
    pages({ 'shop.test/': STEPS }),
    async (it) => {
      await it.open('https://shop.test/');
      await write(it, 'before', 20);
      await it.evidence();
      const status = () => it.ask('status', { tab: -1, url: 'https://shop.test/' });
      expect((await status()).trouble).toBeNull();
      await (await it.background()).evaluate(fillDisk);
      await write(it, 'full', 50);
      const full = await it.evidence();
      expect(namesSet(full, 'localStorage', 'full').sort()).toEqual(numbered('full', 50));
      expect(reasons(full)).toEqual(['store-not-writing: QuotaExceededError']);
      expect((await status()).trouble).toMatchObject({ error: 'QuotaExceededError', dropped: 0 });
      expect((await status()).trouble?.held).toBeGreaterThanOrEqual(50);
      await (await it.background()).evaluate(() => (globalThis as unknown as { emptyDisk(): void }).emptyDisk());
      while ((await status()).trouble) await sleep(100);
      await write(it, 'after', 20);
      const evidence = await it.evidence();
      // What was held is on disk now, not only in the background's memory.
      expect(await it.control.evaluate(storedNames, 'full')).toBe(50);
      for (const [name, count] of [
        ['before', 20],
        ['full', 50],
        ['after', 20],
      ] as const)
        expect(namesSet(evidence, 'localStorage', name).sort()).toEqual(numbered(name, count));
      expect(reasons(evidence)).toEqual(['store-not-writing: QuotaExceededError']);
      expect(evidence.lost).toBe(0);
    },
    { driven: true },
  );
});

test('a database that cannot be used is set aside, and the recording goes on in another', async () => {
  await recording(pages({ 'shop.test/': STEPS }), async (it) => {
    await it.open('https://shop.test/');
    await write(it, 'before', 20);
    expect(namesSet(await it.evidence(), 'localStorage', 'before')).toHaveLength(20);
    // In its place lies one of the same name without any of its tables.
    await it.control.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          indexedDB.deleteDatabase('consent-audit').onsuccess = () => {
            const opening = indexedDB.open('consent-audit', 1000);
            opening.onerror = () => reject(new Error('not opened'));
            opening.onsuccess = () => resolve(opening.result.close());
          };
        }),
    );
    await it.stopBackground();
    await write(it, 'after', 20);
    const evidence = await it.evidence();
    expect(namesSet(evidence, 'localStorage', 'after').sort()).toEqual(numbered('after', 20));
    // What the open page told before is in the database that was set aside: its numbers show the hole.
    expect(
      reasons(evidence)
        .map((reason) => reason.split(':')[0])
        .sort(),
    ).toEqual(['canary-missing', 'missing-entries', 'recording-set-aside']);
    const names = await it.control.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    expect(names.sort()).toEqual(['consent-audit', 'consent-audit-2']);
    await it.ask('clear', {});
    expect(reasons(await it.ask('evidence', {}))).toEqual(['no-page-seen']);
    expect(await it.control.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual(['consent-audit-2']);
  });
});
