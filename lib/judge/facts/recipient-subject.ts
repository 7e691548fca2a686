/** Requests: who receives them and what for. */
import type { GatheredObservation } from '../../model/observation.ts';
import type { Subject } from './facts.ts';
import { knownRecipient } from './known-recipient.ts';
import { exemptCategory, policyCategory, subjectFrom } from './subject.ts';
import type { Attribution, SubjectContext } from './subject.ts';

const NETWORK = /^(https?|wss?):$/;

/** The site itself is no recipient, unless the policy lists the host as a service's or a tracker's protocol is spoken to it. */
export function recipientSubject(context: SubjectContext, o: GatheredObservation, party: 'first' | 'third'): Subject {
  const { policy } = context;
  const byHost = policy.matchHost(o.host);
  const own = party === 'first' && byHost === null && (o.request?.protocol ?? null) === null;
  if (own || !isNetwork(o)) return subjectFrom(policy, siteItself(context, o));
  const known = knownRecipient(context.catalogue, o);
  const service = byHost ?? (known?.confirmed ? policy.service(known.service.id) : null);
  const knownCategory = known?.confirmed ? known.category : null;
  return subjectFrom(policy, {
    declared: service !== null,
    policyService: service,
    knownService: known?.service ?? null,
    knownCategory,
    category: service?.category ?? policyCategory(policy, knownCategory),
    pattern: service?.id ?? known?.service.id ?? o.host,
    consentRecord: false,
  });
}

function isNetwork(o: GatheredObservation): boolean {
  return o.request !== null && URL.canParse(o.request.url) && NETWORK.test(new URL(o.request.url).protocol);
}

function siteItself({ policy }: SubjectContext, o: GatheredObservation): Attribution {
  return {
    declared: true,
    policyService: null,
    knownService: null,
    knownCategory: null,
    category: exemptCategory(policy),
    pattern: o.host,
    consentRecord: false,
    ownUse: true,
  };
}
