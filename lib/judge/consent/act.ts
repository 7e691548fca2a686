/**
 * What one act of the person means: by a readable record or the platform's own event, by the auditor's mark where the page gives no sign,
 * or by the words of the control with a record written after it. The order of trust: docs/consent.md.
 */
import type { ControlMeaning, GatheredObservation } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';
import { choiceFrom, choiceNamed, choiceUnknown, sameChoice, stateOfWords, type Choice } from './choice.ts';
import type { Granted, RecordMeaning } from './record-meaning.ts';
import { isStored, provesChoice, type Sign } from './sources.ts';
import { mergeReadings, readWithWords, saidOutright, type Reading } from './words.ts';

/** What is known of one act of the person: which signs followed it, and what the auditor said of it. */
export interface Act {
  act: GatheredObservation;
  signs: Sign[];
  mark: GatheredObservation | null;
}

export interface Surroundings {
  policy: Policy;
  /** The stored entries after the act that could be records of it. */
  recorded(): GatheredObservation[];
  /** The first record of a choice that went after the act. */
  removed(): GatheredObservation | null;
  /** Whether a sign's record was written with the same value before. */
  repeated(record: GatheredObservation): boolean;
  /** Whether an earlier choice was found in the same entry. */
  holdsChoice(entry: GatheredObservation): boolean;
  /** What the platform's other records said last, where it keeps one per category. */
  besides(written: GatheredObservation[]): RecordMeaning[];
  /** What Consent Mode says as a whole after a command. */
  modeAt(command: GatheredObservation): Granted;
  /** The act is a pointer or key going down on a control, and the control's click comes next. */
  clickFollows: boolean;
}

export interface Said {
  choice: Choice;
  source: string;
  cited: GatheredObservation[];
}

/**
 * What an act means; null where it is no choice.
 * @param before what was in force
 * @param known what was in force the last time that somebody could tell
 * @param gestureSpoke the press of this click was the choice already
 */
export function choiceOfAct(
  { act, signs, mark }: Act,
  before: Choice,
  known: Choice,
  gestureSpoke: boolean,
  around: Surroundings,
): Said | null {
  const { policy, recorded, removed, repeated, holdsChoice, besides, clickFollows } = around;
  const words = act.control?.meaning ?? null;
  // Opening the settings is no choice, whatever the platform writes meanwhile.
  if (words === 'settings' && !mark) return null;
  const observed = signs.map(({ observation }) => observation);
  const strong = signs.filter(({ weak, observation }) => !weak && (words !== null || provesChoice(observation, observed)));
  const cited = strong.map(({ observation }) => observation);
  // Where a platform tells of the choice, what keeps it is beside it.
  const withRecord = (said: Said): Said => {
    const record = words === null || said.cited.some(isStored) ? null : recorded()[0];
    return record ? { ...said, cited: [...said.cited, record] } : said;
  };

  const read = strong.flatMap((sign) => {
    const reading = sign.meaning && readWithWords(sign.meaning, words, policy, isVouched(sign));
    return reading ? [{ sign, reading }] : [];
  });
  const own = read.findLast(({ sign }) => sign.speaksForItself);
  if (own) return withRecord({ choice: choiceFrom(policy, own.reading, known), source: own.sign.source, cited });

  if (mark?.signal) {
    const { state, categories } = mark.signal;
    const choice = categories ? choiceFrom(policy, saidOutright(categories), known) : choiceNamed(policy, state ?? 'accepted', known);
    return withRecord({ choice, source: 'mark', cited: [...cited, mark] });
  }

  const first = read[0];
  if (first) {
    // Platforms with a record per category write several for one click; of each the last word counts.
    const last = new Map(
      read.map(({ sign: { observation }, reading }) => [`${observation.kind} ${observation.name} ${observation.host}`, reading]),
    );
    const beside = first.sign.meaning?.oneWord ? besides(read.map(({ sign }) => sign.observation)) : [];
    const unchanged = beside.flatMap((meaning) => readWithWords(meaning, words, policy, true) ?? []);
    const reading = mergeReadings([...last.values(), ...unchanged]);
    // Where the record has names of the site's own, Consent Mode says some of it in words that everybody knows.
    const mode = Object.keys(reading.otherNames).length > 0 ? readingOfMode(signs, words, around) : null;
    const choice = choiceFrom(policy, { ...reading, granted: { ...mode?.granted, ...stripNull(reading.granted) } }, known);
    if (words !== null || !read.every(({ sign }) => repeated(sign.observation))) return { choice, source: first.sign.source, cited };
    return null;
  }

  const named = stateOfWords(words);
  const mode = choiceOfMode(signs, words, known, around);
  if (mode) return withRecord({ ...mode, cited: [...cited, ...mode.cited] });

  const unread = strong.length > 0 && !cited.every(repeated);
  if (named === null) {
    // Any form may say "Save": it is a choice where none was made yet, or where it changes what held the last one.
    const saved = words === 'save' ? recorded().find((entry) => before.state === 'before-choice' || holdsChoice(entry)) : null;
    return unread || saved ? { choice: choiceUnknown(policy), source: 'click', cited: saved ? [saved] : cited } : null;
  }
  if (signs.length > 0) return { choice: choiceNamed(policy, named, known), source: 'click', cited: observed };
  // A write between press and click may be anything; the click itself decides.
  if (clickFollows || gestureSpoke) return null;
  const stored = recorded();
  // Other dialogs say "OK" and "Decline" as well: once a choice was made, only what holds that one can hold another.
  const made = known.state !== 'before-choice' && known.state !== 'unknown';
  const record = (made ? stored.find(holdsChoice) : stored[0]) ?? (named === 'accepted' ? null : removed());
  if (record) return { choice: choiceNamed(policy, named, known), source: 'click', cited: [record] };
  // Words that accept or refuse, and nothing was recorded: from here on nobody can tell, unless it was in force already.
  return sameChoice(before, choiceNamed(policy, named, known)) || before.state === 'unknown'
    ? null
    : { choice: choiceUnknown(policy), source: 'click', cited: stored.slice(0, 1) };
}

/** A platform's own word, or the record that the policy names. */
function isVouched({ source, speaksForItself }: Sign): boolean {
  return speaksForItself || source !== 'record';
}

/** The state of Consent Mode that the act led to. */
function choiceOfMode(signs: Sign[], words: ControlMeaning | null, known: Choice, around: Surroundings): Said | null {
  const reading = readingOfMode(signs, words, around);
  const commands = signs.filter(({ weak }) => weak);
  return (
    reading && {
      choice: choiceFrom(around.policy, reading, known),
      source: (commands[0] as Sign).source,
      cited: commands.map(({ observation }) => observation),
    }
  );
}

/** null where the act led to no command, or where that says the opposite of the control's words. */
function readingOfMode(signs: Sign[], words: ControlMeaning | null, { policy, modeAt }: Surroundings): Reading | null {
  const last = signs.findLast(({ weak }) => weak);
  if (!last) return null;
  const granted = modeAt(last.observation);
  const named = stateOfWords(words);
  const given = Object.values(granted).some((value) => value === true);
  if (named !== null && given !== (named === 'accepted')) return null;
  return readWithWords({ granted, listsOnlyAccepted: false, mayNotOffer: true }, words, policy, true);
}

function stripNull(granted: Granted): Granted {
  return Object.fromEntries(Object.entries(granted).filter(([, value]) => value !== null));
}
