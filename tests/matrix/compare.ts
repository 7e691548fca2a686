/** Holds an audit against what was done, what the browser keeps and what reached the server. */
import type { Audit } from '../../lib/model/audit.ts';
import type { Observation } from '../../lib/model/observation.ts';
import type { LogEntry } from '../site/log.ts';
import { pageUrl, scriptOf, type Truth } from './site.ts';
import type { Expectation, Way } from './way.ts';

export interface Comparison {
  /** Each a sentence: a write or request that is missing, told twice, or of the wrong source. */
  wrong: string[];
  /** Writes whose script can be named, and those of them that name it. */
  nameable: number;
  named: number;
}

const STORES = ['cookie', 'localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage', 'opfs', 'serviceWorker'];

export function compare(ways: Way[], audit: Audit, log: LogEntry[], truth: Truth): Comparison {
  const result: Comparison = { wrong: [], nameable: 0, named: 0 };
  const done = audit.observations.filter((o) => o.action !== 'present');
  for (const way of ways) for (const expected of way.expect) compareWay(way, expected, done, truth, log, result);
  compareTruth(done, truth, result);
  compareLog(done, log, result);
  return result;
}

function compareWay(way: Way, expected: Expectation, done: Observation[], truth: Truth, log: LogEntry[], result: Comparison): void {
  const { kind, action, name, operation } = expected;
  const same = done.filter(
    (o) =>
      o.kind === kind &&
      o.action === action &&
      (kind === 'request' ? o.request?.url : o.name) === name &&
      (operation === undefined || o.detail?.operation === operation),
  );
  // Reads and calls are told once of each script.
  const found = action === 'read' || action === 'call' ? same.filter((o) => o.initiator?.url === sourceOf(way, expected.by)) : same;
  const what = `${way.id}: ${kind} ${action} ${name} ${operation ?? ''}`.trim();
  // A busy browser may ask beforehand, and again once it has read so far.
  const asked = kind === 'request' ? log.filter((entry) => addressOf(entry) === name).length : 0;
  const times = Math.max(expected.times, asked);
  if (found.length !== times) result.wrong.push(`${what}: told ${found.length} times instead of ${times} (${found.map(brief).join('; ')})`);
  const isStored = [...truth].some((one) => one.startsWith(`${kind} `) && one.endsWith(` ${name}`));
  if (STORES.includes(kind) && action === 'set' && isStored !== expected.stays)
    result.wrong.push(`${what}: the browser ${isStored ? 'still keeps it' : 'does not keep it'}, so the way is not what it says`);
  for (const one of found) {
    if (STORES.includes(kind) && expected.stays && one.rejected !== (expected.rejected ?? null))
      result.wrong.push(`${what}: rejected ${one.rejected}`);
    if (STORES.includes(kind) && action === 'set' && one.confirmed === null && !one.transient && expected.stays && expected.times === 1)
      result.wrong.push(`${what}: not confirmed`);
    compareSource(way, expected, one, what, result);
  }
}

function compareSource(way: Way, { by, line, insertedBy }: Expectation, one: Observation, what: string, result: Comparison): void {
  if (by === 'any') return;
  const url = sourceOf(way, by);
  const right =
    (one.initiator?.url ?? null) === url &&
    (line === null || url === null || one.initiator?.line === line) &&
    (insertedBy === undefined || JSON.stringify(one.initiator?.insertedBy ?? []) === JSON.stringify(insertedBy));
  if (url !== null && one.kind !== 'request') {
    result.nameable++;
    if (right) result.named++;
  }
  if (!right)
    result.wrong.push(
      `${what}: by ${one.initiator ? `${one.initiator.url}:${one.initiator.line}` : null}, expected ${url}:${line} ${insertedBy ?? ''}`,
    );
}

function sourceOf(way: Way, by: Expectation['by']): string | null {
  if (by === 'nobody' || by === 'any') return null;
  return by === 'script' ? scriptOf(way) : by === 'page' ? pageUrl(way) : by;
}

/** Whatever the browser keeps was told of, and told to be stored. */
function compareTruth(done: Observation[], truth: Truth, result: Comparison): void {
  for (const kept of truth) {
    const [kind, host, name] = /^(\w+) (\S+) (.*)$/.exec(kept)?.slice(1) ?? [];
    if (!done.some((o) => o.kind === kind && o.name === name && o.host === host && o.action === 'set' && o.rejected === null))
      result.wrong.push(`kept and not told: ${kept}`);
  }
}

/** Every request that reached the server, exactly as often; one that ended without an answer may have reached it. */
function compareLog(done: Observation[], log: LogEntry[], result: Comparison): void {
  const count = (keys: string[]): Map<string, number> => {
    const counted = new Map<string, number>();
    for (const key of keys) counted.set(key, (counted.get(key) ?? 0) + 1);
    return counted;
  };
  const requests = done.filter((o) => o.kind === 'request' && o.request !== null && !o.request.internal);
  const addresses = (list: Observation[]): string[] =>
    list.map(({ request }) => `${request?.method} ${request?.url.replace(/^ws/, 'http')}`);
  const told = count(addresses(requests));
  const unanswered = count(addresses(requests.filter(({ confirmed }) => confirmed === null)));
  const ours = log.filter(({ host }) => !/google(apis)?\.com$|mozilla\./.test(host));
  const reached = count(ours.map((entry) => `${entry.method} ${addressOf(entry)}`));
  for (const key of new Set([...told.keys(), ...reached.keys()])) {
    const [most, least] = [told.get(key) ?? 0, (told.get(key) ?? 0) - (unanswered.get(key) ?? 0)];
    const times = reached.get(key) ?? 0;
    if (times > most || times < least) result.wrong.push(`${key}: reached the server ${times} times, told ${most} times`);
  }
}

const addressOf = ({ scheme, host, path }: LogEntry): string => `${scheme}://${host}${path}`;

const brief = (o: Observation): string => `${o.mechanism} ${o.confirmed} ${o.rejected ?? ''} ${o.initiator?.url}:${o.initiator?.line}`;
