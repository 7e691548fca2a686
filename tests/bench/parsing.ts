/** Reading a Set-Cookie line, beside two known parsers over the same lines. */
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSetCookie as peerParse } from 'set-cookie-parser';
import { Cookie } from 'tough-cookie';
import { EXTENSION } from '../../cli/chromium.ts';
import { parseSetCookie } from '../../lib/gather/set-cookie.ts';
import { atMost, measure, type Measure } from './result.ts';
import { median, shuffled } from './statistics.ts';

const NOW = Date.parse('2026-01-01T00:00:00.000Z');
const LINES = Array.from(
  { length: 200 },
  (_, index) =>
    [
      `_ga=GA1.1.${index}.1700000000; Path=/; Domain=.send-box.com; Max-Age=63072000; SameSite=Lax; Secure`,
      `session=${'x'.repeat(index)}; HttpOnly; Secure; Path=/`,
      `_ym_uid=17000000${index}; expires=Wed, 01 Jan 2027 10:00:00 GMT; path=/; SameSite=None; Secure; Partitioned`,
      `plain${index}=value`,
    ].at(index % 4) as string,
);

/** Microseconds per line, by the fastest way of measuring that a clock of a millisecond allows: many at once. */
export function benchParsing(rounds: number, random: () => number): Measure[] {
  const parsers: Record<string, (line: string) => [string, string]> = {
    own: (line) => {
      const { name, value } = parseSetCookie(line, NOW, 'chromium');
      return [name, value];
    },
    'set-cookie-parser': (line) => {
      const [found] = peerParse(line, { decodeValues: false }) as { name: string; value: string }[];
      return [found?.name ?? '', found?.value ?? ''];
    },
    'tough-cookie': (line) => {
      const found = Cookie.parse(line);
      return [found?.key ?? '', found?.value ?? ''];
    },
  };
  const results = Object.values(parsers).map((parse) => JSON.stringify(LINES.map(parse)));
  const differ = new Set(results).size > 1 ? 'the parsers do not agree on names and values' : null;
  const times: Record<string, number[]> = {};
  for (let round = -3; round < rounds; round++)
    for (const name of shuffled(Object.keys(parsers), random)) {
      const parse = parsers[name] as (line: string) => unknown;
      const before = performance.now();
      for (let pass = 0; pass < 20; pass++) for (const line of LINES) parse(line);
      if (round >= 0) (times[name] ??= []).push(((performance.now() - before) * 1000) / (20 * LINES.length));
    }
  const of = (name: string): number => median(times[name] ?? []);
  return ['set-cookie-parser', 'tough-cookie'].map((peer) =>
    measure('reading one Set-Cookie line', 'µs', of('own'), { peer: { name: peer, value: of(peer) }, void: differ }),
  );
}

export function benchSize(): Measure[] {
  const scripts = ['site', 'frame'].map((place) => readFileSync(join(EXTENSION, 'content-scripts', `${place}-hooks.js`)));
  const sizes = scripts.map((script) => gzipSync(script, { level: 9 }).length);
  return [
    measure("script in the page's own world, compressed", 'bytes', Math.max(...sizes), {
      peer: { name: 'uncompressed', value: Math.max(...scripts.map(({ length }) => length)) },
      goal: atMost(10_000),
    }),
  ];
}
