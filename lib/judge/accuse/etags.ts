/**
 * ETags by which a server knows a visitor again. Nearly every ETag is a hash of content or the date and size of a file, the same for
 * everybody, so none is held against anybody before the browser has returned it, and none that two profiles were given.
 */
import type { Observation, ValidatorFacts } from '../../model/observation.ts';
import type { Facts } from '../facts/facts.ts';
import { reaches } from '../facts/reach.ts';

/** An answer's tag that came back to the server. */
export interface TagIdentifier {
  /** The request that returned it first, then what else proves it. */
  evidence: Observation[];
  /** The cookie of that server whose value the tag carries, where there is one. */
  cookie: Observation | null;
  /** Why it cannot be told; null where it is certain. */
  doubt: Doubt | null;
}

/**
 * `alone`: no other profile asked for that address, so nobody knows whether everybody has the tag. `content`: each profile has its own, and
 * perhaps its own content. `purpose`: it is an identifier, and nobody knows what for.
 */
export type Doubt = 'alone' | 'content' | 'purpose';

type Tagged = Observation & { request: { validator: ValidatorFacts } };

/** One for each request that returned such a tag, unless the policy counts its receiver's service as needing no consent. */
export function tagIdentifiers(facts: Facts): TagIdentifier[] {
  const tagged = facts.observations.filter((o): o is Tagged => o.request?.validator !== undefined);
  const byTag = Map.groupBy(tagged, (o) => o.request.validator.digest);
  const byAddress = Map.groupBy(tagged, (o) => o.request.validator.address);
  return tagged.flatMap((o) => {
    const { digest, address, returned } = o.request.validator;
    const isOfAnother = (one: Tagged): boolean => facts.profileOf(one) !== facts.profileOf(o);
    const same = byTag.get(digest) ?? [];
    if (!returned || isExempt(facts, o) || same.some(isOfAnother)) return [];
    const first = same.find((one) => one.request.validator.address === address) ?? o;
    const other = byAddress.get(address)?.find(isOfAnother) ?? null;
    return judgeTag(facts, o, first, other) ?? [];
  });
}

function isExempt({ policy }: Facts, { host }: Observation): boolean {
  const service = policy.matchHost(host);
  return service !== null && policy.isExempt(service.category);
}

/** @param other what another profile was given at the same address */
function judgeTag(facts: Facts, o: Tagged, first: Observation, other: Observation | null): TagIdentifier | null {
  const { of } = o.request.validator;
  const isKnown = (one: Observation): boolean => facts.subject(one).known;
  const carried = carriedBy(facts, o);
  // A server knows its own cookies. What a script stored may as well be the tag of a content that it keeps.
  const cookies = carried.filter((entry) => entry.kind === 'cookie' && reaches(entry, o.host));
  const cookie = cookies.find(isKnown) ?? cookies[0] ?? null;
  const carries = cookie ?? carried[0] ?? null;
  const knownPurpose = isKnown(o) || (cookie !== null && isKnown(cookie));
  const proven = (cookie !== null && isKnown(cookie)) || (other !== null && (cookie !== null || of === 'nothing'));
  const suspected = carries !== null || (isKnown(o) && (of === 'nothing' || (of === 'content' && other !== null)));
  if (!proven && !suspected) return null;
  const evidence = [...new Set([o, first, other, carries])].filter((one) => one !== null);
  return { evidence, cookie, doubt: proven ? (knownPurpose ? null : 'purpose') : other === null ? 'alone' : 'content' };
}

/** The entries that need consent; those that nobody knows only where a third party has the tag: a page may well keep its own site's tags. */
function carriedBy(facts: Facts, o: Tagged): Observation[] {
  const { identifiers } = o.request.validator;
  if (identifiers.length === 0) return [];
  return facts.writes.filter((entry) => {
    if (facts.profileOf(entry) !== facts.profileOf(o)) return false;
    if (!identifiers.some(({ kind, name, host }) => kind === entry.kind && name === entry.name && host === entry.host)) return false;
    const subject = facts.subject(entry);
    return !subject.exempt && (subject.known || o.party === 'third');
  });
}
