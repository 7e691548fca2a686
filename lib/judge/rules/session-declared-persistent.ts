import { cite } from '../accuse/clauses.ts';
import { inDays, storedWords } from '../accuse/words.ts';
import type { Observation } from '../../model/observation.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'session-declared-persistent',
  clauses: ['4.2'],
  levels: ['error'],
  failsWhen: 'The policy says that a cookie lasts until the browser is closed, and the cookie asks for a date.',
};

/** Seconds asked for, else granted; null for a session cookie. */
function life({ cookie }: Observation): number | null {
  if (cookie === null || (cookie.asked === null && cookie.session === true)) return null;
  return cookie.asked ?? cookie.granted;
}

export const sessionDeclaredPersistent: Rule = {
  meta,
  judge: (facts) =>
    facts.writes
      .filter((o) => o.kind === 'cookie' && !o.transient && facts.subject(o).stated === 'session' && (life(o) ?? 0) > 0)
      .map((o) => ({
        outcome: 'fail',
        level: 'error',
        evidence: [o],
        clauses: cite(facts.subject(o).clauses.retention, meta.clauses),
        messageId: 'finding_session_declared_persistent',
        arguments: { ...storedWords(facts, o), days: inDays(life(o) ?? 0) },
        stated: 'session',
      })),
};
