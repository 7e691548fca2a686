import { activityAgainst } from '../accuse/activity.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'category-leak',
  clauses: ['2.2', '2.3', '2.4'],
  levels: ['error', 'warning'],
  failsWhen: 'After a partial choice something of a category that was not granted is stored or called.',
};

export const categoryLeak: Rule = { meta, judge: (facts) => activityAgainst(facts, 'not-granted', meta) };
