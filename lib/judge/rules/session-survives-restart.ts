import { storedWords } from '../accuse/words.ts';
import type { Facts } from '../facts/facts.ts';
import { isSameEntry, lastThere } from '../facts/entry.ts';
import type { Visit } from '../../model/evidence.ts';
import type { Observation } from '../../model/observation.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'session-survives-restart',
  clauses: ['4.2'],
  levels: ['note'],
  failsWhen:
    "A session cookie of before a restart of the browser is sent or found after it, without having been written again. It tells of the browser's session restore more than of the site.",
};

export const sessionSurvivesRestart: Rule = {
  meta,
  judge: (facts) => facts.visits.filter(({ reason }) => reason === 'restart').flatMap((visit) => survivors(facts, visit)),
};

function survivors(facts: Facts, visit: Visit): Accusation[] {
  const after = facts.observations.filter((o) => facts.lifeOf(o.visit) === visit.id);
  const start = after[0]?.seq ?? Infinity;
  const sent = after
    .filter(({ request }) => request !== null && !request.internal)
    .flatMap((request) => facts.carried(request).map((entry) => ({ proof: request, entry })));
  const looked = after.filter(isFoundAgain(after)).map((found) => ({ proof: found, entry: lastThere(facts, found, start) }));
  return [...sent, ...looked].flatMap(({ proof, entry }) =>
    entry !== null && entry.seq < start && entry.kind === 'cookie' && entry.cookie?.session === true ? [accuse(facts, entry, proof)] : [],
  );
}

/** Cookies that a look after the restart shows before anybody wrote them there. */
function isFoundAgain(after: Observation[]): (o: Observation) => boolean {
  return (o) =>
    o.kind === 'cookie' &&
    o.action === 'present' &&
    o.cookie?.session === true &&
    !after.some((other) => other.seq < o.seq && other.action === 'set' && isSameEntry(other, o));
}

function accuse(facts: Facts, entry: Observation, proof: Observation): Accusation {
  const { service, category } = facts.subject(entry);
  return {
    outcome: 'fail',
    level: 'note',
    evidence: [proof, entry],
    clauses: meta.clauses,
    messageId: 'finding_session_survives_restart',
    arguments: storedWords(facts, entry),
    about: { kind: 'cookie', name: entry.name, host: entry.host, party: entry.party, service, category },
    fingerprintKey: facts.subject(entry).pattern,
  };
}
