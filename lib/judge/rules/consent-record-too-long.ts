import { inDays, periodInDays, storedWords } from '../accuse/words.ts';
import type { Facts } from '../facts/facts.ts';
import type { Observation } from '../../model/observation.ts';
import { exceeds } from '../../policy/duration.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'consent-record-too-long',
  clauses: ['7.1'],
  levels: ['error'],
  failsWhen:
    'The record of the consent asks for a longer life than the consent is valid, or lies in a store without an end and carries no date.',
};

export const consentRecordTooLong: Rule = {
  meta,
  judge: (facts) => {
    const validity = facts.policy.document.consent?.validity ?? null;
    if (validity === null) return [];
    return facts.writes
      .filter((o) => facts.subject(o).consentRecord && !o.transient && !isRefusal(o))
      .map((o) => (o.kind === 'cookie' ? judgeCookie(facts, o, validity) : judgeEntry(facts, o, validity)))
      .filter((accusation) => accusation !== null);
  },
};

/** That nothing was granted may be remembered for as long as anybody likes: it is no consent. */
function isRefusal({ record }: Observation): boolean {
  const said = Object.values(record?.granted ?? {});
  return said.length > 0 && !said.includes(true);
}

function accuse(facts: Facts, o: Observation, validity: string, variant: string, seconds: number | null): Accusation {
  const clause = facts.policy.document.consent?.clause;
  return {
    outcome: variant.endsWith('_unsure') ? 'unsure' : 'fail',
    level: 'error',
    evidence: [o],
    clauses: clause === undefined ? meta.clauses : [clause],
    messageId: `finding_consent_record_too_long${variant}`,
    arguments: {
      ...storedWords(facts, o),
      stated: validity,
      limit: periodInDays(o.at, validity),
      ...(seconds === null ? {} : { days: inDays(seconds) }),
    },
    stated: validity,
  };
}

function judgeCookie(facts: Facts, o: Observation, validity: string): Accusation | null {
  const { asked, granted, session } = o.cookie ?? { asked: null, granted: null, session: null };
  const seen = asked ?? granted;
  if (seen !== null && exceeds(Date.parse(o.at), seen, validity)) return accuse(facts, o, validity, '', seen);
  return asked === null && session !== true ? accuse(facts, o, validity, '_unsure', null) : null;
}

/** Storage ends with no date: only what the record says of itself can end the consent. */
function judgeEntry(facts: Facts, o: Observation, validity: string): Accusation | null {
  if (o.record === null) return accuse(facts, o, validity, '_undated_unsure', null);
  return o.record.dated === null ? accuse(facts, o, validity, '_undated', null) : null;
}
