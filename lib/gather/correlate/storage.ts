/** Joins the claims of storage writes with what looks into the storage found. */
import type { DocumentEvent, ValueCapture } from '../../model/capture.ts';
import { hostOf } from '../url.ts';
import { draft, placeOf, type Draft, type Placed } from './draft.ts';
import { nearClaims, type NearClaims } from './near-claims.ts';
import { valueFacts } from './value-facts.ts';
import type { Visits } from './visits.ts';

type Claim = Placed<Extract<DocumentEvent, { type: 'storage' }>>;
type Snapshot = Placed<Extract<DocumentEvent, { type: 'storage-snapshot' }>>;

interface Entry {
  value: ValueCapture;
  time: number;
}

/** A claimed set on which its own document has not looked yet. */
interface OpenSet {
  value: ValueCapture;
  /** What was known before it: what is there still if it was refused. */
  before: Entry | undefined;
  draft: Draft;
}

/** One storage area as known so far: by claims, corrected by every look. */
interface Area {
  entries: Map<string, Entry>;
  /** By name: those of the document that claimed last, in their order. */
  open: Map<string, OpenSet[]>;
  /** Digests as the looks found them. */
  stored: Map<string, string>;
  claims: NearClaims;
  /** The other parts of the origin's storage: not every browser keeps them apart. */
  others: Area[];
  /** Entries that a look missed while they may have been on their way there: deletions, unless somebody still finds them. */
  missed: Map<string, Draft>;
  looked: boolean;
  lastLook: number;
}

export interface Present {
  /** Of its area. */
  key: string;
  origin: string;
  area: string;
  time: number;
  visit: string;
  page: string;
  entries: Map<string, Entry>;
}

/** @param events claims and looks, in order of time and of each document's sequence */
export function observeStorage(events: (Claim | Snapshot)[], visits: Visits): { drafts: Draft[]; looks: Present[] } {
  const drafts: Draft[] = [];
  const looks: Present[] = [];
  const visited = events.flatMap((event) => {
    const visit = visits.ofEvent(event);
    return visit ? [{ event, visit, key: areaOf(event, visit) }] : [];
  });
  const areas = new Map<string, Area>();
  for (const parts of Map.groupBy(visited, ({ key }) => key.whole).values()) {
    const claims = nearClaims(parts.map(({ event }) => event).filter((event) => event.type === 'storage'));
    const made: Area[] = [];
    for (const { key, visit } of parts) {
      if (areas.has(key.part)) continue;
      const lastLook = visit.from;
      const area: Area = {
        entries: new Map(),
        open: new Map(),
        stored: new Map(),
        claims,
        others: made,
        missed: new Map(),
        looked: false,
        lastLook,
      };
      areas.set(key.part, area);
      made.push(area);
    }
  }
  for (const { event, visit, key } of visited) {
    const area = areas.get(key.part) as Area;
    const where = { ...placeOf(event, visit), kind: event.area };
    if (event.type === 'storage') {
      drafts.push(...observeClaim(event, area, where));
    } else {
      drafts.push(...observeLook(event, area, where));
      looks.push({
        key: key.part,
        origin: event.ref.origin,
        area: event.area,
        time: event.time,
        visit: visit.id,
        page: visit.url,
        entries: new Map(area.entries),
      });
    }
  }
  for (const [key, { missed }] of areas) {
    for (const [name, gone] of missed) {
      drafts.push(gone);
      for (const look of looks) if (look.key === key && look.time >= gone.time) look.entries.delete(name);
    }
  }
  markTransient(events, drafts);
  return { drafts, looks };
}

/**
 * Session storage belongs to one tab, local storage to the origin; each has the part of it that browsers keep apart for a frame. A
 * document that was gone before it was told its tab is of its visit's.
 */
function areaOf({ ref, area }: Claim | Snapshot, visit: { tab: number }): { whole: string; part: string } {
  const whole = `${ref.origin} ${area}${area === 'sessionStorage' ? ` ${ref.tab >= 0 ? ref.tab : visit.tab}` : ''}`;
  return { whole, part: `${whole} ${ref.partition ?? ''}` };
}

type Where = Pick<Draft, 'time' | 'visit' | 'page' | 'kind' | 'host'> & Partial<Draft>;

function observeClaim(claim: Claim, area: Area, where: Where): Draft[] {
  if (claim.action === 'clear') {
    const names = [...area.entries.keys()];
    area.entries.clear();
    area.missed.clear();
    area.open.clear();
    return names.map((name) => draft({ ...where, action: 'delete', name, mechanism: claim.mechanism, initiator: claim.initiator }));
  }
  const seen = draft({
    ...where,
    action: claim.action,
    name: claim.name,
    ...(claim.rawName === undefined ? {} : { rawName: claim.rawName }),
    mechanism: claim.mechanism,
    initiator: claim.initiator,
    value: claim.value && valueFacts(claim.value),
    record: claim.value?.record ?? null,
  });
  area.missed.delete(claim.name);
  const open = area.open.get(claim.name);
  if (claim.value) {
    const set = { value: claim.value, before: area.entries.get(claim.name), draft: seen };
    if (open?.[0]?.draft.place?.document === claim.ref.document) open.push(set);
    else area.open.set(claim.name, [set]);
    area.entries.set(claim.name, { value: claim.value, time: claim.time });
  } else {
    area.open.delete(claim.name);
    area.entries.delete(claim.name);
  }
  return [seen];
}

