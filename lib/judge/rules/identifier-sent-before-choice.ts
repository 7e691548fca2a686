import { accuseCarriage, identifiersSent } from '../accuse/identifiers.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'identifier-sent-before-choice',
  clauses: ['2.3'],
  levels: ['error'],
  failsWhen: 'A request before the choice carries a cookie that needs consent, or the value of a stored identifier in its URL or body.',
};

export const identifierSentBeforeChoice: Rule = {
  meta,
  judge: (facts) =>
    identifiersSent(facts, ({ phase }) => phase === 'before-choice' || phase === 'unknown').map((carriage) =>
      accuseCarriage(facts, carriage, meta, carriage.request.phase === 'unknown'),
    ),
};
