/** Joins the claims of writes into databases, caches, files and worker registrations with what looks into them found. */
import type { DocumentEvent, StoreKind } from '../../model/capture.ts';
import { draft, placeOf, type Draft, type Placed } from './draft.ts';
import type { StorePresent } from './store-present.ts';
import { valueFacts } from './value-facts.ts';
import type { Visits } from './visits.ts';

type Claim = Placed<Extract<DocumentEvent, { type: 'store' }>>;
type Settled = Placed<Extract<DocumentEvent, { type: 'store-settled' }>>;
type Look = Placed<Extract<DocumentEvent, { type: 'store-snapshot' }>>;
export type StoreEvent = Claim | Settled | Look;

export const MECHANISMS: Record<StoreKind, string> = {
  indexedDB: 'idb',
  cacheStorage: 'cache',
  opfs: 'opfs',
  serviceWorker: 'service-worker',
};

interface Entry {
  rawName?: string;
  /** As the last look found it; null while only claims speak of it. */
  mark: string | null;
  /** When a look last found it. */
  seen: number;
  /** Claims since the mark last changed: they explain its next change. */
  claimed: boolean;
}

interface OpenSet {
  name: string;
  document: string;
  write: number;
  /** When the page's world said that it was stored; null while nobody knows. */
  settled: number | null;
  /** Its end is still to be told. */
  pending: boolean;
  draft: Draft;
}

/** One kind of store of one origin, or of one part of it, as known so far. */
interface Area {
  entries: Map<string, Entry>;
  /** Claimed sets that no look has confirmed yet. */
  open: OpenSet[];
  /** Calls that create what is missing, by name: what they did is known by the next look. */
  maybe: Map<string, { claim: Claim; where: Where }>;
  /** When the page's world said that a name was removed: a look that was asked before may still show it. */
  removed: Map<string, number>;
  /** Entries that a look did not show: deletions of that moment, unless a later look finds them. */
  missed: Map<string, Draft>;
  looks: StorePresent[];
  looked: boolean;
  lastLook: number;
}

/** A browser that is busy with a store may leave out of one look what the next one finds: gone is what stays away for so long. */
const LAPSE = 2000; // milliseconds

type Where = Pick<Draft, 'time' | 'visit' | 'page' | 'kind' | 'host'> & Partial<Draft>;

export function isStoreEvent(event: Placed): event is StoreEvent {
  return event.type === 'store' || event.type === 'store-settled' || event.type === 'store-snapshot';
}

/** @param events claims, their ends and looks, in order of time and of each document's sequence */
export function observeStores(events: StoreEvent[], visits: Visits): { drafts: Draft[]; looks: StorePresent[] } {
  const areas = new Map<string, Area>();
  const ended = new Set(
    events.flatMap((event) => (event.type === 'store-settled' ? event.writes.map((write) => writeOf(event, write)) : [])),
  );
  const drafts: Draft[] = [];
  for (const event of events) {
    const visit = visits.ofEvent(event);
    if (!visit) continue;
    const { origin, partition = '' } = event.ref;
    const key = `${origin} ${partition} ${event.kind}`;
    const area: Area = areas.get(key) ?? {
      entries: new Map(),
      open: [],
      maybe: new Map(),
      removed: new Map(),
      missed: new Map(),
      looks: [],
      looked: false,
      lastLook: visit.from,
    };
    areas.set(key, area);
    const where = { ...placeOf(event, visit), kind: event.kind };
    if (event.type === 'store') drafts.push(...observeClaim(event, area, where, ended));
    else if (event.type === 'store-settled') settle(event, area);
    else {
      drafts.push(...observeLook(event, area, where));
      area.looks.push({
        key,
        origin,
        kind: event.kind,
        time: event.time,
        visit: visit.id,
        page: visit.url,
        entries: new Map(area.entries),
      });
    }
  }
  for (const area of areas.values()) for (const name of [...area.missed.keys()]) drafts.push(...conclude(area, name));
  return { drafts, looks: [...areas.values()].flatMap(({ looks }) => looks) };
}

