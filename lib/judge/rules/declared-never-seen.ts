import { cite } from '../accuse/clauses.ts';
import type { Facts } from '../facts/facts.ts';
import type { PolicyService } from '../../model/policy.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'declared-never-seen',
  clauses: ['3'],
  levels: ['note'],
  failsWhen: 'A service or key that the policy declares was not met in this audit.',
};

export const declaredNeverSeen: Rule = {
  meta,
  judge: (facts) => {
    const { services = [], keys = [] } = facts.policy.document;
    const met = metIn(facts);
    const unmet = new Set(services.filter(({ id }) => !met.services.has(id)).map(({ id }) => id));
    // A service that was never met has no keys to be missed one by one.
    const metServices = services
      .filter(({ id }) => !unmet.has(id))
      .map((service) => ({ service, names: (service.keys ?? []).filter((key) => !met.keys.has(keyOf(service.id, key))) }));
    const visits = facts.visits.length;
    return [
      ...services.filter(({ id }) => unmet.has(id)).map((service) => unmetService(service, visits)),
      ...metServices.filter(({ names }) => names.length > 0).map(({ service, names }) => unmetKeysOf(service, names, visits)),
      ...keys
        .filter(({ name, service }) => !met.keys.has(keyOf(service ?? null, name)) && !unmet.has(service ?? ''))
        .map(({ name, category, service, clause }) => unmetKey(name, category, service ?? null, clause, visits)),
    ];
  },
};

function keyOf(service: string | null, pattern: string): string {
  return JSON.stringify([service, pattern]);
}

function metIn(facts: Facts): { services: Set<string>; keys: Set<string> } {
  const services = new Set<string>();
  const keys = new Set<string>();
  for (const o of facts.observations) {
    if (o.action === 'delete' || o.action === 'absent' || o.rejected !== null || o.request?.internal === true) continue;
    const { declared, policyService, pattern } = facts.subject(o);
    if (policyService !== null) services.add(policyService.id);
    if (declared && o.kind !== 'request') keys.add(keyOf(policyService?.id ?? null, pattern));
  }
  return { services, keys };
}

function unmetService(service: PolicyService, visits: number): Accusation {
  const name = service.name ?? service.id;
  return {
    outcome: 'fail',
    level: 'note',
    evidence: [],
    clauses: cite(service.clause === undefined ? [] : [service.clause], meta.clauses),
    messageId: 'finding_declared_never_seen_service',
    arguments: { service: name, visits },
    about: { name, service: service.id, category: service.category },
    fingerprintKey: `service:${service.id}`,
  };
}

/** Vendors document more keys than any one page uses: one note names them all. */
function unmetKeysOf(service: PolicyService, names: string[], visits: number): Accusation {
  const name = service.name ?? service.id;
  return {
    ...unmetService(service, visits),
    messageId: 'finding_declared_never_seen_service_keys',
    arguments: { service: name, names: names.join(', '), count: names.length, visits },
    fingerprintKey: `keys:${service.id}`,
  };
}

function unmetKey(name: string, category: string, service: string | null, clause: string | undefined, visits: number): Accusation {
  return {
    outcome: 'fail',
    level: 'note',
    evidence: [],
    clauses: cite(clause === undefined ? [] : [clause], meta.clauses),
    messageId: 'finding_declared_never_seen_key',
    arguments: { name, visits },
    about: { name, service, category },
    fingerprintKey: `key:${name}`,
  };
}
