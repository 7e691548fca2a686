/** What is known of one kind of store of an origin. */
import type { DocumentEvent } from '../../model/capture.ts';
import type { Draft, Placed } from './draft.ts';
import type { StorePresent } from './store-present.ts';

export type StoreClaim = Placed<Extract<DocumentEvent, { type: 'store' }>>;
export type Where = Pick<Draft, 'time' | 'visit' | 'page' | 'kind' | 'host'> & Partial<Draft>;

export interface Entry {
  rawName?: string;
  /** As the last look found it; null while only claims speak of it. */
  mark: string | null;
  /** When a look last found it. */
  seen: number;
  /** Claims since the mark last changed: they explain its next change. */
  claimed: boolean;
}

export interface OpenSet {
  name: string;
  document: string;
  write: number;
  /** Of a file's text: as the last look before it found the file, which shows another once the text is stored. */
  unlike?: string | null;
  /** When the page's world said that it was stored; null while nobody knows. */
  settled: number | null;
  /** Its end is still to be told. */
  pending: boolean;
  draft: Draft;
}

/** One kind of store of one origin, or of one part of it, as known so far. */
export interface Area {
  entries: Map<string, Entry>;
  /** Claimed sets that no look has confirmed yet. */
  open: OpenSet[];
  /** Calls that create what is missing, by name: what they did is known by the next look. */
  maybe: Map<string, { claim: StoreClaim; where: Where }>;
  /** When the page's world said that a name was removed: a look that was asked before may still show it. */
  removed: Map<string, number>;
  /** Entries that a look did not show: deletions of that moment, unless a later look finds them. */
  missed: Map<string, Draft>;
  /** Files that a page opened for writing, unchanged so far. */
  writables: Set<string>;
  /** The origin has storage that no look sees. */
  hasBuckets: boolean;
  /** The other parts of what the origin has: not every browser keeps them apart. */
  others: Area[];
  looks: StorePresent[];
  looked: boolean;
  lastLook: number;
}

/** @param others the other parts, of which it becomes one */
export function newArea(others: Area[], lastLook: number): Area {
  const area: Area = {
    entries: new Map(),
    open: [],
    maybe: new Map(),
    removed: new Map(),
    missed: new Map(),
    writables: new Set(),
    hasBuckets: false,
    others,
    looks: [],
    looked: false,
    lastLook,
  };
  others.push(area);
  return area;
}

/** It was claimed to be there, or found just so. */
export function isKnown({ entries, maybe }: Area, name: string, mark: string): boolean {
  const entry = entries.get(name);
  return maybe.has(name) || (entry !== undefined && (entry.claimed || entry.mark === null || entry.mark === mark));
}

/** What was missed is gone. Seen by an earlier look, it was stored and went since; never seen, it was not stored at all. */
export function conclude(area: Area, name: string): Draft[] {
  const missed = area.missed.get(name);
  const entry = area.entries.get(name);
  area.missed.delete(name);
  if (!missed || !entry) return [];
  const open = area.open.filter((set) => set.name === name);
  if (entry.mark === null && !area.hasBuckets) for (const set of open) if (set.settled !== null) set.draft.rejected = 'not-stored';
  area.entries.delete(name);
  area.open = area.open.filter((set) => set.name !== name);
  for (const look of area.looks) if (look.time >= missed.time) look.entries.delete(name);
  return entry.mark === null ? [] : [missed];
}
