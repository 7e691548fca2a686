import { accuseCarriage, identifiersSent } from '../accuse/identifiers.ts';
import { permissionOf } from '../facts/permission.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'identifier-sent-after-withdrawal',
  clauses: ['5.3'],
  levels: ['error'],
  failsWhen:
    'After a withdrawal a request still carries a cookie or identifier of a category that was granted earlier and is not any more.',
};

export const identifierSentAfterWithdrawal: Rule = {
  meta,
  judge: (facts) =>
    identifiersSent(facts, ({ phase }) => phase !== 'before-choice' && phase !== 'unknown')
      .filter(({ request, entry }) => {
        const moment = { phase: request.phase, entry: facts.consentAt(request), granted: facts.grantedBefore(request) };
        return permissionOf(facts.subject(entry), moment) === 'withdrawn';
      })
      .map((carriage) => ({ ...accuseCarriage(facts, carriage, meta, false), clauses: meta.clauses })),
};
