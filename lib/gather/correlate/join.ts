/** Joins the evidence of several profiles into one: numbers visits and observations anew, in the order of happening. */
import type { Evidence } from '../../model/evidence.ts';

/** @param parts in the order of their profiles, which may have lived one after the other or side by side */
export function joinEvidence(parts: Evidence[]): Evidence {
  const [only, ...others] = parts;
  if (only && others.length === 0) return only;
  const profiles = parts.flatMap((part, index) => part.profiles.map((start) => ({ ...start, index })));
  const visits = merged(
    parts.map((part, index) => part.visits.map((visit) => ({ visit, index }))),
    ({ visit }) => visit.startedAt,
  );
  const observations = merged(
    parts.map((part, index) => part.observations.map((one) => ({ one, index }))),
    ({ one }) => one.at,
  );
  const profileOf = new Map(profiles.map(({ profile, index }, at) => [`${index} ${profile}`, at + 1]));
  const visitId = new Map(visits.map(({ visit, index }, at) => [`${index} ${visit.id}`, `v${at + 1}`]));
  const observationId = new Map(observations.map(({ one, index }, at) => [`${index} ${one.id}`, `o${at + 1}`]));
  const of = <T>(ids: Map<string, T>, index: number, id: string | number): T => ids.get(`${index} ${id}`) as T;
  return {
    format: 'consent-evidence/1',
    profiles: profiles.map(({ clean }, at) => ({ profile: at + 1, clean })),
    visits: visits.map(({ visit, index }) => ({
      ...visit,
      id: of(visitId, index, visit.id),
      profile: of(profileOf, index, visit.profile),
      ...(visit.routeOf === undefined ? {} : { routeOf: of(visitId, index, visit.routeOf) }),
    })),
    observations: observations.map(({ one, index }, at) => ({
      ...one,
      id: `o${at + 1}`,
      seq: at + 1,
      visit: of(visitId, index, one.visit),
      cause: one.cause && of(observationId, index, one.cause),
    })),
    gaps: parts.flatMap(({ gaps }) => gaps),
    lost: parts.reduce((sum, { lost }) => sum + lost, 0),
  };
}

/** One list out of several that are in order, each of which keeps its own. */
function merged<T>(lists: T[][], timeOf: (one: T) => string): T[] {
  return lists
    .flatMap((list) => {
      let latest = '';
      return list.map((one) => {
        if (timeOf(one) > latest) latest = timeOf(one);
        return { one, latest };
      });
    })
    .sort((a, b) => (a.latest < b.latest ? -1 : a.latest > b.latest ? 1 : 0))
    .map(({ one }) => one);
}
