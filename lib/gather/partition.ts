/**
 * Which part of its origin's storage a document has. Browsers keep apart what frames store for each site around them:
 * https://privacycg.github.io/storage-partitioning/. What lies in one part is not missing in another.
 */
import { getDomain } from 'tldts';
import type { DocumentHeader } from '../messaging/relay-protocol.ts';

const CREDENTIALLESS = 'credentialless ';

/** @returns undefined where the document has what its origin has as a page */
export function partitionOf({
  document,
  origin,
  ancestors,
  credentialless,
}: Pick<DocumentHeader, 'document' | 'origin' | 'ancestors' | 'credentialless'>): string | undefined {
  // Others of its page may share it: that is not known here, and held apart nothing is missing.
  if (credentialless) return `${CREDENTIALLESS}${document}`;
  const top = ancestors.at(-1);
  return top === undefined || ancestors.every((around) => siteOf(around) === siteOf(origin)) ? undefined : siteOf(top);
}

/** Whether it is the part of a frame without credentials: browsers tell nothing of the cookies in it. */
export function isCredentialless(partition: string | undefined): boolean {
  return partition?.startsWith(CREDENTIALLESS) === true;
}

/** Scheme and registrable domain. */
export function siteOf(origin: string): string {
  if (!URL.canParse(origin)) return origin;
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${getDomain(hostname, { allowPrivateDomains: true }) ?? hostname}`;
}
