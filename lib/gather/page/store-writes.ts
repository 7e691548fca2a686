/**
 * Tells of writes into databases, caches, files and worker registrations. A flood is told in part and counted for the rest, so that
 * neither the page nor the recording suffers; the relay asks for the count at once when it matters, as before a click.
 */
import { MOST_STORE_NAME, MOST_STORE_TEXT, type StoreClaim, type StoreKind } from '../store-claim.ts';
import { clip, wrapped } from './clip.ts';
import { clock } from './natives.ts';
import { onTally, report, stamp, type Stamp } from './report.ts';
import type { FoundText } from './stored-text.ts';

/** Of each place so many writes are told one by one between two questions of the relay, */
const TOLD_AT_ONCE = 20;
/** and so many in the whole life of the document; then only the first after each question. */
const TOLD_AT_ALL = 500;
/** Places are kept apart up to here; writes to others are counted together. */
const MOST_PLACES = 500;

type Place = Pick<Extract<StoreClaim, { type: 'store' }>, 'kind' | 'action' | 'operation' | 'name' | 'store'>;
interface Tally extends Place {
  now: number;
  ever: number;
  counted: number;
  since: number;
  last: number;
}

// Without a prototype, so that the page has no say in what is looked up.
const tallies = Object.create(null) as Record<string, Tally | undefined>;
let places = 0;
let writes = 0;
let uncounted = 0;

export interface StoreWrite extends Place {
  key: string | null;
  /** What is stored; asked only where the write is told. */
  text?: () => FoundText | null;
}

/**
 * @param made the call in consequence of which it was written, where that is not now
 * @returns the number by which `settled` names the write; 0 where it was only counted
 */
export function tellWrite(write: StoreWrite, made?: Stamp): number {
  const place: Place = {
    kind: write.kind,
    action: write.action,
    operation: write.operation,
    name: clip(write.name, MOST_STORE_NAME),
    store: write.store === null ? null : clip(write.store, MOST_STORE_NAME),
  };
  const id = `${place.kind} ${place.operation} ${place.name.length} ${place.name}${place.store ?? ''}`;
  let tally = tallies[id];
  if (!tally) {
    if (places >= MOST_PLACES) {
      uncounted++;
      return 0;
    }
    places++;
    tally = tallies[id] = { ...place, now: 0, ever: 0, counted: 0, since: 0, last: 0 };
  }
  if (tally.now >= TOLD_AT_ONCE || (tally.now > 0 && tally.ever >= TOLD_AT_ALL)) {
    tally.last = made ? made.time : clock();
    if (tally.counted === 0) tally.since = tally.last;
    tally.counted++;
    return 0;
  }
  tally.now++;
  tally.ever++;
  const read = wrapped(() => (write.text ? write.text() : null));
  const found = read.threw ? null : read.value;
  const key = write.key === null ? null : clip(write.key, MOST_STORE_TEXT);
  const value = found && clip(found.text, MOST_STORE_TEXT);
  report(
    { type: 'store', ...place, key, value, length: found ? found.length : 0, write: ++writes, times: 1, since: null },
    made ?? stamp(),
  );
  return writes;
}

/** Says how writes ended; `refused` is why nothing was stored, or null. */
export function settled(kind: StoreKind, ended: number | number[], refused: string | null): void {
  const writes = typeof ended === 'number' ? [ended] : ended;
  if (writes.length > 0 && writes[0] !== 0) report({ type: 'store-settled', kind, writes, refused }, { time: clock(), stack: '' });
}

onTally(() => {
  for (const id in tallies) {
    const { kind, action, operation, name, store, counted, since, last } = tallies[id] as Tally;
    (tallies[id] as Tally).now = 0;
    if (counted === 0) continue;
    (tallies[id] as Tally).counted = 0;
    const place = { kind, action, operation, name, store };
    // Several scripts may be behind it: none is named.
    report({ type: 'store', ...place, key: null, value: null, length: 0, write: 0, times: counted, since }, { time: last, stack: '' });
  }
  if (uncounted > 0) report({ type: 'stores-uncounted', times: uncounted }, { time: clock(), stack: '' });
  uncounted = 0;
});
