import { storedWords } from '../accuse/words.ts';
import type { Facts } from '../facts/facts.ts';
import { hostOf } from '../facts/party.ts';
import { isKnownOn, reaches } from '../facts/reach.ts';
import type { ConsentEntry } from '../../model/audit.ts';
import type { Visit } from '../../model/evidence.ts';
import type { Observation } from '../../model/observation.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'choice-not-kept',
  clauses: ['5.1'],
  levels: ['warning'],
  failsWhen:
    'On a later visit with the same profile the choice is asked for again, or its record is gone. A withdrawal that deletes the record loses nothing.',
};

export const choiceNotKept: Rule = {
  meta,
  judge: (facts) => facts.consent.flatMap((entry) => (entry.byUser && entry.state !== 'unknown' ? judgeChoice(facts, entry) : [])),
};

/** Events that a platform sends when it asks for a choice, or when it finds one made. */
const ASKS: Record<string, string> = {
  tcf: 'cmpuishown',
  'cmp:vanilla-cookieconsent': 'cc:onModalShow',
  'cmp:cookiebot': 'CookiebotOnDialogDisplay',
  'cmp:tarteaucitron': 'tac.open_alert',
  'cmp:klaro': 'unconfirmed',
};
const FINDS: Record<string, string> = { tcf: 'tcloaded', 'cmp:vanilla-cookieconsent': 'cc:onConsent', 'cmp:klaro': 'confirmed' };

function judgeChoice(facts: Facts, entry: ConsentEntry): Accusation[] {
  const act = facts.byId(entry.observations[0] ?? '');
  if (!act) return [];
  const later = laterVisits(facts, entry, act);
  if (later.length === 0) return [];
  const seen = (visit: Visit): Observation[] =>
    facts.observations.filter((o) => facts.lifeOf(o.visit) === visit.id && facts.consentAt(o) === entry);
  const records = entry.observations.flatMap((id) => facts.byId(id) ?? []).filter((o) => isRecord(facts, o));
  // Taken back by deleting the record: that it is gone, and asked for anew, is what was wanted.
  if (entry.state === 'withdrawn' && records.length === 0) return [];

  const asked = later.flatMap((visit) => askedAgain(facts, seen(visit)));
  if (asked.length > 0)
    return asked.map((o) => {
      const source = (o.signal?.source ?? '').replace(/^cmp:/, '');
      if (isKnownOn(o.page, act, records, facts.policy.isSite)) return accuse('asked', [o, act], { source });
      // The site has the choice on another of its hosts, and keeps it there alone.
      return accuse('asked_unsure', [o, act], { source, host: hostOf(o.page) ?? '', own: hostOf(act.page) ?? '' }, true);
    });
  const lost = records.flatMap((record) => {
    const proof = later.map((visit) => lossOf(facts, record, visit, seen(visit))).find((found) => found !== null);
    return proof ? [accuse('gone', [record, act, ...proof], words(facts, record))] : [];
  });
  // Of several records one that stays may hold it all; what only was written next to a platform's word may hold nothing of it.
  const certain = entry.source === 'click' || records.some(({ record }) => record !== null);
  if (lost.length > 0)
    return certain && lost.length === records.length
      ? lost
      : lost.map((one) => ({ ...one, outcome: 'unsure', messageId: `${one.messageId}_unsure` }));
  const found = later.some((visit) => seen(visit).some(({ signal, name }) => signal && FINDS[signal.source] === name));
  if (records.length > 0 || found || !later.some((visit) => seen(visit).length > 0)) return [];
  return [accuse('unknown', [act], {}, true)];
}

function accuse(variant: string, evidence: Observation[], args: Record<string, string>, unsure = false): Accusation {
  return {
    outcome: unsure ? 'unsure' : 'fail',
    level: 'warning',
    evidence,
    clauses: meta.clauses,
    messageId: `finding_choice_not_kept_${variant}`,
    arguments: args,
    // What a control is called is no name of a thing.
    ...(variant === 'unknown' && { about: { name: null }, fingerprintKey: variant }),
  };
}

