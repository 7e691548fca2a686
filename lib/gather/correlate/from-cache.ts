/** Which requests the browser answered out of its cache without asking anybody. */
import type { Hop } from './requests.ts';

/** The steps of HTTP dates: https://httpwg.org/specs/rfc9110.html#http.date */
const SECOND = 1000; // milliseconds

/**
 * Firefox gives no address of the server then. Chromium gives that of the stored answer, and tells an answer that was only reused from
 * one that the server confirmed by its Date alone: a confirmation brings a new one. Within the same second nobody can tell; such a
 * request counts as sent.
 * @param hops one profile's, in order of time
 */
export function answeredFromCache(hops: Hop[]): Set<Hop> {
  const found = new Set<Hop>();
  /** When an answer of this date was first there, by address and date. */
  const first = new Map<string, number>();
  for (const hop of hops) {
    const { start, response, end, headers } = hop;
    const stored = end?.fromCache === true && !hop.unchanged && headers?.returned === undefined;
    if (stored && !end.ip) found.add(hop);
    if (response?.date === undefined) continue;
    const key = `${start.urlDigest} ${response.date}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, response.time);
    else if (stored && start.time - before >= SECOND) found.add(hop);
  }
  return found;
}
