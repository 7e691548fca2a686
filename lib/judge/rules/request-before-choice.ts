import { isContact } from '../accuse/activity.ts';
import { cite } from '../accuse/clauses.ts';
import { requestWords } from '../accuse/words.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'request-before-choice',
  clauses: ['2.3', '2.4', '3'],
  levels: ['error', 'warning'],
  failsWhen:
    'A request goes to an analytical, marketing or undeclared recipient before the user has chosen. Reporting to a known one is an error, to an unknown one a warning; so is a mere download.',
};

export const requestBeforeChoice: Rule = {
  meta,
  judge: (facts) =>
    facts.observations
      .filter((o) => isContact(facts, o))
      .map((o) => ({ o, permission: facts.permission(o), subject: facts.subject(o) }))
      .filter(({ permission }) => permission === 'before-choice' || permission === 'unknown')
      .map(({ o, permission, subject }) => {
        const unsure = permission === 'unknown';
        const hit = o.request?.hit === true;
        return {
          outcome: unsure ? 'unsure' : 'fail',
          level: hit && subject.known ? 'error' : 'warning',
          evidence: [o],
          clauses: cite([...subject.clauses.category, ...subject.clauses.service], meta.clauses),
          messageId: `finding_request_before_choice_${hit ? 'hit' : 'download'}${unsure ? '_unsure' : ''}`,
          arguments: requestWords(facts, o),
        };
      }),
};
