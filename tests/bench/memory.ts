/** Memory of the browser after a hundred thousand events, as proportional set size. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arm } from './arms.ts';
import { FLOOD } from './pages.ts';
import { HAS_PROC, memory, tree, withArgument } from './processes.ts';
import { measure, type Measure } from './result.ts';

const URL = 'https://bench.test/flood';
/** Claims of one document beyond 20 000 are counted and not kept. */
const LOADS = 10;
const EVENTS = LOADS * FLOOD;

export async function benchMemory(arms: Arm[]): Promise<Measure[]> {
  if (!HAS_PROC) return [];
  const none = arms.find(({ name }) => name === 'none');
  const mine = arms.find(({ ours }) => ours !== null);
  if (!none || !mine?.ours) return [];
  const { ours, pid } = mine;
  await ours.ask('clear', {});
  const extension = (): number => memory(withArgument(tree(pid), '--extension-process'));
  const before = { browser: memory(tree(pid)), extension: extension() };
  for (const arm of [none, mine])
    for (let load = 0; load < LOADS; load++) {
      await arm.page.goto(URL, { waitUntil: 'load' });
      await arm.page.waitForFunction(() => document.title === 'done', { timeout: 300_000 });
    }
  await ours.settled(1000);
  const after = { browser: memory(tree(pid)), extension: extension() };
  const stored = await ours.control.evaluate(storedEvents);
  const missing = stored === EVENTS ? null : `${stored} of ${EVENTS} events were stored`;
  await sleep(0);
  return [
    measure(`memory of the browser after ${EVENTS / 1000} 000 events`, 'MB', after.browser, {
      peer: { name: 'no extension', value: memory(tree(none.pid)) },
      void: missing,
    }),
    measure('… of the extension', 'MB', after.extension, { peer: { name: 'before', value: before.extension }, void: missing }),
  ];
}

/** Runs in the extension's page: distinct storage writes in the database, counted there, for there are many. */
async function storedEvents(): Promise<number> {
  const names = (await indexedDB.databases()).map((one) => one.name ?? '').filter((one) => one.startsWith('consent-audit'));
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(names.sort().at(-1) ?? 'consent-audit');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('not opened'));
  });
  const seen = new Set<string>();
  await new Promise<void>((resolve, reject) => {
    const walk = database.transaction('segments').objectStore('segments').openCursor();
    walk.onerror = () => reject(walk.error ?? new Error('not read'));
    walk.onsuccess = () => {
      const cursor = walk.result;
      if (!cursor) {
        resolve();
        return;
      }
      const { ref, events } = JSON.parse((cursor.value as { json: string }).json) as {
        ref?: { document: string };
        events: { type: string; action?: string; seq?: number }[];
      };
      for (const { type, action, seq } of events) if (type === 'storage' && action === 'set') seen.add(`${ref?.document} ${seq}`);
      cursor.continue();
    };
  });
  database.close();
  return seen.size;
}
