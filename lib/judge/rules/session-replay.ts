import { recorderOf } from '../../catalogue/session-recorders.ts';
import { requestWords } from '../accuse/words.ts';
import type { Facts } from '../facts/facts.ts';
import { pathOf } from '../facts/known-recipient.ts';
import type { Observation } from '../../model/observation.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'session-replay',
  clauses: ['1.2'],
  levels: ['warning'],
  failsWhen:
    'A recording of the visit is sent, to be played again (Webvisor, Clarity, PostHog, Mixpanel, Amplitude): more than the clicks and scrolls that the policy speaks of. Where only the company behind the address is known to record it cannot be told.',
};

export const sessionReplay: Rule = {
  meta,
  judge: (facts) => facts.observations.map((o) => judgeRequest(facts, o)).filter((accusation) => accusation !== null),
};

function judgeRequest(facts: Facts, o: Observation): Accusation | null {
  if (o.request === null || o.request.internal || !o.request.hit) return null;
  const recorder = recorderOf({ host: o.host, path: pathOf(o), data: o.request.data });
  if (recorder === null) return null;
  return {
    outcome: recorder.confirmed ? 'fail' : 'unsure',
    level: 'warning',
    evidence: [o],
    clauses: meta.clauses,
    messageId: `finding_session_replay${recorder.confirmed ? '' : '_unsure'}`,
    arguments: requestWords(facts, o),
  };
}
