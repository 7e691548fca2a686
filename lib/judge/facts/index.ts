/** From evidence, policy, catalogue and consent timeline to what rules may ask. */
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { ConsentEntry } from '../../model/audit.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';
import { carriedLookup } from './carried.ts';
import type { Facts, Permission, Subject } from './facts.ts';
import { lifeLookup } from './lives.ts';
import { partyLookup } from './party.ts';
import { permissionOf } from './permission.ts';
import { phaseLookup } from './phase.ts';
import { subjectLookup } from './subject.ts';
import { writesIn } from './writes.ts';

/**
 * Annotates each observation with phase, party, service and category, and prepares the answers that rules ask for.
 * Pure: the same arguments always give the same facts. `consent` has each profile's entries in the order of happening, the first its start.
 */
export function factsOf(evidence: Evidence, policy: Policy, catalogue: Catalogue, consent: ConsentEntry[]): Facts {
  const phases = phaseLookup(evidence, consent, policy.isSite);
  const partyOf = partyLookup(policy);
  const subjectOf = subjectLookup(evidence, policy, catalogue, consent);
  const subjects = new Map<string, Subject>();
  const observations = evidence.observations
    .toSorted((a, b) => a.seq - b.seq)
    .map((o): Observation => {
      const party = partyOf(o.host, o.page);
      const subject = subjectOf(o, party);
      subjects.set(o.id, subject);
      return { ...o, phase: phases.phaseOf(o), party, service: subject.service, category: subject.category };
    });
  const byId = new Map(observations.map((o) => [o.id, o]));
  const permissions = new Map<string, Permission>();
  const subject = (o: Observation): Subject => subjects.get(o.id) ?? subjectOf(o, o.party);
  const permission = (o: Observation): Permission => {
    const known = permissions.get(o.id);
    if (known !== undefined) return known;
    const moment = { phase: o.phase, entry: phases.entryAt(o), granted: phases.grantedBefore(o) };
    const answer = permissionOf(subject(o), moment);
    permissions.set(o.id, answer);
    return answer;
  };
  return {
    policy,
    observations,
    consent,
    visits: evidence.visits,
    lifeOf: lifeLookup(evidence.visits),
    gaps: evidence.gaps,
    lost: evidence.lost,
    subject,
    permission,
    consentAt: phases.entryAt,
    grantedBefore: phases.grantedBefore,
    profileOf: phases.profileOf,
    byId: (id) => byId.get(id) ?? null,
    writes: writesIn(observations, phases.profileOf),
    carried: carriedLookup(observations, phases.profileOf),
  };
}
