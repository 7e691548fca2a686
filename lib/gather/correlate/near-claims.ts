/**
 * What one document found, held against what others claimed at that time. Documents have clocks of their own, and processes hear of each
 * other's writes late: by the order of time alone such a write would be told twice, or as taken back.
 */
import type { DocumentEvent } from '../../model/capture.ts';
import type { Placed } from './draft.ts';
import { firstLater } from './in-time.ts';

type Claim = Placed<Extract<DocumentEvent, { type: 'storage' }>>;
type Look = Placed<Extract<DocumentEvent, { type: 'storage-snapshot' }>>;

/** Clocks of two documents may differ by this much. */
const SKEW = 50; // milliseconds
/** A write reaches another process this long after it was claimed, on a busy machine. */
const LATE = 2000; // milliseconds

export interface NearClaims {
  /** Another document claimed to store this value, a little before or (by its own clock) after. */
  isStored(look: Look, name: string, digest: string): boolean;
  /** Another document claimed to remove it: about then, or since that time. */
  isRemoved(look: Look, name: string, since: number): boolean;
  /** Another document claimed to store something there, which may not have arrived where the look was taken. */
  isOnItsWay(look: Look, name: string): boolean;
}

/** @param claims of one area, and of whatever may be the same, in order of time */
export function nearClaims(claims: Claim[]): NearClaims {
  // What was claimed, then by which document.
  const index = new Map<string, Map<string, Claim[]>>();
  const add = (what: string, claim: Claim): void => {
    const byDocument = index.get(what) ?? new Map<string, Claim[]>();
    index.set(what, byDocument);
    const own = byDocument.get(claim.ref.document);
    if (own) own.push(claim);
    else byDocument.set(claim.ref.document, [claim]);
  };
  for (const claim of claims) {
    if (claim.action === 'clear') add('clear', claim);
    else add(`${claim.action} ${claim.name}`, claim);
    if (claim.value) add(`${claim.value.digest} ${claim.name}`, claim);
  }
  const isNear = (what: string, { ref, time }: Look, since = Infinity): boolean =>
    [...(index.get(what) ?? [])].some(
      ([document, own]) => document !== ref.document && (firstLater(own, Math.min(time - LATE, since))?.time ?? Infinity) <= time + SKEW,
    );
  return {
    isStored: (look, name, digest) => isNear(`${digest} ${name}`, look),
    isRemoved: (look, name, since) => isNear(`delete ${name}`, look, since) || isNear('clear', look, since),
    isOnItsWay: (look, name) => isNear(`set ${name}`, look),
  };
}
