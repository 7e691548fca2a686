/** What a single hooked call costs, as the page's own script feels it. */
import type { Arm } from './arms.ts';
import { TIMED } from './pages.ts';
import { atMost, measure, type Measure } from './result.ts';
import { quantile, shuffled } from './statistics.ts';

const URL = 'https://bench.test/timing';
const CALLS = ['cookie', 'storage', 'stack'] as const;
type Times = Record<(typeof CALLS)[number], number[]>;

export async function benchWrites(arms: Arm[], rounds: number, random: () => number): Promise<Measure[]> {
  const compared = arms.filter(({ name }) => !name.endsWith(' extension'));
  const all = new Map(compared.map((arm) => [arm.name, { cookie: [], storage: [], stack: [] } as Times]));
  let missing: string | null = null;
  let isolated = true;
  for (let round = -1; round < rounds; round++) {
    for (const arm of shuffled(compared, random)) {
      await arm.ours?.ask('clear', {});
      await arm.page.goto(URL, { waitUntil: 'load' });
      await arm.page.waitForFunction(() => document.title === 'done');
      const times = await arm.page.evaluate(() => (globalThis as unknown as { times: Times }).times);
      isolated &&= await arm.page.evaluate(() => crossOriginIsolated);
      if (round >= 0) for (const call of CALLS) all.get(arm.name)?.[call].push(...times[call]);
      if (arm.ours) missing ??= await notStored(arm);
    }
  }
  const of = (arm: Arm['name'], call: keyof Times, share: number): number => quantile(all.get(arm)?.[call] ?? [], share);
  const clock = isolated ? null : 'the page has no fine clock';
  const figures = (call: 'cookie' | 'storage', label: string, share: number, goal: number): Measure => {
    const base = of('none', call, share);
    const noise = Math.abs(of('none again', call, share) - base);
    return measure(`added to ${label}, p${share * 100}`, 'µs', of('ours', call, share) - base, {
      peer: { name: 'the call itself', value: base },
      goal: atMost(goal),
      void: missing ?? clock,
      noisy: noise > goal / 2 ? `two browsers without extension differ by ${noise.toFixed(0)} µs` : null,
    });
  };
  return [
    figures('cookie', 'a cookie write', 0.5, 20),
    figures('cookie', 'a cookie write', 0.99, 60),
    figures('storage', 'a storage write', 0.5, 20),
    figures('storage', 'a storage write', 0.99, 60),
    measure('… of which a stack is, p50', 'µs', of('none', 'stack', 0.5), {
      peer: { name: 'with the extension', value: of('ours', 'stack', 0.5) },
    }),
  ];
}

async function notStored({ ours }: Arm): Promise<string | null> {
  await ours?.settled(200);
  const evidence = await ours?.ask('evidence', {});
  const set = (kind: string): number => evidence?.observations.filter((o) => o.kind === kind && o.action === 'set').length ?? 0;
  return set('cookie') === TIMED && set('localStorage') === TIMED
    ? null
    : `stored ${set('cookie')} cookies and ${set('localStorage')} entries; expected ${TIMED} of each`;
}
