import { setSignals } from '../../catalogue/consent-mode.ts';
import { cite } from '../accuse/clauses.ts';
import { categoryOfSignal, grantedSignals, isOwnRequest, standingOf } from '../accuse/consent-mode.ts';
import { requestWords } from '../accuse/words.ts';
import type { Facts } from '../facts/facts.ts';
import type { Observation } from '../../model/observation.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'consent-mode-contradiction',
  clauses: ['2.3', '2.4'],
  levels: ['error', 'warning'],
  failsWhen:
    'Google hits go out before the page sets its `consent default`, a hit or an `update` says granted what the user did not grant, or (warning) a hit goes out before the choice that says denied: a report without an identifier, and yet a report.',
};

export const consentModeContradiction: Rule = {
  meta,
  judge: (facts) => [
    ...facts.observations.map((o) => sayingGranted(facts, o) ?? pinging(facts, o)).filter((accusation) => accusation !== null),
    ...beforeDefault(facts),
  ],
};

function accuse(
  facts: Facts,
  o: Observation,
  variant: string,
  unsure: boolean,
  categories: string[],
  args: Record<string, string>,
  more: Partial<Accusation> = {},
): Accusation {
  return {
    outcome: unsure ? 'unsure' : 'fail',
    level: 'error',
    evidence: [o],
    clauses: cite(
      categories.flatMap((category) => facts.policy.category(category)?.clause ?? []),
      meta.clauses,
    ),
    messageId: `finding_consent_mode_contradiction_${variant}${unsure ? '_unsure' : ''}`,
    arguments: args,
    ...more,
  };
}

/** A hit of the page, or an `update` after a choice. Before one, the page's own commands are a presumed consent. */
function sayingGranted(facts: Facts, o: Observation): Accusation | null {
  const isUpdate = o.signal?.source === 'consent-mode' && o.name === 'update' && o.phase !== 'before-choice' && o.phase !== 'unknown';
  if (!isUpdate && !isOwnRequest(facts, o)) return null;
  const told = grantedSignals(o).map((signal) => {
    const category = categoryOfSignal(facts, signal);
    return { signal, category, standing: category === null ? 'granted' : standingOf(facts, o, category) };
  });
  const refused = told.filter(({ standing }) => standing === 'not-granted');
  const against = refused.length > 0 ? refused : told.filter(({ standing }) => standing === 'unknown');
  if (against.length === 0) return null;
  const what = against.map(({ signal }) => signal).join(', ');
  const categories = against.flatMap(({ category }) => category ?? []);
  // Of a command that lay there when it was found nobody knows whether it came before the choice.
  const unsure = refused.length === 0 || o.signal?.consentMode?.found === true;
  if (isUpdate) return accuse(facts, o, 'update', unsure, categories, { what }, { fingerprintKey: 'consent-mode update' });
  return accuse(facts, o, 'hit', unsure, categories, { ...requestWords(facts, o), what });
}

/** Denied for both storages: Consent Mode's report without cookies (`gcs=G100`). */
function pinging(facts: Facts, o: Observation): Accusation | null {
  const hit = o.request?.consentMode;
  if (!hit || !isOwnRequest(facts, o) || (o.phase !== 'before-choice' && o.phase !== 'unknown')) return null;
  const set = setSignals(hit);
  if (set.ad_storage !== 'denied' || set.analytics_storage !== 'denied' || grantedSignals(o).length > 0) return null;
  return accuse(facts, o, 'ping', o.phase === 'unknown', ['analytical'], requestWords(facts, o), { level: 'warning' });
}

/** Hits of a document that sets a default later: those that say nothing of consent, or that it is not configured. */
function beforeDefault(facts: Facts): Accusation[] {
  return facts.visits.flatMap(({ id }) => {
    const first = facts.observations.find(
      (o) => facts.lifeOf(o.visit) === id && o.signal?.source === 'consent-mode' && o.name === 'default',
    );
    if (!first) return [];
    return facts.observations
      .filter((o) => facts.lifeOf(o.visit) === id && o.seq < first.seq && isOwnRequest(facts, o) && isGoogleHit(o))
      .filter((o) => Object.keys(o.request?.consentMode ? setSignals(o.request.consentMode) : {}).length === 0)
      .map((o): Accusation | null => {
        const standings = ['analytical', 'marketing']
          .filter((category) => facts.policy.consentCategories.includes(category))
          .map((category) => standingOf(facts, o, category));
        if (standings.length === 0 || standings.every((standing) => standing === 'granted')) return null;
        // A default that was found lying there is older than it seems; a hit that says "not configured" knows better.
        const unsure =
          (first.signal?.consentMode?.found === true && !o.request?.consentMode?.gcd) ||
          !standings.includes('not-granted') ||
          o.uncertainty > 0;
        return accuse(facts, o, 'early', unsure, [], requestWords(facts, o), { evidence: [o, first] });
      })
      .filter((accusation) => accusation !== null);
  });
}

/** Google's measurement and advertising: what Consent Mode governs. */
function isGoogleHit({ request }: Observation): boolean {
  return request?.hit === true && (request.protocol === 'ga4' || Boolean(request.consentMode));
}
