import { cite } from '../accuse/clauses.ts';
import { canIdentify } from '../accuse/identifying.ts';
import { inDays, storedWords } from '../accuse/words.ts';
import type { Facts } from '../facts/facts.ts';
import type { Observation } from '../../model/observation.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'rolling-renewal',
  clauses: ['4.2'],
  levels: ['warning'],
  failsWhen:
    'A later visit writes a cookie with the same identifier and an end that has moved on with the visit, so that the stated period never ends for who comes back. Only cookies for which the policy states a period, and values long enough to tell visitors apart.',
};

/** Dates of HTTP have whole seconds, and a life in seconds is rounded: an end that stays may seem to move by this much. */
const ROUNDING = 2000; // milliseconds

export const rollingRenewal: Rule = {
  meta,
  judge: (facts) => {
    const renewable = facts.writes.filter((o) => endOf(o) !== null && !o.transient && canIdentify(facts, o) && hasPeriod(facts, o));
    const byValue = Map.groupBy(renewable, (o) =>
      JSON.stringify([facts.profileOf(o), o.name, o.host, o.cookie?.path, o.cookie?.partitioned, o.value?.digest]),
    );
    return [...byValue.values()].flatMap((writes) => afterFirstPage(facts, writes).flatMap((o) => judgeRenewal(facts, o, writes)));
  },
};

/** Those before have nothing to renew: a page may write one value very often. */
function afterFirstPage(facts: Facts, writes: Observation[]): Observation[] {
  const first = writes[0] && facts.lifeOf(writes[0].visit);
  const next = writes.findIndex((o) => facts.lifeOf(o.visit) !== first);
  return next === -1 ? [] : writes.slice(next);
}

function hasPeriod(facts: Facts, o: Observation): boolean {
  const { exempt, stated } = facts.subject(o);
  return !exempt && stated !== null && stated !== 'session';
}

/** Epoch milliseconds; null for what has no end of its own, or was not written but found. */
function endOf({ kind, action, at, cookie }: Observation): number | null {
  const life = cookie?.asked ?? cookie?.granted ?? null;
  return kind === 'cookie' && action === 'set' && life !== null ? Date.parse(at) + life * 1000 : null;
}

function judgeRenewal(facts: Facts, o: Observation, writes: Observation[]): Accusation[] {
  const earlier = writes.find((one) => one.seq < o.seq && facts.lifeOf(one.visit) !== facts.lifeOf(o.visit) && movedOn(one, o));
  if (!earlier) return [];
  return [
    {
      outcome: 'fail',
      level: 'warning',
      evidence: [o, earlier],
      clauses: cite(facts.subject(o).clauses.retention, meta.clauses),
      messageId: 'finding_rolling_renewal',
      arguments: { ...storedWords(facts, o), days: inDays(o.cookie?.asked ?? o.cookie?.granted ?? 0) },
      stated: facts.subject(o).stated,
    },
  ];
}

/** By the time between the two writes, or most of it: the same date asked for twice stays where it was. */
function movedOn(earlier: Observation, later: Observation): boolean {
  const passed = Date.parse(later.at) - Date.parse(earlier.at);
  return (endOf(later) ?? 0) - (endOf(earlier) ?? 0) > Math.max(ROUNDING, passed / 2);
}
