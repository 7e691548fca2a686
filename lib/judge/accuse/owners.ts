/** Whose a value is, and whose a recipient: for values that go from one to another. */
import { catalogue } from '../../catalogue/index.ts';
import type { KnownRecipient, KnownService } from '../../catalogue/catalogue.ts';
import type { Facts } from '../facts/facts.ts';
import { knownRecipient } from '../facts/known-recipient.ts';
import { domainOf, hostOf } from '../facts/party.ts';
import { isStored } from '../facts/subject.ts';
import type { Observation } from '../../model/observation.ts';

export interface Owner {
  /** As a reader would call it: the service's name, else the registrable domain. */
  name: string;
  service: string | null;
  vendor: string | null;
  /** Registrable domain; null for what a service keeps on the site's own hosts. */
  domain: string | null;
}

/** Who had an entry stored; null where it is the site's own, or nobody knows whose. */
export function ownerOf(facts: Facts, entry: Observation): Owner | null {
  if (entry.name === null || !isStored(entry.kind)) return null;
  const known = catalogue.isDistinctive({ kind: entry.kind, name: entry.name, host: entry.host });
  if (known?.confirmed) return owner(known.service, entry.party === 'third' ? entry.host : null);
  if (entry.party === 'third') return recipientOwner(entry.host);
  // A script of the site's own hosts, or of a mere library's, writes for the site.
  const writer = hostOf(entry.initiator?.url ?? null);
  const by = writer === null || facts.policy.isSite(writer) ? null : recipient(writer);
  return writer !== null && by?.confirmed && isTracker(by) ? owner(by.service, writer) : null;
}

/** Who receives a request. */
export function receiverOf(request: Observation): Owner {
  const known = knownRecipient(catalogue, request);
  return known?.confirmed ? owner(known.service, request.host) : recipientOwner(request.host);
}

/** One company under several names and hosts is one. */
export function isSameOwner(a: Owner, b: Owner): boolean {
  return (
    (a.service !== null && a.service === b.service) ||
    (a.domain !== null && a.domain === b.domain) ||
    (a.vendor !== null && a.vendor === b.vendor)
  );
}

function recipient(host: string): KnownRecipient | null {
  return catalogue.recipient({ host, path: '/', protocol: null, tagId: null });
}

function isTracker({ category }: KnownRecipient): boolean {
  return category === 'analytical' || category === 'marketing';
}

function recipientOwner(host: string): Owner {
  const known = recipient(host);
  return known?.confirmed ? owner(known.service, host) : { name: domainOf(host), service: null, vendor: null, domain: domainOf(host) };
}

function owner({ id, name, vendor }: KnownService, host: string | null): Owner {
  // "Google", "Google LLC" and "Google Inc." are one.
  const company = (vendor ?? name).split(/[\s/,(]/, 1)[0]?.toLowerCase() ?? null;
  return { name, service: id, vendor: company, domain: host === null ? null : domainOf(host) };
}
