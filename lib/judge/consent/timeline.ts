/**
 * The timeline of consent: when the person chose, and what. The moment is the person's own trusted event; the
 * meaning comes from a readable record or the platform's own event, from the auditor's mark where the page gives no
 * sign, or from the words of the control with a record written after it. Anything else is unknown.
 */
import { catalogue } from '../../catalogue/index.ts';
import type { ConsentEntry } from '../../model/audit.ts';
import type { Evidence, Visit } from '../../model/evidence.ts';
import type { ControlMeaning, GatheredObservation } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';
import { choiceFrom, choiceNamed, choiceUnknown, sameChoice, startOf, stateOfWords, type Choice } from './choice.ts';
import { meaningOfRecord, type Granted, type RecordMeaning } from './record-meaning.ts';
import { platformSign, possibleRecord, recordSign, type Sign } from './sources.ts';

/** A record may follow its click after an answer of the server. */
const FOLLOWS_WORDS = 10_000; // milliseconds
/** Of a control without words of consent, only what follows at once is its consequence. */
const FOLLOWS_ANY = 1_000; // milliseconds

export interface TimelineInput extends Pick<Evidence, 'observations' | 'visits' | 'profiles'> {
  policy: Policy;
}

/** Entries in the order of happening; the first of each profile has source `start` or the record that was there. */
export function consentTimeline({ observations, visits, profiles, policy }: TimelineInput): ConsentEntry[] {
  const profileOfVisit = new Map(visits.map(({ id, profile }) => [id, profile]));
  return [...new Set(visits.map(({ profile }) => profile))].flatMap((profile) => {
    const own = visits.filter((visit) => visit.profile === profile);
    const clean = profiles.find((start) => start.profile === profile)?.clean ?? null;
    return profileTimeline(observations.filter(({ visit }) => profileOfVisit.get(visit) === profile), own[0] as Visit, clean, policy);
  });
}

interface Placed {
  entry: ConsentEntry;
  choice: Choice;
}

function profileTimeline(observations: GatheredObservation[], first: Visit, clean: boolean | null, policy: Policy): ConsentEntry[] {
  const placed: Placed[] = [startEntry(observations, first, clean, policy)];
  const acts = observations.filter((o) => o.kind === 'control' && o.control?.trusted);
  const trackerKey = (o: GatheredObservation): boolean => o.name !== null && catalogue.key({ kind: o.kind, name: o.name, host: o.host }, () => false) !== null;

  /** Puts a choice in force from an act on; a second sign of the same act says it more exactly. */
  function put(act: GatheredObservation, sign: Sign | null, choiceAfter: (before: Choice) => Choice, source: string): void {
    const index = placed.findIndex(({ entry }) => entry.observations[0] === act.id);
    const earlier = index < 0 ? placed : placed.slice(0, index);
    const before = (earlier.at(-1) as Placed).choice;
    const choice = choiceAfter(before);
    const cited = [act.id, ...(index < 0 ? [] : (placed[index] as Placed).entry.observations.slice(1)), ...(sign ? [sign.observation.id] : [])];
    const entry: ConsentEntry = { at: act.at, visit: act.visit, state: choice.state, categories: choice.categories, source, byUser: true, observations: [...new Set(cited)] };
    if (index >= 0) placed[index] = { entry, choice };
    else if (!sameChoice(before, choice)) placed.push({ entry, choice });
  }

  let answered = null as { act: GatheredObservation; exact: boolean } | null;
  for (const o of observations) {
    if (o.signal?.source === 'mark') {
      applyMark(o);
      continue;
    }
    const sign = recordSign(o, policy) ?? platformSign(o, policy);
    const act = latestAct(o, sign !== null);
    // A platform says what is in force again on each page; only at the moment of the act is it news.
    if (!act || (sign !== null && sign.observation.kind === 'signal' && sign.observation.visit !== act.visit)) continue;
    const words = act.control?.meaning ?? null;
    // Opening the settings is no choice, whatever the platform writes meanwhile.
    if (words === 'settings') continue;
    const sameAct = answered?.act === act;
    if (sign?.meaning && (sign.speaksForItself || words !== null || changes(sign, placed))) {
      if (sameAct && answered?.exact && !sign.speaksForItself) continue;
      const told = withWords(sign.meaning, words, policy);
      const granted = sameAct && !sign.speaksForItself ? { ...current(act), ...stripNull(told) } : told;
      put(act, sign, (before) => choiceFrom(policy, granted, before), sign.source);
      answered = { act, exact: sign.speaksForItself };
      continue;
    }
    const named = stateOfWords(words);
    const record = sign ?? (named !== null || words === 'save' ? possibleRecord(o, policy, trackerKey) : null);
    if (!record || sameAct) continue;
    if (named !== null) put(act, record, (before) => choiceNamed(policy, named, before), 'click');
    else if (sign !== null || words === 'save') put(act, record, () => choiceUnknown(policy), 'click');
    answered = { act, exact: false };
  }
  speakOfUnrecordedWords();
  return placed.map(({ entry }) => entry).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

  function current(act: GatheredObservation) {
    return placed.find(({ entry }) => entry.observations[0] === act.id)?.choice.categories ?? {};
  }

  /** The act in whose consequence something was written: the last one before it, if it is near enough. */
  function latestAct(o: GatheredObservation, isSign: boolean): GatheredObservation | null {
    const act = acts.findLast(({ seq }) => seq < o.seq);
    if (!act) return null;
    const after = Date.parse(o.at) - Date.parse(act.at);
    const follows = act.control?.meaning != null ? FOLLOWS_WORDS : FOLLOWS_ANY;
    return after <= (isSign ? follows : Math.min(follows, FOLLOWS_WORDS / 2)) ? act : null;
  }

  /** The auditor's word: binds to the last click, and yields to a sign that speaks for itself. */
  function applyMark(mark: GatheredObservation): void {
    const clicks = acts.filter(({ seq, visit, control }) => seq < mark.seq && visit === mark.visit && control?.event !== 'pointerdown');
    const act = clicks.at(-1) ?? mark;
    const bound = placed.find(({ entry }) => entry.observations[0] === act.id || sameGesture(entry, act));
    const platform = bound && bound.choice.state !== 'unknown' && bound.entry.source !== 'click' && bound.entry.source !== 'mark';
    if (platform) return;
    const moment = bound ? (observations.find(({ id }) => id === bound.entry.observations[0]) ?? act) : act;
    const { state, categories } = mark.signal as NonNullable<GatheredObservation['signal']>;
    const sign: Sign = { source: 'mark', observation: mark, meaning: null, speaksForItself: false };
    put(moment, sign, (before) => (categories ? choiceFrom(policy, categories, before) : choiceNamed(policy, state ?? 'accepted', before)), 'mark');
    answered = { act: moment, exact: true };
  }

  /** Pointer down and click of one press are two events of one gesture. */
  function sameGesture(entry: ConsentEntry, act: GatheredObservation): boolean {
    const cited = observations.find(({ id }) => id === entry.observations[0]);
    return cited?.kind === 'control' && cited.visit === act.visit && cited.control?.event === 'pointerdown' && !acts.some(({ seq, control }) => seq > cited.seq && seq < act.seq && control?.event === 'pointerdown') && cited.seq < act.seq;
  }

  /** A control whose words accept or refuse, and after which nothing was recorded: from there on nobody can tell. */
  function speakOfUnrecordedWords(): void {
    for (const act of acts) {
      if (act.control?.event === 'pointerdown' || stateOfWords(act.control?.meaning ?? null) === null) continue;
      const next = acts.find(({ seq }) => seq > act.seq)?.seq ?? Infinity;
      const spoken = placed.some(({ entry }) => entry.observations[0] === act.id || sameGesture(entry, act));
      const recorded = observations.some((o) => o.seq > act.seq && o.seq < next && (recordSign(o, policy) ?? possibleRecord(o, policy, trackerKey)) !== null && Date.parse(o.at) - Date.parse(act.at) <= FOLLOWS_WORDS);
      if (spoken || recorded) continue;
      const at = placed.findLastIndex(({ entry }) => entry.at <= act.at);
      const { choice: before } = placed[at] as Placed;
      // Saying again what is in force already changes nothing.
      if (sameChoice(before, choiceNamed(policy, stateOfWords(act.control?.meaning ?? null) ?? 'accepted', before))) continue;
      const choice = choiceUnknown(policy);
      placed.splice(at + 1, 0, { choice, entry: { at: act.at, visit: act.visit, state: choice.state, categories: choice.categories, source: 'click', byUser: true, observations: [act.id] } });
    }
  }

  /** Whether a readable record says something else than what is in force. */
  function changes(sign: Sign, so_far: Placed[]): boolean {
    const { choice } = so_far.at(-1) as Placed;
    return !sameChoice(choice, choiceFrom(policy, sign.meaning?.granted ?? {}, choice));
  }
}

