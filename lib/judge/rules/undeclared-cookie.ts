import { undeclaredEntries } from '../accuse/undeclared.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'undeclared-cookie',
  clauses: ['3', '6.1'],
  levels: ['error', 'warning', 'note'],
  failsWhen:
    "The policy declares no such cookie. One that is gone again within its own task, or that a declared service's script or answer writes after consent to its category, is a note.",
};

export const undeclaredCookie: Rule = { meta, judge: (facts) => undeclaredEntries(facts, ['cookie'], meta) };
