import { requestWords } from '../accuse/words.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'undeclared-recipient',
  clauses: ['3'],
  levels: ['error', 'warning'],
  failsWhen: 'A request goes to a recipient that the policy does not declare, whether or not anybody else knows it.',
};

export const undeclaredRecipient: Rule = {
  meta,
  judge: (facts) =>
    facts.observations
      .filter((o) => o.kind === 'request' && o.request !== null && !o.request.internal && !facts.subject(o).declared)
      .map((o) => {
        const { known, serviceName } = facts.subject(o);
        return {
          outcome: 'fail',
          level: known ? 'error' : 'warning',
          evidence: [o],
          clauses: meta.clauses,
          messageId: serviceName === null ? 'finding_undeclared_recipient_unknown' : 'finding_undeclared_recipient',
          arguments: requestWords(facts, o),
        };
      }),
};
