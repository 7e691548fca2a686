/** From an event in a page whose background was stopped to that event on disk. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arm } from './arms.ts';
import { atMost, measure, type Measure } from './result.ts';
import { median, quantile } from './statistics.ts';

const URL = 'https://bench.test/waiting';
const LONGEST = 5000; // milliseconds

export async function benchWaking({ page, ours }: Arm, rounds: number): Promise<Measure[]> {
  if (!ours) return [];
  await ours.ask('clear', {});
  await page.goto(URL, { waitUntil: 'load' });
  const cold: number[] = [];
  const warm: number[] = [];
  let missing: string | null = null;
  for (let round = -1; round < rounds; round++) {
    for (const [times, stopped] of [
      [cold, true],
      [warm, false],
    ] as const) {
      await ours.settled(300);
      if (stopped) {
        await ours.workers.send('ServiceWorker.stopAllWorkers');
        await sleep(100);
      }
      const name = `e${round}${stopped}`;
      // Read without the background, so that looking does not wake it.
      const stored = ours.control.evaluate(untilStored, name, LONGEST);
      const written = await page.evaluate((key) => {
        const at = performance.timeOrigin + performance.now();
        localStorage.setItem(key, '1');
        return at;
      }, name);
      const at = await stored;
      if (at === null) missing = `an event was not stored within ${LONGEST} ms`;
      else if (round >= 0) times.push(at - written);
    }
  }
  return [
    measure('cold wake to first event stored', 'ms', median(cold), {
      peer: { name: 'background awake', value: median(warm) },
      goal: atMost(150),
      void: missing,
    }),
    measure('… p90', 'ms', quantile(cold, 0.9), { peer: { name: 'background awake', value: quantile(warm, 0.9) }, void: missing }),
  ];
}

/** Runs in the extension's page: looks into the database until an event of this name is there; its moment, or null. */
async function untilStored(name: string, longest: number): Promise<number | null> {
  const names = (await indexedDB.databases()).map((one) => one.name ?? '').filter((one) => one.startsWith('consent-audit'));
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(names.sort().at(-1) ?? 'consent-audit');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('not opened'));
  });
  const deadline = performance.now() + longest;
  try {
    while (performance.now() < deadline) {
      const found = await new Promise<boolean>((resolve) => {
        const asked = database.transaction('segments').objectStore('segments').getAll();
        asked.onsuccess = () => resolve((asked.result as { json: string }[]).some(({ json }) => json.includes(`"name":"${name}"`)));
      });
      if (found) return performance.timeOrigin + performance.now();
    }
    return null;
  } finally {
    database.close();
  }
}
