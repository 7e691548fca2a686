import { storedWords } from '../accuse/words.ts';
import type { Facts } from '../facts/facts.ts';
import type { Observation } from '../../model/observation.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'insecure-cookie',
  clauses: ['6.2'],
  levels: ['warning'],
  failsWhen: 'A cookie is written from an encrypted page, frame or answer without the attribute Secure.',
};

/** The URL of what wrote the cookie: the answer, else the frame, else the page. */
function writtenFrom(facts: Facts, o: Observation): string {
  const cause = o.cause === null ? null : facts.byId(o.cause);
  const own = o.frame !== null && /^https?:/.test(o.frame) ? o.frame : o.page;
  return cause?.request?.url ?? own;
}

export const insecureCookie: Rule = {
  meta,
  judge: (facts) =>
    facts.writes
      .filter((o) => o.kind === 'cookie' && !o.transient && o.cookie?.secure === false && writtenFrom(facts, o).startsWith('https:'))
      .map((o) => ({
        outcome: 'fail',
        level: 'warning',
        evidence: [o],
        clauses: meta.clauses,
        messageId: 'finding_insecure_cookie',
        arguments: storedWords(facts, o),
      })),
};