function words(facts: Facts, record: Observation): Record<string, string> {
  const { store, name, host } = storedWords(facts, record);
  return { store, name, host };
}

/** Visits of the site with the same profile that follow the choice's own, up to the one with the next choice. */
function laterVisits(facts: Facts, entry: ConsentEntry, act: Observation): Visit[] {
  const own = facts.visits.findIndex(({ id }) => id === entry.visit);
  const profile = facts.profileOf(act);
  // A route within the page is no new visit of it.
  return facts.visits
    .slice(own + 1)
    .filter((visit) => visit.profile === profile && visit.reason !== 'route' && facts.policy.isSite(hostOf(visit.url) ?? ''));
}

function isRecord(facts: Facts, o: Observation): boolean {
  return (
    (o.kind === 'cookie' || o.kind === 'localStorage') &&
    o.action === 'set' &&
    o.rejected === null &&
    !o.transient &&
    o.cookie?.asked !== 0 &&
    facts.policy.isSite(o.host)
  );
}

/** A link to the settings may lead to a page that shows them. */
const LEADS = 10_000; // milliseconds

/** The platform asked before the person did anything: who opens the settings is not asked. */
function askedAgain(facts: Facts, seen: Observation[]): Observation[] {
  const act = firstAct(seen);
  const asks = seen.find((o) => o.seq < act && o.signal !== null && ASKS[o.signal.source] === o.name);
  if (!asks) return [];
  const before = facts.observations.findLast(
    (o) => o.kind === 'control' && o.seq < asks.seq && facts.profileOf(o) === facts.profileOf(asks),
  );
  const meaning = before?.control?.meaning;
  const opened = before && (meaning === 'settings' || meaning === 'withdraw') && Date.parse(asks.at) - Date.parse(before.at) <= LEADS;
  return opened ? [] : [asks];
}

function firstAct(seen: Observation[]): number {
  return seen.find(({ kind }) => kind === 'control')?.seq ?? Infinity;
}

/** A cookie may move between the site's domains; storage is its origin's own. */
function sameThing(facts: Facts, o: Observation, record: Observation): boolean {
  if (o.kind !== record.kind || o.name !== record.name) return false;
  return o.host === record.host || (record.kind === 'cookie' && facts.policy.isSite(o.host));
}

/** What proves that the record was gone in a visit; null where it was there, or nobody looked. */
function lossOf(facts: Facts, record: Observation, visit: Visit, seen: Observation[]): Observation[] | null {
  const own = seen.filter((o) => sameThing(facts, o, record) && o.rejected === null);
  const fresh = own.findLast((o) => o.action === 'set');
  if (fresh?.record?.chosen === false) return [fresh];
  if (fresh) return null;
  const deleted = own.find((o) => o.action === 'delete');
  // After an act in that visit the person may have wanted it.
  if (deleted) return deleted.seq < firstAct(seen) ? [deleted] : null;
  if (own.some(({ action }) => action === 'present')) return null;
  if (record.kind === 'cookie' && !reaches(record, hostOf(visit.url) ?? '')) return null;
  const looked = seen.find((o) => o.action === 'present' && o.kind === record.kind && (record.kind === 'cookie' || o.host === record.host));
  if (looked) return [looked];
  const page = seen.find((o) => o.visit === visit.id && isOwnPage(o, record));
  return page && record.kind === 'cookie' && !page.request?.sentCookies.includes(record.name ?? '') ? [page] : null;
}

/** The request for the page itself, to which the browser would have given the cookie: all but SameSite=Strict go along. */
function isOwnPage({ kind, request, confirmed, host }: Observation, record: Observation): boolean {
  return (
    kind === 'request' &&
    request?.type === 'main_frame' &&
    !request.internal &&
    request.redirectedFrom === null &&
    request.url.startsWith('https:') &&
    confirmed === 'header' &&
    reaches(record, host) &&
    record.cookie?.sameSite?.toLowerCase() !== 'strict' &&
    (record.cookie?.path ?? '/') === '/'
  );
}
