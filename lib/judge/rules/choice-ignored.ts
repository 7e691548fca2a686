import { activityAgainst } from '../accuse/activity.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'choice-ignored',
  clauses: ['2.2', '2.3', '2.4'],
  levels: ['error', 'warning'],
  failsWhen: 'After a rejection something that needs consent is written or renewed, or a tracker is called.',
};

export const choiceIgnored: Rule = { meta, judge: (facts) => activityAgainst(facts, 'refused', meta) };
