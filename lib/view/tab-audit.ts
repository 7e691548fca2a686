/** What of an audit is about one tab: in Firefox's containers the same page has another consent, and may not have been opened yet. */
import type { Audit } from '../model/audit.ts';
import { hostOfUrl } from './tab.ts';

/** Where a tab is, as the background tells it. */
interface Place {
  cookieStore?: string;
}

/** Whether a page of this host was seen where the tab is. */
export function wasSeen({ run }: Audit, url: string, { cookieStore }: Place): boolean {
  return run.visits.some((visit) => visit.cookieStore === cookieStore && hostOfUrl(visit.url) === hostOfUrl(url));
}

/** The audit with no other consent than that of the tab's own container. */
export function withOwnConsent(audit: Audit, { cookieStore }: Place): Audit {
  const containers = new Map(audit.run.visits.map((visit) => [visit.id, visit.cookieStore]));
  return { ...audit, consent: audit.consent.filter(({ visit }) => containers.get(visit) === cookieStore) };
}
