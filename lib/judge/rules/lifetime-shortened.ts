import { cite } from '../accuse/clauses.ts';
import { inDays, storedWords } from '../accuse/words.ts';
import type { Observation } from '../../model/observation.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'lifetime-shortened',
  clauses: ['4.2'],
  levels: ['note'],
  failsWhen: 'The browser granted a cookie a shorter life than it asked for. What was asked is judged all the same.',
};

/** Rounding and the way from page to jar take less than this. */
const TOLERANCE = 60; // seconds

function isShortened({ cookie }: Observation): boolean {
  return cookie !== null && cookie.asked !== null && cookie.granted !== null && cookie.granted < cookie.asked - TOLERANCE;
}

export const lifetimeShortened: Rule = {
  meta,
  judge: (facts) =>
    facts.writes.filter(isShortened).map((o) => ({
      outcome: 'fail',
      level: 'note',
      evidence: [o],
      clauses: cite(facts.subject(o).clauses.retention, meta.clauses),
      messageId: 'finding_lifetime_shortened',
      arguments: { ...storedWords(facts, o), asked: inDays(o.cookie?.asked ?? 0), granted: inDays(o.cookie?.granted ?? 0) },
      stated: facts.subject(o).stated,
    })),
};
