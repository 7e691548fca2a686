import { policyGaps } from '../../policy/gaps.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'policy-gap',
  clauses: [],
  levels: ['note'],
  failsWhen: 'The policy itself leaves something out or contradicts itself.',
};

export const policyGap: Rule = {
  meta,
  judge: ({ policy }) =>
    policyGaps(policy).map((gap) => ({
      outcome: 'fail',
      level: 'note',
      evidence: [],
      clauses: gap.clauses,
      messageId: gap.messageId,
      arguments: gap.arguments,
      about: { name: gap.id },
      fingerprintKey: gap.id,
    })),
};
