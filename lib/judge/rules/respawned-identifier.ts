import { storedWords } from '../accuse/words.ts';
import { respawnsIn, type Respawn } from '../accuse/respawns.ts';
import type { Facts } from '../facts/facts.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'respawned-identifier',
  clauses: ['5.3'],
  levels: ['error', 'warning'],
  failsWhen:
    'An identifier that was deleted comes back with the same value, which another entry had kept: after a refusal or withdrawal an error, else a warning. Where the page that knew it is still open, or where nothing was seen to keep it, it cannot be told where it came from.',
};

export const respawnedIdentifier: Rule = {
  meta,
  judge: (facts) => respawnsIn(facts).map((respawn) => accuse(facts, respawn)),
};

function accuse(facts: Facts, { write, deletion, before, keeper, certain }: Respawn): Accusation {
  const permission = facts.permission(write);
  const unknown = permission === 'unknown';
  const against = permission === 'refused' || permission === 'withdrawn' || permission === 'not-granted';
  const variant = keeper === null ? '_unsure_source' : certain ? '' : '_unsure';
  return {
    outcome: variant === '' && !unknown ? 'fail' : 'unsure',
    level: against || unknown ? 'error' : 'warning',
    evidence: [write, deletion, before, ...(keeper === null ? [] : [keeper])],
    clauses: meta.clauses,
    messageId: `finding_respawned_identifier${variant}`,
    arguments: { ...storedWords(facts, write), keeper: keeper?.kind ?? '', other: keeper?.name ?? '', owner: keeper?.host ?? '' },
  };
}
