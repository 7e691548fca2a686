/** The timeline of consent: when the person chose, and what. The moment is the person's own trusted event, its meaning is in `act.ts`. */
import { catalogue } from '../../catalogue/index.ts';
import type { ConsentEntry } from '../../model/audit.ts';
import type { Evidence, Visit } from '../../model/evidence.ts';
import type { GatheredObservation } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';
import { holdsSame, isSameEntry } from '../facts/entry.ts';
import { lifeLookup } from '../facts/lives.ts';
import { choiceOfAct, type Act } from './act.ts';
import { sameChoice, type Choice } from './choice.ts';
import { servicesIn } from './services.ts';
import { isSignal, isStored, modeInForce, possibleRecord, recordsBeside, signOf } from './sources.ts';
import { startOfProfile } from './start.ts';

/** A record may follow its click after an answer of the server. */
const FOLLOWS_WORDS = 10_000; // milliseconds
/** Of a control without words of consent, only what follows at once is its consequence. */
const FOLLOWS_ANY = 1_000; // milliseconds
/** Consent Mode is updated at many moments that are no choice: without words, only by the control's own handler. */
const FOLLOWS_WITHIN = 100; // milliseconds

/** A navigation that an act causes begins at once; one that the auditor makes comes after a pause. */
const BRINGS_ABOUT = 400; // milliseconds

export interface TimelineInput extends Pick<Evidence, 'observations' | 'visits' | 'profiles'> {
  policy: Policy;
}

/** Profile by profile, each one's entries in the order of happening; its first has source `start` or the record that was there. */
export function consentTimeline({ observations, visits, profiles, policy }: TimelineInput): ConsentEntry[] {
  const profileOfVisit = new Map(visits.map(({ id, profile }) => [id, profile]));
  return [...new Set(visits.map(({ profile }) => profile))].flatMap((profile) => {
    const own = visits.filter((visit) => visit.profile === profile);
    const clean = profiles.find((start) => start.profile === profile)?.clean ?? null;
    return profileTimeline(
      observations.filter(({ visit }) => profileOfVisit.get(visit) === profile),
      own,
      clean,
      policy,
    );
  });
}

/** A choice and its entry in the timeline. */
export interface InForce {
  entry: ConsentEntry;
  choice: Choice;
}

function profileTimeline(observations: GatheredObservation[], visits: Visit[], clean: boolean | null, policy: Policy): ConsentEntry[] {
  const lifeOf = lifeLookup(visits);
  const acts = collectActs(observations, policy, visits, lifeOf);
  const isTracker = (o: GatheredObservation): boolean =>
    catalogue.key({ kind: o.kind, name: o.name ?? '', host: o.host }, () => false) !== null;
  // What was there before the act was not made by it; a record that is changed holds another value.
  const writtenBefore = (o: GatheredObservation, moment: GatheredObservation): boolean =>
    observations.some((w) => w.seq < moment.seq && holdsSame(w, o));
  const timeline: InForce[] = [startOfProfile(observations, visits, clean, policy)];
  const holdsChoice = (entry: GatheredObservation): boolean =>
    observations.some((o) => isSameEntry(o, entry) && timeline.some(({ entry: made }) => made.observations.slice(1).includes(o.id)));
  const held = (entry: GatheredObservation): boolean =>
    holdsChoice(entry) || observations.some((o) => o.seq < entry.seq && o.record && isSameEntry(o, entry));
  acts.forEach((one, index) => {
    const before = (timeline.at(-1) as InForce).choice;
    const next = acts[index + 1]?.act ?? null;
    const press = acts[index - 1]?.act ?? null;
    const gestureSpoke =
      one.act.control?.event === 'click' &&
      press !== null &&
      press.control?.event !== 'click' &&
      timeline.at(-1)?.entry.observations[0] === press.id;
    const known = timeline.findLast(({ choice }) => choice.state !== 'unknown')?.choice ?? before;
    const said = choiceOfAct(one, before, known, gestureSpoke, {
      policy,
      modeAt: (o) => modeInForce(observations, o, lifeOf, policy),
      besides: (written) => recordsBeside(observations, written, policy),
      removed: () =>
        observations.find((o) => follows(o, one.act, next) && isStored(o) && o.action === 'delete' && o.rejected === null && held(o)) ??
        null,
      recorded: () =>
        observations.filter(
          (o) => follows(o, one.act, next) && possibleRecord(o, policy, isTracker) !== null && !writtenBefore(o, one.act),
        ),
      repeated: (sign) => writtenBefore(sign, sign),
      holdsChoice,
      clickFollows: next?.control?.event === 'click' && one.act.control?.event !== 'click' && next.name === one.act.name,
    });
    if (!said || (sameChoice(before, said.choice) && said.choice.state !== 'unknown')) return;
    const { act } = one;
    const observationIds = [...new Set([act.id, ...said.cited.map(({ id }) => id)])];
    timeline.push({
      choice: said.choice,
      entry: {
        at: act.at,
        visit: act.visit,
        ...said.choice,
        source: said.source,
        byUser: true,
        observations: observationIds,
      },
    });
  });
  return timeline.map(({ entry }) => entry);
}

