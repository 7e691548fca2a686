/** What Google Consent Mode says at a moment, held against the person's own choice. */
import { SIGNAL_CATEGORIES, setSignals } from '../../catalogue/consent-mode.ts';
import type { Observation } from '../../model/observation.ts';
import type { Facts } from '../facts/facts.ts';
import { hostOf } from '../facts/party.ts';
import { isUntold } from '../facts/permission.ts';

/** A signal in its category of the policy; null where the category needs no consent or the policy has none such. */
export function categoryOfSignal(facts: Facts, signal: string): string | null {
  const category = Object.hasOwn(SIGNAL_CATEGORIES, signal) ? (SIGNAL_CATEGORIES[signal] as string) : null;
  return category !== null && facts.policy.consentCategories.includes(category) ? category : null;
}

/** Requests of the audited page itself that went over the network: other documents in it have a Consent Mode of their own. */
export function isOwnRequest(facts: Facts, o: Observation): boolean {
  const frame = hostOf(o.frame);
  return o.kind === 'request' && o.request !== null && !o.request.internal && (frame === null || facts.policy.isSite(frame));
}

/** The signals that a hit or a command says are granted, by somebody's word: what nobody set is no grant. */
export function grantedSignals(o: Observation): string[] {
  const hit = o.request?.consentMode;
  const said = hit ? setSignals(hit) : o.signal?.source === 'consent-mode' ? (o.signal.categories ?? {}) : {};
  return Object.entries(said).flatMap(([signal, state]) => (state === 'granted' || state === true ? [signal] : []));
}

export type Standing = 'granted' | 'not-granted' | 'unknown';

/** Whether the person had granted a category at an observation's moment; what was accepted as a whole includes what was not offered. */
export function standingOf(facts: Facts, o: Observation, category: string): Standing {
  if (o.phase === 'unknown') return 'unknown';
  const entry = facts.consentAt(o);
  const said = entry.categories[category];
  if (isUntold(entry, category)) return 'unknown';
  if (o.phase === 'accepted') return said === false ? 'not-granted' : 'granted';
  return said === true ? 'granted' : 'not-granted';
}
