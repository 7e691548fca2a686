/** Cookies and storage entries: whose they are and what they are for. */
import type { KnownKey } from '../../catalogue/catalogue.ts';
import type { PolicyService } from '../../model/policy.ts';
import type { KeyMatch, Policy, StoredThing } from '../../policy/policy.ts';
import type { Subject } from './facts.ts';
import { exemptCategory, policyCategory, subjectFrom, thingKey } from './subject.ts';
import type { Attribution, SubjectContext } from './subject.ts';

/** The policy's declared keys go before its declared hosts, both before the catalogue's keys, and these before the catalogue's hosts. */
export function storedSubject(context: SubjectContext, thing: StoredThing, party: 'first' | 'third'): Subject {
  const { policy, catalogue } = context;
  const match = policy.matchKey(thing);
  const known = catalogue.key(thing, context.hasSibling);
  if (context.records.has(thingKey(thing))) return subjectFrom(policy, consentRecord(policy, thing, match, known));
  if (match !== null) return subjectFrom(policy, declaredKey(match, known));
  if (known === null && context.choices.has(thingKey(thing)))
    return subjectFrom(policy, { ...undeclared(thing), category: exemptCategory(policy) });
  const service = declaredService(policy, thing, known);
  if (service !== null) return subjectFrom(policy, keyOfDeclaredService(policy, thing, service, known));
  if (known !== null) {
    return subjectFrom(policy, {
      ...undeclared(thing),
      knownService: known.service,
      knownCategory: known.confirmed ? known.category : null,
      category: known.confirmed ? policyCategory(policy, known.category) : 'unknown',
      pattern: known.pattern,
    });
  }
  return subjectFrom(policy, party === 'third' ? keyOfKnownHost(context, thing) : undeclared(thing));
}

function undeclared(thing: StoredThing): Attribution {
  return {
    declared: false,
    policyService: null,
    knownService: null,
    knownCategory: null,
    category: 'unknown',
    pattern: thing.name,
    consentRecord: false,
  };
}

function consentRecord(policy: Policy, thing: StoredThing, match: KeyMatch | null, known: KnownKey | null): Attribution {
  const category = match !== null && policy.isExempt(match.category) ? match.category : exemptCategory(policy);
  return {
    ...undeclared(thing),
    declared: match !== null || policy.isConsentRecord(thing),
    policyService: match?.service ?? null,
    knownService: known?.service ?? null,
    category,
    ...(match === null ? {} : { retention: { stated: match.stated, clauses: match.clauses } }),
    pattern: match?.pattern ?? thing.name,
    consentRecord: true,
  };
}

function declaredKey(match: KeyMatch, known: KnownKey | null): Attribution {
  return {
    declared: true,
    policyService: match.service,
    knownService: known?.service ?? null,
    knownCategory: known?.confirmed ? known.category : null,
    category: match.category,
    retention: { stated: match.stated, clauses: match.clauses },
    pattern: match.pattern,
    consentRecord: false,
  };
}

/** A third party's host that the policy lists, or the catalogue's service under the same id. */
function declaredService(policy: Policy, thing: StoredThing, known: KnownKey | null): PolicyService | null {
  const byHost = policy.isSite(thing.host) ? null : policy.matchHost(thing.host);
  return byHost ?? (known?.confirmed ? policy.service(known.service.id) : null);
}

function keyOfDeclaredService(policy: Policy, thing: StoredThing, service: PolicyService, known: KnownKey | null): Attribution {
  const own = known !== null && known.confirmed && known.service.id === service.id ? known : null;
  // A policy that names a service and none of its keys declares those that the service is known to use.
  const declared = own !== null && (service.keys ?? []).length === 0;
  const byCatalogue = policyCategory(policy, own?.category ?? null);
  return {
    ...undeclared(thing),
    declared,
    policyService: service,
    knownService: own?.service ?? null,
    knownCategory: own?.category ?? null,
    category: declared || byCatalogue === 'unknown' ? service.category : byCatalogue,
    pattern: own?.pattern ?? thing.name,
  };
}

function keyOfKnownHost({ policy, catalogue }: SubjectContext, thing: StoredThing): Attribution {
  const recipient = catalogue.recipient({ host: thing.host, path: '/', protocol: null, tagId: null });
  if (recipient === null) return undeclared(thing);
  const category = recipient.confirmed ? recipient.category : null;
  return { ...undeclared(thing), knownService: recipient.service, knownCategory: category, category: policyCategory(policy, category) };
}
