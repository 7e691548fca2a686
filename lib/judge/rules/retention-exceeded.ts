import { cite } from '../accuse/clauses.ts';
import { inDays, periodInDays, storedWords } from '../accuse/words.ts';
import type { Facts } from '../facts/facts.ts';
import type { Observation } from '../../model/observation.ts';
import { exceeds } from '../../policy/duration.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'retention-exceeded',
  clauses: ['3', '4.2'],
  levels: ['error'],
  failsWhen: 'The end that a cookie asks for lies beyond the moment of the write plus the stated period, with one day of tolerance.',
};

const DAY = 86_400;
/** The life to which browsers cut every cookie (RFC 6265bis, 5.5). */
const LONGEST_GRANTED = 400 * DAY;

export const retentionExceeded: Rule = {
  meta,
  judge: (facts) =>
    facts.writes
      .filter((o) => o.kind === 'cookie' && !o.transient)
      .map((o) => judgeCookie(facts, o))
      .filter((accusation) => accusation !== null),
};

function judgeCookie(facts: Facts, o: Observation): Accusation | null {
  const { stated, clauses } = facts.subject(o);
  // "Until the browser is closed" is a promise of its own, with a rule of its own.
  if (stated === null || stated === 'session' || o.cookie === null) return null;
  const { asked, granted, session } = o.cookie;
  const at = Date.parse(o.at);
  const accuse = (outcome: 'fail' | 'unsure', variant: string, seconds: number): Accusation => ({
    outcome,
    level: 'error',
    evidence: [o],
    clauses: cite(clauses.retention, meta.clauses),
    messageId: `finding_retention_exceeded${variant}`,
    arguments: { ...storedWords(facts, o), days: inDays(seconds), stated, limit: periodInDays(o.at, stated) },
    stated,
  });
  if (asked !== null) return exceeds(at, asked, stated) ? accuse('fail', '', asked) : null;
  if (session === true || granted === null) return null;
  if (exceeds(at, granted, stated)) return accuse('fail', '_granted', granted);
  const hiddenByCap = granted >= LONGEST_GRANTED - DAY && !exceeds(at, LONGEST_GRANTED, stated);
  return hiddenByCap ? accuse('unsure', '_unsure', granted) : null;
}
