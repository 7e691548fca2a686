import { dataSent } from '../accuse/data.ts';
import { requestWords } from '../accuse/words.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'personal-data-sent',
  clauses: ['4.3'],
  levels: ['error'],
  failsWhen:
    "A request to an analytical or marketing recipient carries an e-mail address, a phone number, an individual identification number (IIN) or an account's user id, in a parameter of that meaning or in the address of a page, or a hash of one.",
};

const PERSONAL = new Set(['email', 'phone', 'user-id', 'iin', 'hashed-email', 'hashed-phone']);

export const personalDataSent: Rule = {
  meta,
  judge: (facts) =>
    dataSent(facts, (request, kind) => PERSONAL.has(kind) && facts.subject(request).tracker).map(({ kinds, evidence, first }) => ({
      outcome: 'fail',
      level: 'error',
      evidence,
      clauses: meta.clauses,
      messageId: 'finding_personal_data_sent',
      arguments: { ...requestWords(facts, first), kinds: kinds.join(', ') },
    })),
};
