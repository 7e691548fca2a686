/**
 * Tells of writes into databases, caches, files and worker registrations. A flood is told in part and counted for the rest, so that
 * neither the page nor the recording suffers; the relay asks for the count at once when it matters, as before a click.
 */
import { TALLY_EVENT } from '../channel.ts';
import { MOST_STORE_NAME, MOST_STORE_TEXT, type StoreClaim, type StoreKind } from '../store-claim.ts';
import { attempt, clip } from './clip.ts';
import { argument, bare, clock } from './guarded.ts';
import * as natives from './natives.ts';
import { hear, report, type Stamp } from './report.ts';
import type { FoundText } from './stored-text.ts';
import { follow, wrapMethod } from './wrap.ts';

/** Of each place so many writes are told one by one between two questions of the relay, */
const TOLD_AT_ONCE = 20;
/** and so many in the whole life of the document; then only the first after each question. */
const TOLD_AT_ALL = 500;
/** Places are kept apart up to here; writes to others are counted together. */
const MOST_PLACES = 500;

type Place = Pick<Extract<StoreClaim, { type: 'store' }>, 'kind' | 'action' | 'operation' | 'name' | 'store'>;
interface Tally {
  place: Place;
  now: number;
  ever: number;
  counted: number;
  since: number;
  last: number;
}

const tallies: Record<string, Tally | undefined> = bare({});
let places = 0;
let writes = 0;
let uncounted = 0;

export interface StoreWrite extends Omit<Place, 'store'> {
  store?: string;
  key?: string | null;
  /** What is stored; asked only where the write is told. */
  text?: () => FoundText | null;
}

/**
 * @param made the call in consequence of which it was written, where that is not now
 * @returns the number by which `settled` names the write; 0 where it was only counted
 */
export function tellWrite({ kind, action, operation, name, store, key, text }: StoreWrite, made?: Stamp): number {
  const place: Place = { kind, action, operation, name: clip(name, MOST_STORE_NAME), store: clipped(store, MOST_STORE_NAME) };
  const id = `${kind} ${operation} ${place.name.length} ${place.name}${place.store ?? ''}`;
  let tally = tallies[id];
  if (!tally) {
    if (places >= MOST_PLACES) {
      uncounted++;
      return 0;
    }
    places++;
    tally = tallies[id] = { place, now: 0, ever: 0, counted: 0, since: 0, last: 0 };
  }
  if (tally.now >= TOLD_AT_ONCE || (tally.now > 0 && tally.ever >= TOLD_AT_ALL)) {
    tally.last = made ? made.time : clock();
    if (tally.counted === 0) tally.since = tally.last;
    tally.counted++;
    return 0;
  }
  tally.now++;
  tally.ever++;
  const found = text && attempt(text);
  const value = clipped(found?.text, MOST_STORE_TEXT);
  report(
    {
      type: 'store',
      ...place,
      key: clipped(key, MOST_STORE_TEXT),
      value,
      length: found?.length ?? 0,
      write: ++writes,
      times: 1,
      since: null,
    },
    made,
  );
  return writes;
}

function clipped(text: string | null | undefined, most: number): string | null {
  return text === undefined || text === null ? null : clip(text, most);
}

/** Says how writes ended; `refused` is the name of the error for which nothing was stored, empty where that was not asked, or null. */
export function settled(kind: StoreKind, writes: number[], refused: string | null): void {
  if (argument(writes, 0)) report({ type: 'store-settled', kind, writes, refused }, now());
}

/** Several scripts may be behind it: none is named. */
function now(time = clock()): Stamp {
  return { time, stack: '' };
}

hear(TALLY_EVENT, () => {
  for (const id in tallies) {
    const tally = tallies[id] as Tally;
    const { place, counted, since, last } = tally;
    tally.now = tally.counted = 0;
    if (counted > 0) report({ type: 'store', ...place, key: null, value: null, length: 0, write: 0, times: counted, since }, now(last));
  }
  if (uncounted > 0) report({ type: 'stores-uncounted', times: uncounted }, now());
  uncounted = 0;
});

/** What is known of a call that answers by a promise. */
interface Call {
  /** What was told of it before, to be settled with it. */
  writes?: number[];
  /** What is to be done before that, once the promise is kept. */
  kept?: (value: unknown) => unknown;
}

/**
 * Hooks a method that answers by a promise.
 * @param begin gets the first argument, `this` and all arguments before the call; undefined where it is nothing to tell of
 */
export function followMethod(
  kind: StoreKind,
  owner: object,
  name: string,
  begin: (first: unknown, self: object, args: unknown[]) => Call | undefined,
): void {
  wrapMethod(owner, name, (native, self, args) => {
    const call = begin(argument(args, 0), self as object, args);
    const promise = natives.apply(native, self, args) as Promise<unknown>;
    if (!call) return promise;
    const end = (refused: string | null): void => settled(kind, call.writes ?? [], refused);
    return follow(
      promise,
      (value) => {
        call.kept?.(value);
        end(null);
      },
      () => end(''),
    );
  });
}
