/** What policy and catalogue say of the thing that an observation is about. */
import type { Catalogue, CatalogueCategory } from '../../catalogue/catalogue.ts';
import type { ConsentEntry } from '../../model/audit.ts';
import type { Evidence } from '../../model/evidence.ts';
import { STORED_KINDS } from '../../model/observation.ts';
import type { GatheredObservation, Kind } from '../../model/observation.ts';
import type { PolicyService } from '../../model/policy.ts';
import type { Policy, StoredThing } from '../../policy/policy.ts';
import type { Subject } from './facts.ts';
import { recipientSubject } from './recipient-subject.ts';
import { storedSubject } from './stored-subject.ts';

/** What a lookup found, before the policy's words about category and period are added. */
export interface Attribution {
  declared: boolean;
  policyService: PolicyService | null;
  /** The catalogue's service, where it names one. */
  knownService: { id: string; name: string } | null;
  /** The catalogue's category, on confirmed ground only. */
  knownCategory: CatalogueCategory | null;
  category: string;
  /** The period and the clauses that state it; left out, those of service and category. */
  retention?: { stated: string | null; clauses: string[] };
  pattern: string;
  consentRecord: boolean;
  /** The site's use of itself: no recipient, so no consent to ask for, whatever categories the policy has. */
  ownUse?: boolean;
}

/** The first of the policy's categories that need no consent; `unknown` where it has none. */
export function exemptCategory(policy: Policy): string {
  return policy.document.categories.find((category) => policy.isExempt(category.id))?.id ?? 'unknown';
}

/** The policy's id for a category of the catalogue; `unknown` where the policy has no such category. */
export function policyCategory(policy: Policy, known: CatalogueCategory | null): string {
  if (known === null) return 'unknown';
  if (policy.category(known) !== null) return known;
  return known === 'mandatory' ? exemptCategory(policy) : 'unknown';
}

/** Adds to an attribution what the policy says of its category, service and period. */
export function subjectFrom(policy: Policy, found: Attribution): Subject {
  const exempt = found.consentRecord || found.ownUse === true || policy.isExempt(found.category);
  const spokenOf = found.category === 'unknown' ? (found.knownCategory ?? 'mandatory') : found.category;
  const known = !exempt && spokenOf !== 'mandatory';
  const retention = found.retention ?? policy.stated(found.policyService, found.category);
  const categoryClause = policy.category(found.category)?.clause;
  const serviceClause = found.policyService?.clause;
  return {
    declared: found.declared,
    service: found.policyService?.id ?? found.knownService?.id ?? null,
    serviceName: found.policyService?.name ?? found.knownService?.name ?? found.policyService?.id ?? null,
    policyService: found.policyService,
    category: found.category,
    exempt,
    known,
    tracker: known && spokenOf !== 'functional',
    stated: retention.stated,
    clauses: {
      category: categoryClause === undefined ? [] : [categoryClause],
      service: serviceClause === undefined ? [] : [serviceClause],
      retention: retention.clauses,
    },
    pattern: found.pattern,
    consentRecord: found.consentRecord,
  };
}

export function isStored(kind: Kind): boolean {
  return (STORED_KINDS as readonly Kind[]).includes(kind);
}

/** One text per stored thing, for maps. */
export function thingKey(thing: StoredThing): string {
  return JSON.stringify([thing.kind, thing.name, thing.host]);
}

/** The lookup for one evidence: siblings of generic names and records of consent are looked for in all of it. */
export function subjectLookup(
  evidence: Evidence,
  policy: Policy,
  catalogue: Catalogue,
  consent: ConsentEntry[],
): (o: GatheredObservation, party: 'first' | 'third') => Subject {
  const siblings = new Set<string>();
  const records = new Set<string>();
  const choices = new Set<string>();
  const cited = new Set(consent.flatMap(({ observations }) => observations.slice(1)));
  for (const o of evidence.observations) {
    if (o.name === null || !isStored(o.kind)) continue;
    const thing = { kind: o.kind, name: o.name, host: o.host };
    if ((o.record?.cmp ?? null) !== null || policy.isConsentRecord(thing) || (cited.has(o.id) && o.record !== null))
      records.add(thingKey(thing));
    else if (cited.has(o.id)) choices.add(thingKey(thing));
    if (o.action === 'delete' || o.action === 'absent' || o.rejected !== null) continue;
    const distinctive = catalogue.isDistinctive(thing);
    if (distinctive !== null) siblings.add(distinctive.service.id);
  }
  const context = { policy, catalogue, hasSibling: (service: string) => siblings.has(service), records, choices };
  const ofThings = new Map<string, Subject>();
  return (o, party) => {
    if (o.kind === 'request') return recipientSubject(context, o, party);
    if (o.name === null || !isStored(o.kind)) return noSubject(policy, o);
    const thing = { kind: o.kind, name: o.name, host: o.host };
    const key = party + thingKey(thing);
    const subject = ofThings.get(key) ?? storedSubject(context, thing, party);
    ofThings.set(key, subject);
    return subject;
  };
}

/** What a lookup works with. */
export interface SubjectContext {
  policy: Policy;
  catalogue: Catalogue;
  hasSibling: (serviceId: string) => boolean;
  /** `thingKey` of every record of consent. */
  records: ReadonlySet<string>;
  /** `thingKey` of entries that hold a choice though nothing but their moment says so: keeping a choice needs no consent. */
  choices: ReadonlySet<string>;
}

function noSubject(policy: Policy, o: GatheredObservation): Subject {
  return subjectFrom(policy, {
    declared: false,
    policyService: null,
    knownService: null,
    knownCategory: null,
    category: 'unknown',
    pattern: o.name ?? o.host,
    consentRecord: false,
  });
}