function claimed(claim: Claim, where: Where, action: 'set' | 'delete', name = claim.name): Draft {
  const { operation, store, key, times, since, initiator, value } = claim;
  return draft({
    ...where,
    action,
    name,
    ...(name === claim.name && claim.rawName !== undefined ? { rawName: claim.rawName } : {}),
    detail: { operation, store, key, times },
    mechanism: MECHANISMS[claim.kind],
    initiator,
    value: value && valueFacts(value),
    uncertainty: since === null ? 0 : claim.time - since,
  });
}

/** Documents number their writes themselves. */
function writeOf({ ref, kind }: Claim | Settled, write: number): string {
  return `${ref.document} ${kind} ${write}`;
}

/** @param ended the writes whose end is told, now or later */
function observeClaim(claim: Claim, area: Area, where: Where, ended: ReadonlySet<string>): Draft[] {
  const { name, rawName } = claim;
  area.missed.delete(name);
  if (claim.action === 'open') {
    area.maybe.set(name, { claim, where });
    return [];
  }
  if (claim.action === 'set') {
    const seen = claimed(claim, where, 'set');
    const entry = area.entries.get(name) ?? { ...(rawName === undefined ? {} : { rawName }), mark: null, seen: -Infinity };
    area.entries.set(name, { ...entry, claimed: true });
    area.maybe.delete(name);
    // A tally comes after the writes that it counts.
    const settled = claim.write === 0 ? claim.time : null;
    const pending = ended.has(writeOf(claim, claim.write));
    area.open.push({ name, document: claim.ref.document, write: claim.write, settled, pending, draft: seen });
    return [seen];
  }
  if (claim.store !== null || claim.key !== null) {
    const entry = area.entries.get(name);
    if (entry) entry.claimed = true;
    return [claimed(claim, where, 'delete')];
  }
  return observeRemoval(claim, area, where);
}

/** The whole thing goes; a directory with all that is in it. */
function observeRemoval(claim: Claim, area: Area, where: Where): Draft[] {
  const { name } = claim;
  const maybe = area.maybe.get(name);
  const born = maybe && !area.entries.has(name) ? [claimed(maybe.claim, maybe.where, 'set')] : [];
  const within = claim.kind === 'opfs' ? [...area.entries.keys()].filter((path) => path === `${name}/` || isInside(path, name)) : [];
  for (const gone of [name, ...within]) {
    area.entries.delete(gone);
    area.missed.delete(gone);
    area.removed.set(gone, claim.time);
    area.maybe.delete(gone);
    area.open = area.open.filter((set) => set.name !== gone);
  }
  const gone = within.length > 0 ? within : [name];
  return [...born, ...gone.map((path) => claimed(claim, where, 'delete', path))];
}

