import { catalogue } from '../../catalogue/index.ts';
import type { KnownRecipient } from '../../catalogue/catalogue.ts';
import type { Facts } from '../facts/facts.ts';
import { knownRecipient, pathOf } from '../facts/known-recipient.ts';
import type { Observation } from '../../model/observation.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'disguised-tracker',
  clauses: ['3'],
  levels: ['error'],
  failsWhen:
    "A host of the site answers as a known tracker: it speaks the tracker's protocol (a proxy), or its canonical name in DNS is the tracker's (Firefox alone tells it). Where only the company behind the name is known it cannot be told; hosts that the policy lists are no disguise.",
};

export const disguisedTracker: Rule = {
  meta,
  judge: (facts) => facts.observations.filter((o) => isAnsweredByOwnHost(facts, o)).flatMap((o) => byName(o) ?? byProtocol(o) ?? []),
};

function isAnsweredByOwnHost(facts: Facts, { kind, party, host, request }: Observation): boolean {
  if (kind !== 'request' || request === null || request.internal || party !== 'first') return false;
  return facts.policy.matchHost(host) === null && request.status !== null && request.status < 400;
}

function byName(o: Observation): Accusation | null {
  const name = o.request?.canonicalName ?? null;
  if (name === null) return null;
  const known = catalogue.recipient({ host: name, path: pathOf(o), protocol: null, tagId: null });
  // What a path alone tells says nothing of the name.
  if (!known || !isTracker(known) || !['host-list', 'background', 'third-party-web'].includes(known.basis)) return null;
  // A company that tracks may host pages too.
  return accuse(o, known, 'name', known.basis === 'third-party-web', { name });
}

function byProtocol(o: Observation): Accusation | null {
  const known = knownRecipient(catalogue, o);
  return known && isTracker(known) && (known.basis === 'protocol' || known.basis === 'tag-id') ? accuse(o, known, 'protocol', false) : null;
}

function isTracker({ category, confirmed }: KnownRecipient): boolean {
  return confirmed && (category === 'analytical' || category === 'marketing');
}

function accuse(o: Observation, known: KnownRecipient, variant: string, unsure: boolean, more: Record<string, string> = {}): Accusation {
  return {
    outcome: unsure ? 'unsure' : 'fail',
    level: 'error',
    evidence: [o],
    clauses: meta.clauses,
    messageId: `finding_disguised_tracker_${variant}${unsure ? '_unsure' : ''}`,
    arguments: { recipient: known.service.name, host: o.host, ...more },
    about: { service: known.service.id },
    fingerprintKey: known.service.id,
  };
}
