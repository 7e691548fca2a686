/** What tells of a choice: marks, records, and what consent platforms say of themselves. One function per source. */
import type { GatheredObservation } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';
import { meaningOfRecord, type RecordMeaning } from './record-meaning.ts';

/** A sign that a choice was made, and how much it says. */
export interface Sign {
  source: string;
  observation: GatheredObservation;
  /** Consent-based categories, where the sign names them; null where it only says that something was recorded. */
  meaning: RecordMeaning | null;
  /** The sign is the platform's or policy's own and needs no words of a control beside it. */
  speaksForItself: boolean;
}

/** A write of a consent record. */
export function recordSign(o: GatheredObservation, policy: Policy): Sign | null {
  if (
    (o.kind !== 'cookie' && o.kind !== 'localStorage') ||
    o.action !== 'set' ||
    o.rejected !== null ||
    o.transient ||
    !o.record ||
    o.name === null
  )
    return null;
  const own = policy.isConsentRecord({ kind: o.kind, name: o.name, host: o.host });
  const mapping = own ? (policy.document.consent?.record?.categories ?? null) : null;
  const meaning = meaningOfRecord(o.name, o.record, policy, mapping);
  const vanilla = o.record.cmp === 'vanilla-cookieconsent';
  return {
    source: own ? 'record' : o.record.cmp ? `cmp:${o.record.cmp}` : 'record',
    observation: o,
    meaning,
    speaksForItself: (own || vanilla) && meaning !== null,
  };
}

/** An event of a consent platform that names what was accepted. */
export function platformSign(o: GatheredObservation, policy: Policy): Sign | null {
  if (o.kind !== 'signal' || !o.signal?.source.startsWith('cmp:') || !o.signal.categories) return null;
  const mapping = policy.document.consent?.record?.categories ?? null;
  const record = { cmp: o.signal.source.slice(4), granted: o.signal.categories, dated: null };
  // Such an event lists only what was accepted; what it leaves out was refused.
  const meaning = meaningOfRecord('', record, policy, mapping);
  return meaning && { source: o.signal.source, observation: o, meaning, speaksForItself: true };
}

/** Any other stored entry of the site that could be the record behind a control's words: named by nobody as a tracker's. */
export function possibleRecord(o: GatheredObservation, policy: Policy, isTracker: (o: GatheredObservation) => boolean): Sign | null {
  if ((o.kind !== 'cookie' && o.kind !== 'localStorage') || o.action !== 'set' || o.rejected !== null || o.transient || o.name === null)
    return null;
  if (!policy.isSite(o.host) || isTracker(o)) return null;
  return { source: 'click', observation: o, meaning: null, speaksForItself: false };
}
