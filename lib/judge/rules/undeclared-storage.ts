import { undeclaredEntries } from '../accuse/undeclared.ts';
import type { Kind } from '../../model/observation.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'undeclared-storage',
  clauses: ['3', '6.1'],
  levels: ['error', 'warning', 'note'],
  failsWhen:
    "The policy declares no such storage entry. One that is gone again within its own task, or that a declared service's script writes after consent to its category, is a note.",
};

const KINDS: readonly Kind[] = ['localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage', 'opfs', 'serviceWorker'];

export const undeclaredStorage: Rule = { meta, judge: (facts) => undeclaredEntries(facts, KINDS, meta) };
