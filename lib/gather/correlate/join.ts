/** Joins the evidence of several profiles into one: numbers visits and observations anew, in order. */
import type { Evidence } from '../../model/evidence.ts';

/** @param parts one per profile, in the order in which the profiles lived */
export function joinEvidence(parts: Evidence[]): Evidence {
  const joined: Evidence = { format: 'consent-evidence/1', profiles: [], visits: [], observations: [], gaps: [], lost: 0 };
  parts.forEach((part, index) => {
    const profile = index + 1;
    const visitId = new Map(part.visits.map(({ id }, at) => [id, `v${joined.visits.length + at + 1}`]));
    const before = joined.observations.length;
    const observationId = (id: string): string => `o${before + Number(id.slice(1))}`;
    joined.profiles.push({ profile, clean: part.profiles[0]?.clean ?? null });
    joined.visits.push(
      ...part.visits.map((visit) => ({
        ...visit,
        id: visitId.get(visit.id) as string,
        profile,
        ...(visit.routeOf === undefined ? {} : { routeOf: visitId.get(visit.routeOf) as string }),
      })),
    );
    joined.observations.push(
      ...part.observations.map((one) => ({
        ...one,
        id: observationId(one.id),
        seq: before + one.seq,
        visit: visitId.get(one.visit) ?? one.visit,
        cause: one.cause && observationId(one.cause),
      })),
    );
    joined.gaps.push(...part.gaps);
    joined.lost += part.lost;
  });
  return joined;
}
