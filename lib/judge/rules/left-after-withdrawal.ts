import { leftWhileWithdrawn } from '../accuse/left.ts';
import { storedWords } from '../accuse/words.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'left-after-withdrawal',
  clauses: ['5.3'],
  levels: ['warning'],
  failsWhen: 'The last snapshot after a withdrawal still finds an entry of a category that was granted earlier and is not any more.',
};

export const leftAfterWithdrawal: Rule = {
  meta,
  judge: (facts) =>
    leftWhileWithdrawn(facts)
      // What was written after the withdrawal is not left by it.
      .filter((o) => o.action === 'present')
      .map((o) => ({
        outcome: 'fail',
        level: 'warning',
        evidence: [o],
        clauses: meta.clauses,
        messageId: 'finding_left_after_withdrawal',
        arguments: storedWords(facts, o),
      })),
};
