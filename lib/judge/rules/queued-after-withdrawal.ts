import { isHitQueue } from '../../catalogue/hit-queues.ts';
import { leftWhileWithdrawn } from '../accuse/left.ts';
import { storedWords } from '../accuse/words.ts';
import type { Observation } from '../../model/observation.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'queued-after-withdrawal',
  clauses: ['5.3'],
  levels: ['warning'],
  failsWhen:
    'After a withdrawal a tracker still keeps hits that wait to be sent: they go out on a later page, whatever was chosen meanwhile.',
};

function holdsHits({ kind, name, value }: Observation): boolean {
  return name !== null && isHitQueue({ kind, name, length: value?.length ?? null });
}

export const queuedAfterWithdrawal: Rule = {
  meta,
  judge: (facts) =>
    leftWhileWithdrawn(facts)
      .filter(holdsHits)
      .map((o) => ({
        outcome: 'fail',
        level: 'warning',
        evidence: [o],
        clauses: meta.clauses,
        messageId: 'finding_queued_after_withdrawal',
        arguments: storedWords(facts, o),
      })),
};
