/** Events stored per second, in the background of an extension made for it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type WebWorker } from 'puppeteer-core';
import { build } from 'vite';
import { findBrowser, ROOT } from '../../cli/find-browser.ts';
import { atLeast, measure, type Measure } from './result.ts';
import { median, shuffled } from './statistics.ts';
import type { Rate, StoreBench } from './store-worker.ts';

const EVENTS = 20_000;

/** The ways to store that are compared, in one worker, in random order. */
const WAYS: Record<string, (worker: WebWorker) => Promise<Rate>> = {
  relaxed: (worker) => worker.evaluate((n) => (globalThis as unknown as { bench: StoreBench }).bench.store('relaxed', n), EVENTS),
  strict: (worker) => worker.evaluate((n) => (globalThis as unknown as { bench: StoreBench }).bench.store('strict', n), EVENTS),
  whole: (worker) => worker.evaluate((n) => (globalThis as unknown as { bench: StoreBench }).bench.whole(n), EVENTS),
  'raw relaxed': (worker) => worker.evaluate((n) => (globalThis as unknown as { bench: StoreBench }).bench.raw('relaxed', n), EVENTS),
  'raw strict': (worker) => worker.evaluate((n) => (globalThis as unknown as { bench: StoreBench }).bench.raw('strict', n), EVENTS),
};

export async function benchStore(rounds: number, random: () => number): Promise<Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-store-'));
  const extension = join(folder, 'extension');
  mkdirSync(extension);
  writeFileSync(
    join(extension, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: 'store benchmark',
      version: '1',
      permissions: ['unlimitedStorage'],
      background: { service_worker: 'worker.js', type: 'module' },
    }),
  );
  await build({
    configFile: false,
    logLevel: 'silent',
    root: ROOT,
    publicDir: false,
    build: {
      outDir: extension,
      emptyOutDir: false,
      lib: { entry: join(ROOT, 'tests', 'bench', 'store-worker.ts'), formats: ['es'], fileName: () => 'worker.js' },
    },
  });
  const browser = await puppeteer.launch({
    executablePath: findBrowser('chromium', null, () => undefined),
    userDataDir: join(folder, 'profile'),
    pipe: true,
    enableExtensions: [extension],
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
  });
  try {
    const target = await browser.waitForTarget((one) => one.type() === 'service_worker' && one.url().startsWith('chrome-extension:'));
    const worker = await target.worker();
    if (!worker) throw new Error('the worker of the store benchmark did not start');
    const rates: Record<string, number[]> = {};
    const missing: Record<string, string> = {};
    const names = Object.keys(WAYS);
    for (let round = -1; round < rounds; round++) {
      for (const name of shuffled(names, random)) {
        const rate = await (WAYS[name] as (one: WebWorker) => Promise<Rate>)(worker);
        if (rate.stored !== rate.expected) missing[name] = `${rate.stored} of ${rate.expected} events were stored`;
        // The first round is for the engine to warm up.
        if (round >= 0) (rates[name] ??= []).push(rate.eventsPerSecond);
      }
    }
    const of = (name: string): number => median(rates[name] ?? []);
    const told = (label: string, name: string, peer: string, goal: number | null): Measure =>
      measure(label, 'events/s', of(name), {
        peer: { name: `raw IndexedDB, ${peer.replace('raw ', '')}`, value: of(peer) },
        goal: goal === null ? null : atLeast(goal),
        void: missing[name] ?? missing[peer] ?? null,
      });
    return [
      told('stored per second, relaxed', 'relaxed', 'raw relaxed', 100_000),
      told('stored per second, strict', 'strict', 'raw strict', 50_000),
      told('from relay to store per second', 'whole', 'raw relaxed', null),
    ];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
