/** Which stored entries a request carries. */
import type { Observation, StoredReference } from '../../model/observation.ts';
import { isStored } from './subject.ts';

type Stored = Observation & { name: string };

/**
 * The lookup over one evidence. Of each entry that a request carries (in its Cookie header, URL or body) it gives the latest write or
 * sighting before the request; where there is none, the first sighting after it, which then tells of a write that nobody saw.
 */
export function carriedLookup(observations: Observation[], profileOf: (o: Observation) => number): (request: Observation) => Observation[] {
  const byName = new Map<string, Stored[]>();
  for (const o of observations) {
    if (o.name === null || !isStored(o.kind) || o.rejected !== null || o.action === 'read') continue;
    const key = nameKey(profileOf(o), o.kind, o.name);
    const sightings = byName.get(key);
    if (sightings) sightings.push(o as Stored);
    else byName.set(key, [o as Stored]);
  }

  const sightingsOf = (request: Observation, kind: Observation['kind'], name: string): Stored[] =>
    byName.get(nameKey(profileOf(request), kind, name)) ?? [];

  return (request) => {
    const facts = request.request;
    if (facts === null) return [];
    const found = new Map<string, Observation>();
    const add = (o: Observation | null): void => {
      if (o !== null) found.set(o.id, o);
    };
    for (const reference of facts.sentIdentifiers)
      add(referenced(sightingsOf(request, reference.kind, reference.name), reference, request));
    for (const name of facts.sentCookies) for (const o of sentCookie(sightingsOf(request, 'cookie', name), request)) add(o);
    return [...found.values()].sort((a, b) => a.seq - b.seq);
  };
}

function nameKey(profile: number, kind: Observation['kind'], name: string): string {
  return JSON.stringify([profile, kind, name]);
}

function isThere(o: Observation): boolean {
  return (o.action === 'set' && o.cookie?.asked !== 0) || o.action === 'present';
}

function referenced(sightings: Stored[], reference: StoredReference, request: Observation): Observation | null {
  const own = sightings.filter((o) => o.host === reference.host && isThere(o));
  return own.findLast((o) => o.seq < request.seq) ?? own.find((o) => o.seq > request.seq && o.action === 'present') ?? null;
}

/** A cookie's name may live on the host and on its parent domains: the header does not say which of them was sent. */
function sentCookie(sightings: Stored[], request: Observation): Observation[] {
  const fitting = sightings.filter((o) => reaches(o, request.host));
  const hosts = [...new Set(fitting.map((o) => o.host))];
  const latest = hosts.map((host) => fitting.findLast((o) => o.host === host && o.seq < request.seq) ?? null).filter((o) => o !== null);
  const live = latest.filter(isThere);
  if (live.length > 0) return live;
  const later = fitting.find((o) => o.seq > request.seq && o.action === 'present');
  return later === undefined ? [] : [later];
}

/** RFC 6265, 5.1.3: a cookie with a Domain goes to its subdomains too, one without only to its own host. */
function reaches(o: Observation, host: string): boolean {
  if (o.host === host) return true;
  return (o.cookie?.domain ?? null) !== null && host.endsWith(`.${o.host}`);
}