function isInside(path: string, directory: string): boolean {
  return path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

/** What was refused was never stored; what was stored may be looked for. */
function settle({ ref, writes, refused, time }: Settled, area: Area): void {
  const ended = new Set(writes);
  const isMeant = (document: string, write: number): boolean => write > 0 && document === ref.document && ended.has(write);
  for (const [name, { claim }] of area.maybe) if (refused !== null && isMeant(claim.ref.document, claim.write)) area.maybe.delete(name);
  area.open = area.open.filter((set) => {
    if (!isMeant(set.document, set.write)) return true;
    set.settled = time;
    if (refused === null) return true;
    set.draft.rejected = refused;
    const others = area.open.some((other) => other !== set && other.name === set.name && other.draft.rejected === null);
    if (area.entries.get(set.name)?.mark === null && !others) area.entries.delete(set.name);
    return false;
  });
}

/** What the look shows: confirms claims, finds refused ones, and finds writes and deletions that no hook saw. */
function observeLook(look: Look, area: Area, where: Where): Draft[] {
  const found: Draft[] = [];
  const since = Math.max(0, look.time - area.lastLook);
  const unseen = (name: string, rawName: string | undefined, action: Draft['action']): Draft =>
    draft({
      ...where,
      action,
      name,
      ...(rawName === undefined ? {} : { rawName }),
      mechanism: 'snapshot',
      confirmed: 'snapshot',
      uncertainty: action === 'present' ? 0 : since,
    });
  const shown = new Map(look.entries.map((entry) => [entry.name, entry]));
  if (look.kind === 'serviceWorker')
    for (const [name, time] of area.removed) if (!shown.has(name) && time < look.asked) area.removed.delete(name);
  for (const [name, { rawName, mark }] of shown) {
    const known = area.entries.get(name);
    area.missed.delete(name);
    const changed = known !== undefined && known.mark !== null && mark !== '' && known.mark !== mark;
    const maybe = area.maybe.get(name);
    if (!known && isGoing(look, area, name)) continue;
    // The browser answers in the order of asking: what a first look finds was there before any call of the page.
    if (!known && !area.looked) found.push(unseen(name, rawName, 'present'));
    else if (!known || (changed && !known.claimed))
      found.push(maybe ? { ...claimed(maybe.claim, maybe.where, 'set'), confirmed: 'snapshot' } : unseen(name, rawName, 'set'));
    // A file that is open for writing changes when it is closed; everything else has by now.
    if (!known || changed || look.kind !== 'opfs') area.maybe.delete(name);
    const stays = known !== undefined && known.claimed && !changed && known.mark !== null;
    area.entries.set(name, {
      ...(rawName === undefined ? {} : { rawName }),
      mark: mark === '' ? (known?.mark ?? '') : mark,
      seen: look.time,
      claimed: stays,
    });
  }
  const isThere = (set: OpenSet): boolean => shown.has(set.name) && set.settled !== null;
  for (const set of area.open) if (isThere(set)) set.draft.confirmed = 'snapshot';
  area.open = area.open.filter((set) => !isThere(set));
  if (look.skipped === 0) found.push(...observeAbsence(look, area, shown, unseen));
  area.looked = true;
  area.lastLook = look.asked;
  return found;
}

/** Removed after the question; or a worker's registration, which Firefox lists as long as it has pages, unless it was made anew. */
function isGoing(look: Look, area: Area, name: string): boolean {
  const removed = area.removed.get(name);
  return removed !== undefined && (removed >= look.asked || (look.kind === 'serviceWorker' && !area.maybe.has(name)));
}

/**
 * What a complete look does not show is gone, unless it may have been written, or was seen by another document, after the question, or is
 * there again soon.
 */
function observeAbsence(
  look: Look,
  area: Area,
  shown: Map<string, unknown>,
  unseen: (name: string, rawName: string | undefined, action: 'delete') => Draft,
): Draft[] {
  const gone: Draft[] = [];
  for (const [name, { rawName, seen }] of [...area.entries]) {
    if (shown.has(name) || seen >= look.asked) continue;
    // Not stored yet, or stored while the browser was answering. Of a document that is gone nothing more will be told.
    const isLate = ({ settled, pending, document }: OpenSet): boolean =>
      settled === null ? pending || document === look.ref.document : settled >= look.asked;
    if (area.open.some((set) => set.name === name && isLate(set))) continue;
    const missed = area.missed.get(name) ?? unseen(name, rawName, 'delete');
    area.missed.set(name, missed);
    if (look.asked >= missed.time + LAPSE) gone.push(...conclude(area, name));
  }
  return gone;
}

/** What was missed is gone. Seen by an earlier look, it was stored and went since; never seen, it was not stored at all. */
function conclude(area: Area, name: string): Draft[] {
  const missed = area.missed.get(name);
  const entry = area.entries.get(name);
  area.missed.delete(name);
  if (!missed || !entry) return [];
  const open = area.open.filter((set) => set.name === name);
  if (entry.mark === null) for (const set of open) if (set.settled !== null) set.draft.rejected = 'not-stored';
  area.entries.delete(name);
  area.open = area.open.filter((set) => set.name !== name);
  for (const look of area.looks) if (look.time >= missed.time) look.entries.delete(name);
  return entry.mark === null ? [] : [missed];
}
