/** In which state of consent something happened. */
import type { ConsentEntry } from '../../model/audit.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { GatheredObservation, Phase } from '../../model/observation.ts';
import { isKnownOn } from './reach.ts';

export interface PhaseLookup {
  profileOf(o: GatheredObservation): number;
  /** The entry in force at the moment that counts for the observation. */
  entryAt(o: GatheredObservation): ConsentEntry;
  /**
   * The state of that entry, or `unknown` where a choice is so near that the order cannot be told, and on another host of the site that
   * cannot read any record of the choice.
   */
  phaseOf(o: GatheredObservation): Phase;
  /** The categories granted by some choice up to that moment in the observation's profile. */
  grantedBefore(o: GatheredObservation): ReadonlySet<string>;
}

interface Step {
  entry: ConsentEntry;
  /** From this `seq` on the entry is in force. */
  seq: number;
  /** The observation that is the choice itself, where one is cited. */
  citedId: string | null;
  /** Whether the choice can be known on a page. */
  isKnownOn(page: string): boolean;
  /** false where the entry says again what was in force already. */
  changes: boolean;
  granted: ReadonlySet<string>;
}

/** Builds the lookup; `consent` is in the order of happening. */
export function phaseLookup(evidence: Evidence, consent: ConsentEntry[], isSite: (host: string) => boolean): PhaseLookup {
  const byId = new Map(evidence.observations.map((o) => [o.id, o]));
  const profiles = new Map(evidence.visits.map((visit) => [visit.id, visit.profile]));
  const profileOfVisit = (visit: string): number => profiles.get(visit) ?? 0;
  const steps = new Map<number, Step[]>();
  for (const entry of consent) {
    const profile = profileOfVisit(entry.visit);
    const before = steps.get(profile) ?? [];
    before.push(stepOf(entry, before.at(-1) ?? null, profile));
    steps.set(profile, before);
  }

  function stepOf(entry: ConsentEntry, previous: Step | null, profile: number): Step {
    const citedId = entry.observations[0] ?? null;
    const granted = new Set(previous?.granted);
    if (entry.state !== 'before-choice') {
      for (const [category, value] of Object.entries(entry.categories)) if (value === true) granted.add(category);
    }
    return {
      entry,
      seq: firstSeq(entry, previous, profile),
      citedId,
      isKnownOn: knownOn(entry),
      changes: previous !== null && differs(previous.entry, entry),
      granted,
    };
  }

  function knownOn({ byUser, observations }: ConsentEntry): Step['isKnownOn'] {
    const [act, ...cited] = observations.flatMap((id) => byId.get(id) ?? []);
    if (!byUser || !act) return () => true;
    const known = new Map<string, boolean>();
    return (page) => {
      const answer = known.get(page) ?? isKnownOn(page, act, cited, isSite);
      known.set(page, answer);
      return answer;
    };
  }

  /** What a page cannot read may still be what it knows: the same choice, made where it can. */
  function isKnown(step: Step, o: GatheredObservation): boolean {
    if (step.isKnownOn(o.page)) return true;
    const earlier = steps.get(profileOfVisit(o.visit))?.findLast((one) => one.seq < step.seq && one.isKnownOn(o.page));
    return earlier !== undefined && !differs(earlier.entry, step.entry);
  }

  function phaseOf(o: GatheredObservation): Phase {
    const step = stepAt(o);
    return step === null || isTie(o) || !isKnown(step, o) ? 'unknown' : step.entry.state;
  }

  function firstSeq(entry: ConsentEntry, previous: Step | null, profile: number): number {
    const cited = byId.get(entry.observations[0] ?? '');
    if (cited) return cited.seq;
    if (previous === null) return Number.NEGATIVE_INFINITY;
    const at = Date.parse(entry.at);
    const next = evidence.observations.find((o) => profileOfVisit(o.visit) === profile && Date.parse(o.at) >= at);
    return next?.seq ?? Number.POSITIVE_INFINITY;
  }

  /** A cookie set by an answer, and a redirect hop, count at the moment when the first hop was asked for. */
  function origin(o: GatheredObservation): GatheredObservation {
    let current = o;
    while (current.kind !== 'request' || (current.request?.redirectedFrom ?? null) !== null) {
      const earlier = byId.get(current.cause ?? '');
      // A cause lies before its effect; anything else is damaged evidence and would loop.
      if (earlier === undefined || earlier.kind !== 'request' || earlier.seq >= current.seq) break;
      current = earlier;
    }
    return current;
  }

  function stepAt(o: GatheredObservation): Step | null {
    const moment = origin(o).seq;
    return (steps.get(profileOfVisit(o.visit)) ?? []).findLast((step) => step.seq <= moment) ?? null;
  }

  function isTie(o: GatheredObservation): boolean {
    const moment = origin(o);
    if (moment.uncertainty <= 0) return false;
    const latest = Date.parse(moment.at);
    const earliest = latest - moment.uncertainty;
    return (steps.get(profileOfVisit(o.visit)) ?? []).some((step) => {
      const at = Date.parse(step.entry.at);
      return step.changes && step.citedId !== moment.id && at >= earliest && at <= latest;
    });
  }

  return {
    profileOf: (o) => profileOfVisit(o.visit),
    entryAt: (o) => stepAt(o)?.entry ?? nobodyKnows(o),
    phaseOf,
    grantedBefore: (o) => stepAt(o)?.granted ?? new Set(),
  };
}

function differs(a: ConsentEntry, b: ConsentEntry): boolean {
  const ids = new Set([...Object.keys(a.categories), ...Object.keys(b.categories)]);
  return a.state !== b.state || [...ids].some((id) => (a.categories[id] ?? null) !== (b.categories[id] ?? null));
}

function nobodyKnows(o: GatheredObservation): ConsentEntry {
  return { at: o.at, visit: o.visit, state: 'unknown', categories: {}, source: 'start', byUser: false, observations: [] };
}
