import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'capture-gap',
  clauses: [],
  levels: ['warning'],
  failsWhen: "The tool's own sight was impaired for a while, or observations are known to be missing: what happened there cannot be told.",
};

function gap(name: string, messageId: string, args: Record<string, string | number>): Accusation {
  return {
    outcome: 'unsure',
    level: 'warning',
    evidence: [],
    clauses: [],
    messageId,
    arguments: args,
    about: { name },
    fingerprintKey: name,
  };
}

export const captureGap: Rule = {
  meta,
  judge: ({ gaps, lost }) => [
    ...[...new Set(gaps.map(({ reason }) => reason))].map((reason) => {
      const times = gaps.filter((one) => one.reason === reason).length;
      return gap(reason, 'finding_capture_gap', { reason, times });
    }),
    ...(lost > 0 ? [gap('lost', 'finding_capture_gap_lost', { lost })] : []),
  ],
};
