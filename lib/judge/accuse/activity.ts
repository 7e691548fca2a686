/** What goes on against a choice: stored entries and calls to recipients. */
import type { Level, Outcome } from '../../model/audit.ts';
import type { Observation } from '../../model/observation.ts';
import type { Facts, Permission } from '../facts/facts.ts';
import type { Accusation, RuleMeta } from '../rule.ts';
import { isUntold } from '../facts/permission.ts';
import { cite } from './clauses.ts';
import { requestWords, storedWords } from './words.ts';

/** Whether a request went over the network to somebody whose category needs consent. */
export function isContact(facts: Facts, o: Observation): boolean {
  return o.kind === 'request' && o.request !== null && !o.request.internal && !facts.subject(o).exempt;
}

/**
 * Accuses what was stored or sent while `permission` held. Message ids are `finding_<rule>_` and `stored`, `stored_snapshot`,
 * `stored_category`, `stored_choice` or `hit`, `hit_category`, `hit_choice`, `download`, `download_choice`. Three things cannot be told: when
 * something was written that only a snapshot saw, and, after a partial choice, to which category something belongs that nobody knows, and what
 * was chosen under names of the site's own.
 */
export function activityAgainst(facts: Facts, permission: Permission, meta: RuleMeta): Accusation[] {
  const stored = facts.writes.filter((o) => facts.permission(o) === permission);
  const contacts = facts.observations.filter((o) => isContact(facts, o) && facts.permission(o) === permission);
  return [
    ...stored.map((o) => storedAgainst(facts, o, meta)),
    ...contacts.map((o) => contactAgainst(facts, o, meta)).filter((a) => a !== null),
  ];
}

function accusation(facts: Facts, o: Observation, meta: RuleMeta, level: Level, outcome: Outcome, variant: string): Accusation {
  return {
    outcome,
    level,
    evidence: [o],
    clauses: cite(facts.subject(o).clauses.category, meta.clauses),
    messageId: `finding_${meta.id.replaceAll('-', '_')}_${variant}`,
    arguments: o.kind === 'request' ? requestWords(facts, o) : storedWords(facts, o),
  };
}

function storedAgainst(facts: Facts, o: Observation, meta: RuleMeta): Accusation {
  const level = facts.subject(o).known ? 'error' : 'warning';
  if (o.action === 'present') return accusation(facts, o, meta, level, 'unsure', 'stored_snapshot');
  if (isOfNoKnownCategory(facts, o)) return accusation(facts, o, meta, level, 'unsure', 'stored_category');
  if (isOfNoKnownName(facts, o)) return accusation(facts, o, meta, level, 'unsure', 'stored_choice');
  return accusation(facts, o, meta, level, 'fail', 'stored');
}

function contactAgainst(facts: Facts, o: Observation, meta: RuleMeta): Accusation | null {
  const { known, tracker } = facts.subject(o);
  const doubt = isOfNoKnownCategory(facts, o) ? '_category' : isOfNoKnownName(facts, o) ? '_choice' : '';
  const outcome = doubt === '' ? 'fail' : 'unsure';
  if (o.request?.hit === true) return accusation(facts, o, meta, known ? 'error' : 'warning', outcome, `hit${doubt}`);
  // A mere download from somebody unknown is left to the rule about undeclared recipients.
  return known ? accusation(facts, o, meta, tracker ? 'error' : 'warning', outcome, `download${doubt}`) : null;
}

/** After a partial choice it may belong to what was granted or to what was not. */
function isOfNoKnownCategory(facts: Facts, o: Observation): boolean {
  return o.phase === 'partial' && !facts.subject(o).known;
}

/** What was granted may be its category, under a name of the site's own. */
function isOfNoKnownName(facts: Facts, o: Observation): boolean {
  return o.phase === 'partial' && isUntold(facts.consentAt(o), facts.subject(o).category);
}
