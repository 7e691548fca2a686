/** Which answers came with an ETag that could identify somebody, and whether the browser returned it. */
import type { ValidatorCapture } from '../../model/capture.ts';
import type { StoredReference, ValidatorFacts } from '../../model/observation.ts';
import { referencesIn } from './references.ts';
import type { Hop } from './requests.ts';

/** A tag as it was first given for an address. */
interface Given {
  validator: ValidatorCapture;
  /** The newest date of an answer with it: pages of several sites have stores of their own, and older answers in them. */
  date: number;
}

/**
 * A file's tag that equals nothing stored is of no interest, and left out.
 * @param hops one profile's, in order of time
 */
export function findValidators(hops: Hop[], storedByPart: ReadonlyMap<string, StoredReference[]>): Map<Hop, ValidatorFacts> {
  const found = new Map<Hop, ValidatorFacts>();
  const given = new Map<string, Given>();
  for (const hop of hops) {
    const { response, start } = hop;
    // A 304 need not repeat the tag.
    const digest = response?.validator?.digest ?? (hop.unchanged ? hop.headers?.returned : undefined);
    if (!response || digest === undefined) continue;
    const key = `${start.urlDigest} ${digest}`;
    const before = given.get(key) ?? null;
    // A 304 does not tell of the content: only the answer that it confirms does.
    const validator = before?.validator ?? (response.status === 304 ? undefined : response.validator);
    if (!validator) continue;
    given.set(key, { validator, date: Math.max(before?.date ?? -Infinity, response.date ?? -Infinity) });
    const identifiers = referencesIn(validator.parts, storedByPart);
    if (validator.of === 'file' && identifiers.length === 0) continue;
    const returned = wasReturned(hop, digest, before);
    found.set(hop, { digest, address: start.urlDigest, returned, of: validator.of, identifiers });
  }
  return found;
}

/**
 * Whoever revalidates, the page's memory or the cache, in either browser: one of the header, the 304, or a stored answer with a newer
 * date than it had is shown (docs/browsers.md).
 */
function wasReturned(hop: Hop, digest: string, before: Given | null): boolean {
  if (hop.unchanged || hop.headers?.returned === digest) return true;
  return before !== null && Number.isFinite(before.date) && hop.end?.fromCache === true && (hop.response?.date ?? -Infinity) > before.date;
}
