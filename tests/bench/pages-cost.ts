/** What a page with trackers costs with and without the extension: processor time of the whole browser, and first paint. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arm } from './arms.ts';
import { REQUESTS, WRITES } from './pages.ts';
import { cpuTime, HAS_PROC } from './processes.ts';
import { atMost, measure, type Measure } from './result.ts';
import { mean, median, pairedDifference, shuffled, type Interval } from './statistics.ts';

const URL = 'https://bench.test/load';
/** The judgement for the badge runs when nothing was observed for 1.2 s: it belongs to the cost. */
const AFTERWARDS = 1800; // milliseconds
const WARM_UP = 3;

interface Sample {
  cpu: number;
  paint: number;
}

export async function benchPages(arms: Arm[], rounds: number, random: () => number): Promise<Measure[]> {
  const samples = new Map(arms.map((arm) => [arm.name, [] as Sample[]]));
  let missing: string | null = null;
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const arm of shuffled(arms, random)) {
      await arm.ours?.ask('clear', {});
      // Clearing is observed too, and judged for the badge afterwards: that is not the page's cost.
      await arm.ours?.settled(AFTERWARDS);
      const sample = await loadOnce(arm);
      if (round >= 0) samples.get(arm.name)?.push(sample);
      if (arm.ours) missing ??= await notStored(arm);
    }
  }
  const of = (name: string, what: keyof Sample): number[] => (samples.get(name as Arm['name']) ?? []).map((sample) => sample[what]);
  const compared = (label: string, unit: string, what: keyof Sample, goal: number, statistic: typeof mean): Measure[] => {
    const base = of('none', what).map((value, index) => (value + (of('none again', what)[index] as number)) / 2);
    const added = pairedDifference(of('ours', what), base, random, statistic);
    const noise = pairedDifference(of('none again', what), of('none', what), random, statistic);
    const alone = (name: string): Interval => pairedDifference(of(name, what), base, random, statistic);
    const [empty, listening] = [alone('empty extension'), alone('listening extension')];
    const width = Math.max(Math.abs(noise.low), Math.abs(noise.high));
    const noisy = width > goal / 2 ? `two browsers without extension differ by up to ${width.toFixed(1)} ${unit}` : null;
    const peer = { name: 'no extension', value: statistic(base) };
    return [
      measure(label, unit, added.middle, { interval: added, peer, goal: atMost(goal), void: missing, noisy }),
      measure(`… by an empty extension`, unit, empty.middle, { interval: empty, peer }),
      measure(`… by an extension that only hears the same events`, unit, listening.middle, { interval: listening, peer }),
      measure(`… no extension against none`, unit, noise.middle, { interval: noise, peer }),
    ];
  };
  return [
    ...(HAS_PROC
      ? compared(`processor time added to a page with ${WRITES} writes and ${REQUESTS + 1} requests`, 'ms', 'cpu', 25, mean)
      : []),
    ...compared('first contentful paint, later by', 'ms', 'paint', 10, median),
  ];
}

async function loadOnce({ page, pid }: Arm): Promise<Sample> {
  const before = HAS_PROC ? cpuTime(pid) : 0;
  await page.goto(URL, { waitUntil: 'load' });
  await page.waitForFunction(() => document.title === 'done');
  await sleep(AFTERWARDS);
  const cpu = (HAS_PROC ? cpuTime(pid) : 0) - before;
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);
  return { cpu, paint };
}

/** Everything that one load does, once; else the figures are those of a tool that does not do its work. */
async function notStored({ ours }: Arm): Promise<string | null> {
  const evidence = await ours?.ask('evidence', {});
  if (!evidence) return 'nothing was recorded';
  const set = (kind: string): number => evidence.observations.filter((o) => o.kind === kind && o.action === 'set').length;
  const sent = evidence.observations.filter(({ kind }) => kind === 'request').length;
  const found = `${set('cookie')} cookies, ${set('localStorage')} entries, ${sent} requests, ${evidence.lost} lost`;
  const expected = `${WRITES / 2} cookies, ${WRITES / 2} entries, ${REQUESTS + 1} requests, 0 lost`;
  return found === expected ? null : `stored ${found}; expected ${expected}`;
}
