/** Which stored entries a request carries. */
import type { Observation } from '../../model/observation.ts';
import { isThere } from './entry.ts';
import { isStored } from './subject.ts';

/**
 * The lookup over one evidence. Of each entry that a request carries (in its Cookie header, URL or body) it gives the latest write or
 * sighting before the request; where there is none, the first sighting after it, which then tells of a write that nobody saw.
 */
export function carriedLookup(observations: Observation[], profileOf: (o: Observation) => number): (request: Observation) => Observation[] {
  const byName = new Map<string, Map<string, Sightings>>();
  for (const o of observations) {
    if (o.name === null || !isStored(o.kind) || o.rejected !== null || o.action === 'read') continue;
    const key = nameKey(profileOf(o), o.kind, o.name);
    const byHost = byName.get(key) ?? new Map<string, Sightings>();
    byName.set(key, byHost);
    const sightings = byHost.get(o.host) ?? { own: emptySeries(), shared: emptySeries() };
    byHost.set(o.host, sightings);
    add(sightings.own, o);
    if ((o.cookie?.domain ?? null) !== null) add(sightings.shared, o);
  }

  const sightingsOf = (request: Observation, kind: Observation['kind'], name: string): ReadonlyMap<string, Sightings> =>
    byName.get(nameKey(profileOf(request), kind, name)) ?? new Map();

  return (request) => {
    const facts = request.request;
    if (facts === null) return [];
    const found = new Map<string, Observation>();
    const carry = (o: Observation | null): void => {
      if (o !== null) found.set(o.id, o);
    };
    for (const reference of facts.sentIdentifiers)
      carry(referenced(sightingsOf(request, reference.kind, reference.name).get(reference.host)?.own, request));
    for (const name of facts.sentCookies) for (const o of sentCookie(sightingsOf(request, 'cookie', name), request)) carry(o);
    return [...found.values()].sort((a, b) => a.seq - b.seq);
  };
}

function nameKey(profile: number, kind: Observation['kind'], name: string): string {
  return JSON.stringify([profile, kind, name]);
}

function referenced(sightings: Series | undefined, { seq }: Observation): Observation | null {
  return sightings ? (lastBefore(sightings.there, seq) ?? firstAfter(sightings.present, seq)) : null;
}

/** A cookie's name may live on the host and on its parent domains: the header does not say which of them was sent. */
function sentCookie(byHost: ReadonlyMap<string, Sightings>, request: Observation): Observation[] {
  const { host, seq } = request;
  // RFC 6265, 5.1.3: a cookie with a Domain goes to its subdomains too, one without only to its own host.
  const fitting = [...byHost].flatMap(([own, sightings]) =>
    own === host ? sightings.own : host.endsWith(`.${own}`) ? sightings.shared : [],
  );
  const live = fitting.map(({ all }) => lastBefore(all, seq)).filter((o) => o !== null && isThere(o)) as Observation[];
  if (live.length > 0) return live;
  const later = fitting.map(({ present }) => firstAfter(present, seq)).filter((o) => o !== null);
  return later.toSorted((a, b) => a.seq - b.seq).slice(0, 1);
}

/** The sightings of one entry on one host; `shared` those of them that its subdomains are sent too. */
interface Sightings {
  own: Series;
  shared: Series;
}

/** In `seq` order: all of them, those that found or left the entry there, and those that looked. */
interface Series {
  all: Observation[];
  there: Observation[];
  present: Observation[];
}

function emptySeries(): Series {
  return { all: [], there: [], present: [] };
}

function add(series: Series, o: Observation): void {
  series.all.push(o);
  if (isThere(o)) series.there.push(o);
  if (o.action === 'present') series.present.push(o);
}

function lastBefore(series: Observation[], seq: number): Observation | null {
  return series[placeOf(series, seq) - 1] ?? null;
}

function firstAfter(series: Observation[], seq: number): Observation | null {
  return series[placeOf(series, seq + 1)] ?? null;
}

/** How many come before `seq`; by halving, for a busy entry is written as often as requests carry it. */
function placeOf(series: Observation[], seq: number): number {
  let low = 0;
  let high = series.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((series[middle] as Observation).seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
