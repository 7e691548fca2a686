/** The arguments that findings' messages share. */
import { addDuration } from '../../policy/duration.ts';
import type { Observation } from '../../model/observation.ts';
import type { Facts } from '../facts/facts.ts';
import { hostOf } from '../facts/party.ts';

const DAY = 86_400;

/** Seconds as days with one decimal. */
export function inDays(seconds: number): number {
  return Math.round((seconds / DAY) * 10) / 10;
}

/** The days from a write (ISO 8601) to the end of a stated period (ISO 8601 duration). */
export function periodInDays(at: string, iso: string): number {
  const from = Date.parse(at);
  return inDays((addDuration(from, iso) - from) / 1000);
}

/**
 * What was stored where, and the host of the script or answer that wrote it; `unseen` where nobody saw who did, `elsewhere` where that may
 * have been a page that is not audited.
 */
export function storedWords(facts: Facts, o: Observation): { store: string; name: string; host: string; by: string } {
  const cause = o.cause === null ? null : facts.byId(o.cause);
  const by = cause?.host ?? hostOf(o.initiator?.url ?? null) ?? (o.cookie?.maybeElsewhere ? 'elsewhere' : 'unseen');
  return { store: o.kind, name: o.name ?? '', host: o.host, by };
}

/** Who received a request: the service's name where one is known, and the host. */
export function requestWords(facts: Facts, o: Observation): { recipient: string; host: string } {
  return { recipient: facts.subject(o).serviceName ?? o.host, host: o.host };
}
