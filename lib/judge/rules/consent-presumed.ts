import { categoryOfSignal, grantedSignals, isOwnRequest } from '../accuse/consent-mode.ts';
import { requestWords, storedWords } from '../accuse/words.ts';
import { meaningOfRecord, namesServices } from '../consent/record-meaning.ts';
import { servicesIn, type Services } from '../consent/services.ts';
import { meaningOfStored, platformSign, sourceOfRecord } from '../consent/sources.ts';
import { holdsSame } from '../facts/entry.ts';
import type { Facts } from '../facts/facts.ts';
import type { Observation } from '../../model/observation.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'consent-presumed',
  clauses: ['7.1'],
  levels: ['error', 'warning'],
  failsWhen:
    "A consent is on record (a platform's record or event, purposes of the TCF, Consent Mode as commanded by the page or told by a hit) and no user has chosen. Legitimate interest, exempt categories and what is merely unset are no consent.",
};

export const consentPresumed: Rule = {
  meta,
  judge: (facts) => {
    const services = servicesIn(facts.observations);
    return facts.observations
      .filter(({ phase }) => phase === 'before-choice' || phase === 'unknown')
      .map(
        (o) => ofRecord(facts, o, services) ?? ofPlatform(facts, o, services) ?? ofTcf(facts, o) ?? ofCommand(facts, o) ?? ofHit(facts, o),
      )
      .filter((accusation) => accusation !== null);
  },
};

function accuse(
  facts: Facts,
  o: Observation,
  variant: string,
  args: Record<string, string>,
  more: { unsure?: boolean; minor?: boolean } = {},
): Accusation {
  // In a profile with a history that nobody knows, somebody may have chosen before.
  const unsure = more.unsure === true || o.phase === 'unknown';
  const clause = facts.policy.document.consent?.clause;
  return {
    outcome: unsure ? 'unsure' : 'fail',
    level: more.minor ? 'warning' : 'error',
    evidence: [o],
    clauses: clause === undefined ? meta.clauses : [clause],
    messageId: `finding_consent_presumed_${variant}${unsure ? '_unsure' : ''}`,
    arguments: args,
    ...(o.signal && { fingerprintKey: `${o.signal.source} ${o.name}` }),
  };
}

function listed(names: string[]): string {
  return [...new Set(names)].sort().join(', ');
}

/** Names that say themselves that a "yes" under them is a consent; under others ("gdpr", "cookie_bar") it may say anything. */
const SAYS_CONSENT = /consent|accept|agree|allow/i;

function ofRecord(facts: Facts, o: Observation, services: ReadonlyMap<string, Services>): Accusation | null {
  if ((o.action !== 'set' && o.action !== 'present') || o.rejected !== null || o.transient || !o.record?.granted || o.name === null)
    return null;
  if (!facts.policy.isSite(o.host) || isOfChoice(facts, o)) return null;
  const { cmp, granted } = o.record;
  const known = sourceOfRecord(o, facts.policy) !== null;
  if (!known && '*' in granted && !SAYS_CONSENT.test(o.name)) return null;
  const unnamed = namesServices(cmp) && !services.has(`cmp:${cmp}`);
  const meaning = unnamed
    ? meaningOfRecord(o.name, { ...o.record, cmp: null }, facts.policy, null)
    : meaningOfStored(o, facts.policy, services);
  const categories = Object.entries(meaning?.granted ?? {}).flatMap(([id, value]) => (value === true ? [id] : []));
  const { store, name, host, by } = storedWords(facts, o);
  if (categories.length > 0) return accuse(facts, o, 'record', { store, name, host, by, what: listed(categories) }, { unsure: !known });
  // Names of the site's own, of which some may need no consent.
  const own = known ? Object.entries(meaning?.otherNames ?? {}).flatMap(([other, value]) => (value ? [other] : [])) : [];
  return own.length > 0 ? accuse(facts, o, 'record', { store, name, host, by, what: listed(own) }, { unsure: true }) : null;
}

/** The entry as a choice left it, seen again while nobody can tell what is in force, or with a choice that nobody can read. */
function isOfChoice(facts: Facts, o: Observation): boolean {
  if (o.phase !== 'unknown') return false;
  const cited = new Set(facts.consent.flatMap(({ byUser, observations }) => (byUser ? observations.slice(1) : [])));
  return facts.observations.some(
    (w) =>
      (cited.has(w.id) || (w.seq < o.seq && w.phase !== 'unknown' && w.phase !== 'before-choice')) &&
      holdsSame(w, o) &&
      facts.profileOf(w) === facts.profileOf(o),
  );
}

/** What a platform says of itself. */
function ofPlatform(facts: Facts, o: Observation, services: ReadonlyMap<string, Services>): Accusation | null {
  const sign = platformSign(o, facts.policy, services);
  const categories = Object.entries(sign?.meaning?.granted ?? {}).flatMap(([id, value]) => (value === true ? [id] : []));
  return categories.length > 0 ? accuse(facts, o, 'event', { source: sign?.source.slice(4) ?? '', what: listed(categories) }) : null;
}

/** Purposes in force, or said to be chosen. While the dialog is shown the string may hold what it would grant. */
function ofTcf(facts: Facts, o: Observation): Accusation | null {
  if (o.signal?.source !== 'tcf' || o.signal.tcf?.gdprApplies === false) return null;
  if (o.name !== 'tcloaded' && o.name !== 'useractioncomplete') return null;
  const purposes = Object.entries(o.signal.categories ?? {}).flatMap(([name, granted]) =>
    granted ? [Number(name.slice('purpose-'.length))] : [],
  );
  if (purposes.length === 0) return null;
  return accuse(facts, o, 'tcf', { what: purposes.sort((a, b) => a - b).join(', ') });
}

/** A command of Consent Mode. What is limited to regions may not apply here; where regions are set apart, neither may the rest. */
function ofCommand(facts: Facts, o: Observation): Accusation | null {
  if (o.signal?.source !== 'consent-mode') return null;
  const signals = grantedSignals(o).filter((signal) => categoryOfSignal(facts, signal) !== null);
  if (signals.length === 0) return null;
  const regional = (o.signal.consentMode?.regions.length ?? 0) > 0;
  const setApart = facts.observations.some(
    (other) =>
      o.name === 'default' &&
      facts.lifeOf(other.visit) === facts.lifeOf(o.visit) &&
      other.signal?.source === 'consent-mode' &&
      (other.signal.consentMode?.regions.length ?? 0) > 0 &&
      signals.some((signal) => other.signal?.categories?.[signal] === false),
  );
  // Sites use these two also for what they need to work.
  const minor = signals.every((signal) => signal === 'functionality_storage' || signal === 'personalization_storage');
  return accuse(facts, o, 'command', { what: listed(signals), command: o.name ?? '' }, { unsure: regional || setApart || minor, minor });
}

function ofHit(facts: Facts, o: Observation): Accusation | null {
  if (!isOwnRequest(facts, o)) return null;
  const signals = grantedSignals(o).filter((signal) => categoryOfSignal(facts, signal) !== null);
  return signals.length > 0 ? accuse(facts, o, 'hit', { ...requestWords(facts, o), what: listed(signals) }) : null;
}
