/** What a record or signal says, read beside the words of the control that led to it. */
import type { ControlMeaning } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Granted, RecordMeaning } from './record-meaning.ts';

/** What was chosen, as far as anybody can tell. */
export interface Reading {
  granted: Granted;
  /** Names of the site's own that were granted or refused: they may be any of the policy's categories that are `null`. */
  otherNames: Record<string, boolean>;
  /** Only what was accepted is known, and whether that was all that was offered is not. */
  maybeAll: boolean;
}

/** What was said outright of the policy's own categories. */
export function saidOutright(granted: Granted): Reading {
  return { granted, otherNames: {}, maybeAll: false };
}

/**
 * What a list of accepted categories leaves out was not offered where everything was accepted, else it was refused; the same of a "no" by
 * a source that says it also of what nobody was asked for. After words that accept or refuse, names of the site's own say the same.
 * @param vouched by a platform or the policy; a record of the site's own making is one only beside words
 * @returns null where nobody can tell what was chosen
 */
export function readWithWords(meaning: RecordMeaning, words: ControlMeaning | null, policy: Policy, vouched: boolean): Reading | null {
  // One word for everything, after a control that does not speak of consent: "continue" may have written it.
  if (meaning.oneWord && words === null && !vouched) return null;
  const given = Object.values(meaning.granted).includes(true);
  const otherNames = namesAfter(meaning.otherNames ?? {}, words, given);
  const othersGiven = Object.values(otherNames).includes(true);
  const reading = { granted: grantedAfter(meaning, words, policy, given, othersGiven), otherNames, maybeAll: false };
  if (words === 'accept' || refuses(words) || Object.keys(meaning.otherNames ?? {}).length === 0) return reading;
  const recognised = Object.values(meaning.granted).some((value) => value !== null);
  if (!recognised && (meaning.listsOnlyAccepted || (words === null && !vouched))) return null;
  return { ...reading, maybeAll: meaning.listsOnlyAccepted && othersGiven };
}

/** Of several records of one choice: what any of them grants is granted. */
export function mergeReadings(readings: Reading[]): Reading {
  const merged: Reading = { granted: {}, otherNames: {}, maybeAll: readings.some(({ maybeAll }) => maybeAll) };
  for (const { granted, otherNames } of readings) {
    for (const [category, value] of Object.entries(granted))
      if (value !== null) merged.granted[category] = merged.granted[category] === true || value;
    for (const [name, value] of Object.entries(otherNames)) merged.otherNames[name] = merged.otherNames[name] === true || value;
  }
  return merged;
}

function grantedAfter(
  { granted, listsOnlyAccepted, mayNotOffer }: RecordMeaning,
  words: ControlMeaning | null,
  policy: Policy,
  given: boolean,
  othersGiven: boolean,
): Granted {
  if (mayNotOffer && words === 'accept' && given)
    return Object.fromEntries(Object.entries(granted).map(([category, value]) => [category, value === true ? true : null]));
  if (!listsOnlyAccepted) return granted;
  const left = words === 'accept' || othersGiven ? null : false;
  return Object.fromEntries(policy.consentCategories.map((category) => [category, granted[category] === true ? true : left]));
}

/** Beside words that say it of everything, a pair that says otherwise is about something else. */
function namesAfter(otherNames: Record<string, boolean>, words: ControlMeaning | null, given: boolean): Record<string, boolean> {
  if (words === 'accept') return Object.fromEntries(Object.entries(otherNames).filter(([, value]) => value));
  return refuses(words) && !given ? {} : otherNames;
}

function refuses(words: ControlMeaning | null): boolean {
  return words === 'reject' || words === 'necessary-only' || words === 'withdraw';
}
