import { catalogue } from '../../catalogue/index.ts';
import type { CatalogueCategory } from '../../catalogue/catalogue.ts';
import { requestWords, storedWords } from '../accuse/words.ts';
import type { Facts } from '../facts/facts.ts';
import { knownRecipient } from '../facts/known-recipient.ts';
import { isStored } from '../facts/subject.ts';
import type { Observation } from '../../model/observation.ts';
import type { PolicyService } from '../../model/policy.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'category-mismatch',
  clauses: ['2', '3'],
  levels: ['error'],
  failsWhen:
    'A key or recipient that the policy declares is known to belong to a category that is better protected than the declared one; or the advertising features of a service run that the policy declares for something less. Categories that the policy names in its own way are not compared.',
};

/** From what needs no consent to what needs it most. */
const PROTECTION: Readonly<Record<CatalogueCategory, number>> = { mandatory: 0, functional: 1, analytical: 2, marketing: 3 };

/** Features of a service that the catalogue knows as a recipient of their own. */
const FEATURES: Readonly<Record<string, string>> = { 'google-analytics-advertising': 'google-analytics' };

export const categoryMismatch: Rule = {
  meta,
  judge: (facts) => [
    ...facts.writes.map((o) => judgeKey(facts, o)).filter((accusation) => accusation !== null),
    ...facts.observations.map((o) => judgeRequest(facts, o)).filter((accusation) => accusation !== null),
  ],
};

function judgeKey(facts: Facts, o: Observation): Accusation | null {
  const { declared, category, consentRecord } = facts.subject(o);
  if (!declared || consentRecord || o.name === null || !isStored(o.kind)) return null;
  const known = catalogue.isDistinctive({ kind: o.kind, name: o.name, host: o.host });
  if (!known?.confirmed || !isWeaker(facts, category, known.category)) return null;
  return accuse(o, 'key', { ...storedWords(facts, o), category, known: known.category });
}

function judgeRequest(facts: Facts, o: Observation): Accusation | null {
  if (o.request === null || o.request.internal) return null;
  const known = knownRecipient(catalogue, o);
  if (!known?.confirmed || known.category === null) return null;
  const service = facts.policy.matchHost(o.host) ?? servedBy(facts, known.service.id, o.request.protocol);
  if (service === null || !isWeaker(facts, service.category, known.category)) return null;
  const names = { recipient: service.name ?? service.id, host: o.host, category: service.category, known: known.category };
  return { ...accuse(o, 'recipient', { ...requestWords(facts, o), ...names }), about: { service: service.id } };
}

/** The declared service whose own hits go there: only what speaks its protocol is its doing. */
function servedBy(facts: Facts, known: string, protocol: string | null): PolicyService | null {
  const service = FEATURES[known];
  return service === undefined || protocol === null ? null : facts.policy.service(service);
}

function isWeaker(facts: Facts, declared: string, known: CatalogueCategory): boolean {
  const own = facts.policy.isExempt(declared) ? 0 : Object.hasOwn(PROTECTION, declared) ? PROTECTION[declared as CatalogueCategory] : null;
  return own !== null && own < PROTECTION[known];
}

function accuse(o: Observation, variant: string, args: Accusation['arguments']): Accusation {
  return {
    outcome: 'fail',
    level: 'error',
    evidence: [o],
    clauses: meta.clauses,
    messageId: `finding_category_mismatch_${variant}`,
    arguments: args,
  };
}