/** What a list of accepted categories leaves out was not offered where everything was accepted, else it was refused. */
function withWords({ granted, listsOnlyAccepted }: RecordMeaning, words: ControlMeaning | null, policy: Policy): Granted {
  if (!listsOnlyAccepted) return granted;
  const left = words === 'accept' ? null : false;
  return Object.fromEntries(policy.consentCategories.map((category) => [category, granted[category] === true ? true : left]));
}

function stripNull(granted: Granted): Granted {
  return Object.fromEntries(Object.entries(granted).filter(([, value]) => value !== null));
}

function startEntry(observations: GatheredObservation[], first: Visit, clean: boolean | null, policy: Policy): Placed {
  const found = observations.filter((o) => o.action === 'present' && o.visit === first.id && !observations.some((w) => w.action === 'set' && w.kind === o.kind && w.name === o.name && w.host === o.host && w.seq < o.seq));
  const used = clean === false || (clean === null && found.some((o) => policy.isSite(o.host)));
  const base = { at: first.startedAt, visit: first.id, byUser: false };
  if (!used) {
    const choice = startOf(policy, true);
    return { choice, entry: { ...base, ...choice, source: 'start', observations: [] } };
  }
  for (const o of found) {
    if (!o.record || o.name === null) continue;
    const own = (o.kind === 'cookie' || o.kind === 'localStorage') && policy.isConsentRecord({ kind: o.kind, name: o.name, host: o.host });
    const meaning = own || o.record.cmp ? meaningOfRecord(o.name, o.record, policy, own ? (policy.document.consent?.record?.categories ?? null) : null) : null;
    if (!meaning) continue;
    const choice = choiceFrom(policy, withWords(meaning, null, policy), startOf(policy, true));
    return { choice, entry: { ...base, ...choice, source: own ? 'record' : `cmp:${o.record.cmp}`, observations: [] } };
  }
  const choice = startOf(policy, false);
  return { choice, entry: { ...base, ...choice, source: 'start', observations: [] } };
}
