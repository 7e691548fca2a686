import { storedWords } from '../accuse/words.ts';
import type { ConsentEntry } from '../../model/audit.ts';
import type { Facts } from '../facts/facts.ts';
import { isSameEntry, lastThere } from '../facts/entry.ts';
import { isRemoval } from '../facts/writes.ts';
import type { Observation } from '../../model/observation.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'mandatory-lost',
  clauses: ['5.3'],
  levels: ['warning'],
  failsWhen:
    'On the page of a withdrawal, before the visitor does anything else, an entry that the policy declares and that needs no consent is deleted before its time and not written again. A record of the choice is none of them.',
};

export const mandatoryLost: Rule = {
  meta,
  judge: (facts) => facts.consent.flatMap((entry) => (entry.byUser && entry.state === 'withdrawn' ? lostBy(facts, entry) : [])),
};

function lostBy(facts: Facts, entry: ConsentEntry): Accusation[] {
  const act = facts.byId(entry.observations[0] ?? '');
  if (!act) return [];
  const life = facts.lifeOf(act.visit);
  const nextAct = facts.observations.find(({ kind, seq }) => kind === 'control' && seq > act.seq)?.seq ?? Infinity;
  const inLife = facts.observations.filter((o) => o.seq > act.seq && facts.lifeOf(o.visit) === life);
  return inLife
    .filter((o) => o.seq < nextAct && o.rejected === null && isRemoval(o) && isDeclaredMandatory(facts, o))
    .filter((o) => !inLife.some((later) => later.seq > o.seq && later.action === 'set' && isSameEntry(later, o)))
    .flatMap((o) => {
      const before = lastThere(facts, o, o.seq);
      return before !== null && !hasEnded(before, o) ? [accuse(facts, o, [before, act])] : [];
    });
}

function isDeclaredMandatory(facts: Facts, o: Observation): boolean {
  const { declared, exempt, consentRecord } = facts.subject(o);
  return declared && exempt && !consentRecord;
}

function hasEnded({ at, cookie }: Observation, gone: Observation): boolean {
  const life = cookie?.granted ?? cookie?.asked ?? null;
  return life !== null && Date.parse(at) + life * 1000 <= Date.parse(gone.at);
}

function accuse(facts: Facts, o: Observation, evidence: Observation[]): Accusation {
  return {
    outcome: 'fail',
    level: 'warning',
    evidence: [o, ...evidence],
    clauses: meta.clauses,
    messageId: 'finding_mandatory_lost',
    arguments: storedWords(facts, o),
  };
}
