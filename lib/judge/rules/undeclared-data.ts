import { dataSent, declaredData } from '../accuse/data.ts';
import { requestWords } from '../accuse/words.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'undeclared-data',
  clauses: ['1'],
  levels: ['warning'],
  failsWhen:
    'A request to a recipient carries a kind of data that the policy does not list. The identifiers without which a declared service does not work are left to `policy-gap`; that it is told what was chosen is none.',
};

/** What tells visitors and views apart, without which no service counts, and what was chosen, which it has to know. */
const INHERENT = new Set(['client-id', 'session-id', 'page-view-id', 'consent-status']);

export const undeclaredData: Rule = {
  meta,
  judge: (facts) => {
    const declared = declaredData(facts.policy.document);
    if (declared.size === 0) return [];
    const isUndeclared = (kind: string, ofDeclared: boolean): boolean => !declared.has(kind) && !(ofDeclared && INHERENT.has(kind));
    return dataSent(facts, (request, kind) => isUndeclared(kind, facts.subject(request).declared)).map(({ kinds, evidence, first }) => ({
      outcome: 'fail',
      level: 'warning',
      evidence,
      clauses: meta.clauses,
      messageId: 'finding_undeclared_data',
      arguments: { ...requestWords(facts, first), kinds: kinds.join(', ') },
    }));
  },
};
