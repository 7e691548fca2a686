import { cite } from '../accuse/clauses.ts';
import { inDays, periodInDays, storedWords } from '../accuse/words.ts';
import type { Facts } from '../facts/facts.ts';
import type { Observation } from '../../model/observation.ts';
import { exceeds } from '../../policy/duration.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'identifier-outlives-period',
  clauses: ['4.2'],
  levels: ['error'],
  failsWhen:
    'An identifier whose value tells when it was made is older than the stated period, with one day of tolerance, however fresh its cookie or storage entry is. Of identifiers whose value tells no birth nothing is said.',
};

export const identifierOutlivesPeriod: Rule = {
  meta,
  judge: (facts) => facts.writes.map((o) => judgeIdentifier(facts, o)).filter((accusation) => accusation !== null),
};

function judgeIdentifier(facts: Facts, o: Observation): Accusation | null {
  const { stated, clauses } = facts.subject(o);
  const born = o.value?.born ?? null;
  if (born === null || stated === null || stated === 'session' || o.transient) return null;
  const age = (Date.parse(o.at) - Date.parse(born)) / 1000;
  if (!exceeds(Date.parse(born), age, stated)) return null;
  return {
    outcome: 'fail',
    level: 'error',
    evidence: [o],
    clauses: cite(clauses.retention, meta.clauses),
    messageId: 'finding_identifier_outlives_period',
    arguments: { ...storedWords(facts, o), born: born.slice(0, 10), days: inDays(age), stated, limit: periodInDays(born, stated) },
    stated,
  };
}
