import { cite } from '../accuse/clauses.ts';
import { storedWords } from '../accuse/words.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'stored-before-choice',
  clauses: ['2.2', '2.3', '2.4'],
  levels: ['error', 'warning'],
  failsWhen:
    'A cookie or storage entry that needs consent is written before the user has chosen. Deletions and refused writes do not count.',
};

export const storedBeforeChoice: Rule = {
  meta,
  judge: (facts) =>
    facts.writes
      .map((o) => ({ o, permission: facts.permission(o), subject: facts.subject(o) }))
      .filter(({ permission }) => permission === 'before-choice' || permission === 'unknown')
      .map(({ o, permission, subject }) => {
        const unsure = permission === 'unknown';
        const variant = unsure ? '_unsure' : o.action === 'present' ? '_snapshot' : '';
        return {
          outcome: unsure ? 'unsure' : 'fail',
          level: subject.known ? 'error' : 'warning',
          evidence: [o],
          clauses: cite(subject.clauses.category, meta.clauses),
          messageId: `finding_stored_before_choice${variant}`,
          arguments: storedWords(facts, o),
        };
      }),
};
