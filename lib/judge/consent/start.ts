/** What was in force when the recording of a profile began. */
import type { Visit } from '../../model/evidence.ts';
import type { GatheredObservation } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';
import { isSameEntry } from '../facts/entry.ts';
import { lifeLookup } from '../facts/lives.ts';
import { choiceFrom, startOf } from './choice.ts';
import { servicesIn } from './services.ts';
import { meaningOfStored, provesChoice, sourceOfRecord, tcfMeaning } from './sources.ts';
import type { InForce } from './timeline.ts';
import { readWithWords, saidOutright } from './words.ts';

/**
 * A clean profile starts before any choice. A used one starts with what its record says, read by the platform's own words where it gives
 * them (Klaro's services, `tcloaded` of the TCF before any act); else nobody can tell.
 */
export function startOfProfile(observations: GatheredObservation[], visits: Visit[], clean: boolean | null, policy: Policy): InForce {
  const first = visits[0] as Visit;
  const lifeOf = lifeLookup(visits);
  const found = observations.filter(
    (o) =>
      o.action === 'present' &&
      lifeOf(o.visit) === first.id &&
      !observations.some((w) => w.action === 'set' && isSameEntry(w, o) && w.seq < o.seq),
  );
  const used = clean === false || (clean === null && found.some((o) => policy.isSite(o.host)));
  const base = { at: first.startedAt, visit: first.id, byUser: false };
  if (!used) {
    const choice = startOf(policy, true);
    return { choice, entry: { ...base, ...choice, source: 'start', observations: [] } };
  }
  const services = servicesIn(observations);
  for (const o of found) {
    const source = sourceOfRecord(o, policy);
    if (source === null || o.record?.chosen === false || !provesChoice(o, found)) continue;
    const meaning = meaningOfStored(o, policy, services);
    const reading = meaning && readWithWords(meaning, null, policy, true);
    if (!reading) continue;
    const choice = choiceFrom(policy, reading, startOf(policy, true));
    return { choice, entry: { ...base, ...choice, source, observations: [] } };
  }
  const loaded = observations.find(
    (o) => lifeOf(o.visit) === first.id && (o.kind === 'control' || (o.signal?.source === 'tcf' && o.name === 'tcloaded')),
  );
  const told = loaded ? tcfMeaning(loaded, policy) : null;
  if (told) {
    const choice = choiceFrom(policy, saidOutright(told.granted), startOf(policy, true));
    return { choice, entry: { ...base, ...choice, source: 'tcf', observations: [] } };
  }
  const choice = startOf(policy, false);
  return { choice, entry: { ...base, ...choice, source: 'start', observations: [] } };
}
