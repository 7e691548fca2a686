/** `npm run bench`: what the extension costs, each figure beside a floor or peer of the same run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { startSite } from '../tests/site/server.ts';
import { ARMS, startArm, type Arm } from '../tests/bench/arms.ts';
import { benchJudging } from '../tests/bench/judging.ts';
import { benchMemory } from '../tests/bench/memory.ts';
import { benchPages } from '../tests/bench/pages-cost.ts';
import { host } from '../tests/bench/pages.ts';
import { benchParsing, benchSize } from '../tests/bench/parsing.ts';
import { judgement, ratio, type Measure } from '../tests/bench/result.ts';
import { seeded } from '../tests/bench/statistics.ts';
import { benchStore } from '../tests/bench/store.ts';
import { table } from '../tests/bench/table.ts';
import { benchWaking } from '../tests/bench/waking.ts';
import { benchWrites } from '../tests/bench/writes.ts';
import { ExitError, EXIT, usageError } from './exit.ts';

const PARTS = ['size', 'parsing', 'judging', 'store', 'writes', 'pages', 'waking', 'memory'] as const;
type Part = (typeof PARTS)[number];

interface BenchOptions {
  quick: boolean;
  strict: boolean;
  seed: number;
  only: Part[];
  out: string;
}

try {
  process.exitCode = await main(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof ExitError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code;
}

async function main(options: BenchOptions): Promise<number> {
  const rounds = options.quick ? 10 : 40;
  const machine = {
    processors: cpus().length,
    model: cpus()[0]?.model ?? '',
    memory: Math.round(totalmem() / 2 ** 30),
    load: loadavg()[0] ?? 0,
    node: process.version,
  };
  say(
    `${machine.processors} × ${machine.model}, ${machine.memory} GB, load ${machine.load.toFixed(2)}; seed ${options.seed}, n = ${rounds}`,
  );
  const measures: Measure[] = [];
  for (const part of options.only) {
    say(`… ${part}`);
    measures.push(...(await run(part, rounds, seeded(options.seed))));
  }
  process.stdout.write(`${table(measures)}\n`);
  mkdirSync(options.out, { recursive: true });
  const judged = measures.map((one) => ({ ...one, ratio: ratio(one), judgement: judgement(one) }));
  writeFileSync(`${options.out}/bench.json`, `${JSON.stringify({ machine, seed: options.seed, rounds, measures: judged }, null, 2)}\n`);
  const any = (wanted: string): boolean => judged.some((one) => one.judgement === wanted);
  return any('void') || (options.strict && any('missed')) ? EXIT.findings : EXIT.ok;
}

async function run(part: Part, rounds: number, random: () => number): Promise<Measure[]> {
  switch (part) {
    case 'size':
      return benchSize();
    case 'parsing':
      return benchParsing(rounds, random);
    case 'judging':
      return benchJudging(Math.ceil(rounds / 8));
    case 'store':
      return benchStore(Math.ceil(rounds / 4), random);
    case 'writes':
      return inBrowsers((arms) => benchWrites(arms, Math.ceil(rounds / 4), random));
    case 'pages':
      return inBrowsers((arms) => benchPages(arms, rounds, random));
    case 'waking':
      return inBrowsers((arms) => benchWaking(arms.at(-1) as Arm, rounds), ['ours']);
    case 'memory':
      return inBrowsers(benchMemory, ['none', 'ours']);
  }
}

/** Starts the browsers that are compared, all at once, so that each round meets the same machine. */
async function inBrowsers(bench: (arms: Arm[]) => Promise<Measure[]>, names: readonly Arm['name'][] = ARMS): Promise<Measure[]> {
  const site = await startSite({ form: 'clean', host });
  const arms: Arm[] = [];
  try {
    for (const name of names) arms.push(await startArm(name, site.port));
    return await bench(arms);
  } finally {
    for (const arm of arms) await arm.close();
    await site.close();
  }
}

function readOptions(args: string[]): BenchOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        strict: { type: 'boolean', default: false },
        seed: { type: 'string', default: '1' },
        only: { type: 'string', multiple: true, default: [...PARTS] },
        out: { type: 'string', default: 'bench-out' },
      },
    });
    const unknown = values.only.find((name) => !(PARTS as readonly string[]).includes(name));
    if (unknown !== undefined) throw new Error(`--only ${unknown}: expected one of ${PARTS.join(', ')}.`);
    if (!/^\d{1,9}$/.test(values.seed)) throw new Error(`--seed ${values.seed}: expected a whole number.`);
    return { ...values, seed: Number(values.seed), only: values.only as Part[] };
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error));
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
