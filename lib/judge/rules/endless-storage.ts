import { storedWords } from '../accuse/words.ts';
import type { Facts } from '../facts/facts.ts';
import { isRemoval } from '../facts/writes.ts';
import type { Kind, Observation } from '../../model/observation.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'endless-storage',
  clauses: ['4.2'],
  levels: ['warning'],
  failsWhen: 'An entry that needs consent is written into a store that has no end of its own and is not deleted again in the same visit.',
};

/** A worker's registration is code that the browser renews by itself; what it stores lies in the others. */
const ENDLESS: readonly Kind[] = ['localStorage', 'indexedDB', 'cacheStorage', 'opfs'];

export const endlessStorage: Rule = {
  meta,
  judge: (facts) => {
    const deletions = facts.observations.filter((o) => isRemoval(o) && ENDLESS.includes(o.kind));
    return facts.writes
      .filter((o) => ENDLESS.includes(o.kind) && !o.transient && !facts.subject(o).exempt && !isDeletedLater(facts, o, deletions))
      .map((o) => ({
        outcome: 'fail',
        level: 'warning',
        evidence: [o],
        clauses: clausesAbout(facts, o),
        messageId: 'finding_endless_storage',
        arguments: storedWords(facts, o),
        stated: facts.subject(o).stated,
      }));
  },
};

function clausesAbout(facts: Facts, o: Observation): string[] {
  const { stated, clauses } = facts.subject(o);
  return stated === null || clauses.retention.length === 0 ? meta.clauses : clauses.retention;
}

function isDeletedLater(facts: Facts, o: Observation, deletions: Observation[]): boolean {
  return deletions.some(
    (later) =>
      later.seq > o.seq &&
      facts.lifeOf(later.visit) === facts.lifeOf(o.visit) &&
      later.kind === o.kind &&
      later.name === o.name &&
      later.host === o.host,
  );
}