/** What the look shows: confirms claims, finds refused ones, and finds writes that no hook saw. */
function observeLook(look: Snapshot, area: Area, where: Where): Draft[] {
  const found: Draft[] = [];
  const since = Math.max(0, look.time - area.lastLook);
  const unseen = (name: string, value: ValueCapture | null, action: Draft['action']): Draft =>
    draft({
      ...where,
      action,
      name,
      mechanism: 'snapshot',
      confirmed: 'snapshot',
      value: value && valueFacts(value),
      record: value?.record ?? null,
      uncertainty: action === 'present' ? 0 : since,
    });
  const shown = new Map(look.changed.map((entry) => [entry.name, entry.value]));
  if (look.full) area.stored.clear();
  for (const [name, value] of shown) area.stored.set(name, value.digest);
  for (const name of look.removed) area.stored.delete(name);
  for (const [name, sets] of area.open) judge(look, area, name, sets, shown.has(name));
  for (const [name, value] of shown) {
    const known = area.entries.get(name);
    area.missed.delete(name);
    if (known?.value.digest === value.digest || area.claims.isStored(look, name, value.digest)) continue;
    area.entries.set(name, { value, time: look.time });
    if (area.others.some((other) => other !== area && other.entries.get(name)?.value.digest === value.digest)) continue;
    // The first look of all into an area finds what was there before the recording.
    found.push(unseen(name, value, known || area.looked ? 'set' : 'present'));
  }
  const gone = look.full
    ? [...area.entries.keys()].filter((name) => !shown.has(name) && look.skipped === 0)
    : look.removed.filter((name) => area.entries.has(name));
  for (const name of gone) {
    if (area.claims.isRemoved(look, name, area.lastLook)) {
      if (!area.claims.isOnItsWay(look, name)) area.entries.delete(name);
      continue;
    }
    const missed = area.missed.get(name) ?? unseen(name, null, 'delete');
    if (area.claims.isOnItsWay(look, name)) {
      area.missed.set(name, missed);
      continue;
    }
    area.missed.delete(name);
    area.entries.delete(name);
    found.push(missed);
  }
  area.looked = true;
  area.lastLook = look.time;
  return found;
}

/** Confirms the claimed sets of a name, or finds them refused: what was there before is there still. */
function judge(look: Snapshot, area: Area, name: string, sets: OpenSet[], isShown: boolean): void {
  const held = area.stored.get(name);
  const found = sets.findLastIndex(({ value }) => value.digest === held);
  const kept = sets[found];
  if (kept) kept.draft.confirmed = 'snapshot';
  // Only the claiming document's own look is surely later than the claim.
  if (sets[0]?.draft.place?.document !== look.ref.document) return;
  area.open.delete(name);
  // Had any been stored, the last such would be there, unless what is there came since, by nobody knows whom.
  const isUnknown = look.skipped > 0 || (!kept && held !== undefined && held !== sets[0]?.before?.value.digest);
  const refused = isUnknown ? [] : sets.slice(found + 1).filter(({ draft: { confirmed } }) => confirmed === null);
  for (const { draft: claimed } of refused) claimed.rejected = 'not-stored';
  if (refused.length === 0 || (isShown && !kept)) return;
  area.missed.delete(name);
  const before = kept ? { value: kept.value, time: kept.draft.time } : sets[0]?.before;
  if (before) area.entries.set(name, before);
  else area.entries.delete(name);
}

/** Set and removed again by the same task of the same document. */
function markTransient(events: (Claim | Snapshot)[], drafts: Draft[]): void {
  const byPlace = new Map(drafts.filter(({ place }) => place !== null).map((one) => [`${one.place?.document} ${one.place?.seq}`, one]));
  // From the end, so that each write knows what its task did afterwards.
  const removedLater = new Set<string>();
  for (const claim of events.toReversed()) {
    if (claim.type !== 'storage') continue;
    const task = `${claim.ref.document} ${claim.task} ${claim.area}`;
    if (claim.action !== 'set') removedLater.add(claim.action === 'clear' ? task : `${task} ${claim.name}`);
    else if (removedLater.has(task) || removedLater.has(`${task} ${claim.name}`)) {
      const seen = byPlace.get(`${claim.ref.document} ${claim.seq}`);
      if (seen) Object.assign(seen, { transient: true, rejected: null });
    }
  }
}

/** What the storage holds at a look. */
export function presentStorage({ origin, area, time, visit, page, entries }: Present): Draft[] {
  return [...entries].map(([name, { value }]) =>
    draft({
      time,
      visit,
      page,
      kind: area as Draft['kind'],
      action: 'present',
      name,
      host: hostOf(origin),
      origin,
      mechanism: 'snapshot',
      confirmed: 'snapshot',
      value: valueFacts(value),
      record: value.record,
    }),
  );
}
