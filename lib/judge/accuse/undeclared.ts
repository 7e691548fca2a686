/** Stored entries that the policy does not declare. */
import type { Kind, Observation } from '../../model/observation.ts';
import type { PolicyService } from '../../model/policy.ts';
import type { Facts } from '../facts/facts.ts';
import { hostOf } from '../facts/party.ts';
import type { Accusation, RuleMeta } from '../rule.ts';
import { cite } from './clauses.ts';
import { storedWords } from './words.ts';

/** Accuses what was written, or found stored, of these kinds and is declared nowhere. */
export function undeclaredEntries(facts: Facts, kinds: readonly Kind[], meta: RuleMeta): Accusation[] {
  return facts.writes.filter((o) => kinds.includes(o.kind) && !facts.subject(o).declared).map((o) => accuse(facts, o, meta));
}

function accuse(facts: Facts, o: Observation, meta: RuleMeta): Accusation {
  const subject = facts.subject(o);
  const writer = permittedWriter(facts, o);
  const variant = o.transient ? '_transient' : writer === null ? '' : '_service';
  const level = variant !== '' ? 'note' : subject.known ? 'error' : 'warning';
  return {
    outcome: 'fail',
    level,
    evidence: [o],
    clauses: cite(subject.clauses.service, meta.clauses),
    messageId: `finding_${meta.id.replaceAll('-', '_')}${variant}`,
    arguments: { ...storedWords(facts, o), ...(writer === null ? {} : { service: writer.name ?? writer.id }) },
  };
}

/** The declared service whose script or answer wrote the entry, where its category was consented to (or needs no consent). */
function permittedWriter(facts: Facts, o: Observation): PolicyService | null {
  const { policy } = facts;
  const cause = o.cause === null ? null : facts.byId(o.cause);
  const hosts = [hostOf(o.initiator?.url ?? null), cause?.host ?? null, o.host].filter((host) => host !== null);
  const services = [facts.subject(o).policyService, ...hosts.map((host) => policy.matchHost(host))];
  return services.find((service) => service !== null && isConsentedTo(facts, o, service.category)) ?? null;
}

function isConsentedTo(facts: Facts, o: Observation, category: string): boolean {
  if (facts.policy.isExempt(category)) return true;
  if (o.phase === 'before-choice' || o.phase === 'unknown') return false;
  return facts.consentAt(o).categories[category] === true;
}
