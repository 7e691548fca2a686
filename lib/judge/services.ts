/** Who was met: the services that policy or catalogue know, by their names. */
import type { ServiceMet } from '../model/audit.ts';
import type { Facts } from './facts/facts.ts';

/** One entry per service of any observation, by id; the names are the policy's where it has them, else the catalogue's. */
export function servicesMet(facts: Facts): ServiceMet[] {
  const met = new Map<string, ServiceMet>();
  for (const o of facts.observations) {
    const { service, serviceName, policyService, category } = facts.subject(o);
    if (service === null || met.has(service)) continue;
    met.set(service, {
      id: service,
      name: serviceName ?? service,
      operator: policyService?.operator ?? null,
      category: policyService?.category ?? category,
      declared: policyService !== null,
    });
  }
  return [...met.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
