/** Which visits are of one document: a route goes on in the document of the visit before. */
import type { Visit } from '../../model/evidence.ts';

/** @returns the id of the visit with which a visit's document began; its own where it did */
export function lifeLookup(visits: Visit[]): (visit: string) => string {
  const lives = new Map(visits.map(({ id, routeOf }) => [id, routeOf ?? id]));
  return (visit) => lives.get(visit) ?? visit;
}
