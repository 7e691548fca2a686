import type { Observation } from '../../model/observation.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'insecure-transport',
  clauses: ['6.2'],
  levels: ['error'],
  failsWhen: 'A request goes over the network without encryption: http: or ws:.',
};

const UNENCRYPTED = /^(http|ws):/i;

function scheme({ request }: Observation): string | null {
  return request === null || request.internal ? null : (UNENCRYPTED.exec(request.url)?.[1]?.toLowerCase() ?? null);
}

export const insecureTransport: Rule = {
  meta,
  judge: (facts) =>
    facts.observations
      .filter((o) => o.kind === 'request' && scheme(o) !== null)
      .map((o) => ({
        outcome: 'fail',
        level: 'error',
        evidence: [o],
        clauses: meta.clauses,
        messageId: 'finding_insecure_transport',
        arguments: { host: o.host, scheme: scheme(o) ?? '' },
      })),
};
