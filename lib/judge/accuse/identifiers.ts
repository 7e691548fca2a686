/** Requests that carry stored identifiers. */
import type { Observation } from '../../model/observation.ts';
import type { Facts } from '../facts/facts.ts';
import type { Accusation, RuleMeta } from '../rule.ts';
import { cite } from './clauses.ts';
import { requestWords } from './words.ts';

/** A request and one entry that it carries. */
export interface Carriage {
  request: Observation;
  entry: Observation;
}

/**
 * The identifiers that requests carry over the network, of the given requests. Entries that need no consent never count, entries that
 * nobody knows only where they go to a third party.
 */
export function identifiersSent(facts: Facts, counts: (request: Observation) => boolean): Carriage[] {
  return facts.observations
    .filter((o) => o.kind === 'request' && o.request !== null && !o.request.internal && counts(o))
    .flatMap((request) => facts.carried(request).map((entry) => ({ request, entry })))
    .filter(({ request, entry }) => {
      const subject = facts.subject(entry);
      return !subject.exempt && (subject.known || request.party === 'third');
    });
}

/** One finding per identifier and receiving host. */
export function accuseCarriage(facts: Facts, { request, entry }: Carriage, meta: RuleMeta, unsure: boolean): Accusation {
  const subject = facts.subject(entry);
  return {
    outcome: unsure ? 'unsure' : 'fail',
    level: 'error',
    evidence: [request, entry],
    clauses: cite(subject.clauses.category, meta.clauses),
    messageId: `finding_${meta.id.replaceAll('-', '_')}${unsure ? '_unsure' : ''}`,
    arguments: { ...requestWords(facts, request), store: entry.kind, name: entry.name ?? '' },
    about: { name: entry.name, service: subject.service, category: subject.category },
    fingerprintKey: subject.pattern,
  };
}