/** Gives every sign to the act in whose consequence it came, and every mark to the click before it. */
function collectActs(observations: GatheredObservation[], policy: Policy, visits: Visit[], lifeOf: (visit: string) => string): Act[] {
  const services = servicesIn(observations);
  const acts: Act[] = observations.filter((o) => o.kind === 'control' && o.control?.trusted).map((act) => ({ act, signs: [], mark: null }));
  for (const o of observations) {
    if (o.signal?.source === 'mark') {
      const before = acts.filter(({ act }) => act.seq < o.seq && act.kind === 'control' && ledTo(act, o.visit, visits, lifeOf));
      const click = before.findLast(({ act }) => act.control?.event !== 'pointerdown') ?? before.at(-1);
      // A click that was spoken of already is not what this mark is about.
      if (click && click.mark === null) click.mark = o;
      else acts.push({ act: o, signs: [], mark: o });
      continue;
    }
    const sign = signOf(o, policy, services);
    const cause = sign && causeOf(o, acts);
    if (!sign || !cause) continue;
    const patience = cause.act.control?.meaning ? FOLLOWS_WORDS : sign.weak ? FOLLOWS_WITHIN : FOLLOWS_ANY;
    // A platform says what is in force again in each document; only in that of the act is it news.
    const stale = isSignal(o) && lifeOf(o.visit) !== lifeOf(cause.act.visit);
    if (!stale && Date.parse(o.at) - Date.parse(cause.act.at) <= patience) cause.signs.push(sign);
  }
  return acts.sort((a, b) => a.act.seq - b.act.seq);
}

/** The act before; a record that comes late is of the words of consent that nothing has followed yet, whatever was pressed meanwhile. */
function causeOf(o: GatheredObservation, acts: Act[]): Act | undefined {
  const before = ({ act }: Act): boolean => act.seq < o.seq && act.kind === 'control';
  const last = acts.findLast(before);
  if (!last || last.act.control?.meaning || !isStored(o)) return last;
  const named = acts.findLast((one) => before(one) && one.act.control?.meaning);
  const waits = named?.signs.length === 0 && named.act.control?.meaning !== 'settings';
  return waits && Date.parse(o.at) - Date.parse(named.act.at) <= FOLLOWS_WORDS ? named : last;
}

/** Whether an act happened in a visit, or brought it about: a form that is sent, a link that is followed. */
function ledTo(act: GatheredObservation, visit: string, visits: Visit[], lifeOf: (visit: string) => string): boolean {
  if (lifeOf(act.visit) === lifeOf(visit)) return true;
  const index = visits.findIndex(({ id }) => id === lifeOf(visit));
  const after = Date.parse(visits[index]?.startedAt ?? '') - Date.parse(act.at);
  return lifeOf(visits[index - 1]?.id ?? '') === lifeOf(act.visit) && after >= 0 && after <= BRINGS_ABOUT;
}

/** Whether something came after this act, before the next, and soon enough to be its consequence. */
function follows(o: GatheredObservation, act: GatheredObservation, next: GatheredObservation | null): boolean {
  return o.seq > act.seq && (next === null || o.seq < next.seq) && Date.parse(o.at) - Date.parse(act.at) <= FOLLOWS_WORDS / 2;
}
