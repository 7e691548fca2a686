/** On which pages of the site a choice can be known: those that can read a record of it. */
import type { GatheredObservation } from '../../model/observation.ts';
import { hostOf } from './party.ts';

/** Whether a page of this host has the entry: storage is its origin's own, and so is a cookie without Domain (RFC 6265, 5.1.3). */
export function reaches(record: GatheredObservation, host: string): boolean {
  if (host === record.host) return true;
  return record.kind === 'cookie' && (record.cookie?.domain ?? null) !== null && host.endsWith(`.${record.host}`);
}

/**
 * Whether a choice made by `act` and kept in what was `cited` can be known on a page. Where nothing was seen to keep it, or something that is
 * not the own page's (a platform's host, a host that the site keeps all its choices on), nobody can say that it is not.
 */
export function isKnownOn(
  page: string,
  act: GatheredObservation,
  cited: GatheredObservation[],
  isSite: (host: string) => boolean,
): boolean {
  const host = hostOf(page);
  const own = hostOf(act.page);
  if (host === null || host === own || !isSite(host)) return true;
  const records = cited.filter(isKept);
  return records.length === 0 || records.some((record) => reaches(record, host) || own === null || !reaches(record, own));
}

function isKept({ kind, action, rejected, transient, cookie }: GatheredObservation): boolean {
  return (kind === 'cookie' || kind === 'localStorage') && action === 'set' && rejected === null && !transient && cookie?.asked !== 0;
}
