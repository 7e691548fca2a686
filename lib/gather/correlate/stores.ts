/** Joins the claims of writes into databases, caches, files and worker registrations with what looks into them found. */
import type { DocumentEvent, StoreKind } from '../../model/capture.ts';
import { draft, placeOf, type Draft, type Placed } from './draft.ts';
import { conclude, isKnown, newArea, type Area, type OpenSet, type StoreClaim as Claim, type Where } from './store-area.ts';
import type { StorePresent } from './store-present.ts';
import { valueFacts } from './value-facts.ts';
import type { Visits } from './visits.ts';

type Settled = Placed<Extract<DocumentEvent, { type: 'store-settled' }>>;
type Look = Placed<Extract<DocumentEvent, { type: 'store-snapshot' }>>;
export type StoreEvent = Claim | Settled | Look;

export const MECHANISMS: Record<StoreKind, string> = {
  indexedDB: 'idb',
  cacheStorage: 'cache',
  opfs: 'opfs',
  serviceWorker: 'service-worker',
};

/** A browser that is busy with a store may leave out of one look what the next one finds: gone is what stays away for so long. */
const LAPSE = 2000; // milliseconds

export function isStoreEvent(event: Placed): event is StoreEvent {
  return event.type === 'store' || event.type === 'store-settled' || event.type === 'store-snapshot';
}

/** @param events claims, their ends and looks, in order of time and of each document's sequence */
export function observeStores(events: StoreEvent[], visits: Visits): { drafts: Draft[]; looks: StorePresent[] } {
  const areas = new Map<string, Area>();
  const parts = new Map<string, Area[]>();
  // Of what an aborted transaction was asked to do, each part fails first by itself.
  const ended = new Map<string, string | null>();
  for (const event of events)
    if (event.type === 'store-settled')
      for (const write of event.writes.map((write) => writeOf(event, write))) ended.set(write, event.refused ?? ended.get(write) ?? null);
  const drafts: Draft[] = [];
  for (const event of events) {
    const visit = visits.ofEvent(event);
    if (!visit) continue;
    const { origin, partition = '' } = event.ref;
    const whole = `${origin} ${event.kind}`;
    const key = `${whole} ${partition}`;
    const others = parts.get(whole) ?? [];
    parts.set(whole, others);
    const area = areas.get(key) ?? newArea(others, visit.from);
    areas.set(key, area);
    const where = { ...placeOf(event, visit), kind: event.kind };
    if (event.type === 'store') drafts.push(...observeClaim(event, area, where, ended));
    else if (event.type === 'store-settled') settle(event, area, ended);
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

/** How writes ended, for each whose end is told, now or later: why it was refused, or null. */
type Ended = ReadonlyMap<string, string | null>;

function observeClaim(claim: Claim, area: Area, where: Where, ended: Ended): Draft[] {
  const { name, rawName } = claim;
  area.missed.delete(name);
  const isText = claim.kind === 'opfs' && claim.operation === 'write';
  if (isText || claim.operation === 'createWritable') area.writables.add(name);
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
    const unlike = isText ? { unlike: entry.mark } : {};
    area.open.push({ name, document: claim.ref.document, write: claim.write, ...unlike, settled, pending, draft: seen });
    return [seen];
  }
  if (claim.store !== null || claim.key !== null) {
    const rejected = (claim.write > 0 && ended.get(writeOf(claim, claim.write))) || null;
    const entry = area.entries.get(name);
    if (entry && rejected === null) entry.claimed = true;
    return [{ ...claimed(claim, where, 'delete'), rejected }];
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
function settle(event: Settled, area: Area, reasons: Ended): void {
  const { ref, writes, refused, time } = event;
  const ended = new Set(writes);
  const isMeant = (document: string, write: number): boolean => write > 0 && document === ref.document && ended.has(write);
  for (const [name, { claim }] of area.maybe) if (refused !== null && isMeant(claim.ref.document, claim.write)) area.maybe.delete(name);
  area.open = area.open.filter((set) => {
    if (!isMeant(set.document, set.write)) return true;
    set.settled = time;
    if (refused === null) return true;
    set.draft.rejected = reasons.get(writeOf(event, set.write)) ?? refused;
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
  const shown = new Map(look.entries.filter(({ name }) => !isSwap(name, area)).map((entry) => [entry.name, entry]));
  area.hasBuckets ||= look.hasBuckets === true;
  if (look.kind === 'serviceWorker')
    for (const [name, time] of area.removed) if (!shown.has(name) && time < look.asked) area.removed.delete(name);
  for (const [name, { rawName, mark }] of shown) {
    const known = area.entries.get(name);
    area.missed.delete(name);
    const changed = known !== undefined && known.mark !== null && mark !== '' && known.mark !== mark;
    const isWritten = area.open.some((set) => set.name === name && set.unlike !== undefined);
    if (changed) area.writables.delete(name);
    const maybe = area.maybe.get(name);
    if (!known && isGoing(look, area, name)) continue;
    // The browser answers in the order of asking: what a first look finds was there before any call of the page.
    if (!known && !area.looked) found.push(unseen(name, rawName, 'present'));
    else if (!known || (changed && !known.claimed && !isWritten)) {
      if (maybe) found.push({ ...claimed(maybe.claim, maybe.where, 'set'), confirmed: 'snapshot' });
      else if (!area.others.some((other) => other !== area && isKnown(other, name, mark))) found.push(unseen(name, rawName, 'set'));
    }
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
  const isThere = ({ name, settled, unlike }: OpenSet): boolean => {
    const mark = shown.get(name)?.mark;
    if (mark === undefined || settled === null) return false;
    // Written into a copy, which takes the file's place when it is closed, if ever. A new file is empty until then.
    return unlike === undefined || (mark !== '' && (unlike ? mark !== unlike : !mark.startsWith('0 ')));
  };
  for (const set of area.open) if (isThere(set)) set.draft.confirmed = 'snapshot';
  area.open = area.open.filter((set) => !isThere(set));
  if (look.skipped === 0) found.push(...observeAbsence(look, area, shown, unseen));
  area.looked = true;
  area.lastLook = look.asked;
  return found;
}

/** Chromium's copy of a file that is being written, listed beside it until that ends. */
function isSwap(name: string, { writables }: Area): boolean {
  const file = /^(.*?)(?:\.\d+)?\.crswap$/s.exec(name)?.[1];
  return file !== undefined && writables.has(file);
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
    if (area.others.some((other) => other !== area && (other.removed.get(name) ?? -Infinity) >= area.lastLook)) {
      area.missed.delete(name);
      area.entries.delete(name);
      continue;
    }
    const missed = area.missed.get(name) ?? unseen(name, rawName, 'delete');
    area.missed.set(name, missed);
    if (look.asked >= missed.time + LAPSE) gone.push(...conclude(area, name));
  }
  return gone;
}
