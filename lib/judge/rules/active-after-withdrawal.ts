import { activityAgainst } from '../accuse/activity.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'active-after-withdrawal',
  clauses: ['5.3'],
  levels: ['error', 'warning'],
  failsWhen: 'After a withdrawal something that needs consent is written or renewed, or a tracker is called.',
};

export const activeAfterWithdrawal: Rule = {
  meta,
  // The withdrawal is what counts, whatever the category: its clause, not the category's.
  judge: (facts) => activityAgainst(facts, 'withdrawn', meta).map((accusation) => ({ ...accusation, clauses: meta.clauses })),
};
