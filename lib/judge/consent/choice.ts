/** The state of consent that a choice leads to. */
import type { ControlMeaning, Phase } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';
import { everyCategory, type Granted } from './record-meaning.ts';
import type { Reading } from './words.ts';

export interface Choice {
  state: Phase;
  categories: Granted;
  /** After a partial choice: what the record names that is no category of the policy, some of it granted. */
  otherNames?: Record<string, boolean>;
}

/** Exempt categories need no choice; nothing else is granted before one is made. */
export function startOf(policy: Policy, known: boolean): Choice {
  return { state: known ? 'before-choice' : 'unknown', categories: withExempt(policy, everyCategory(policy, known ? false : null)) };
}

/** What a record or signal amounts to, after what was in force as far as it is known. */
export function choiceFrom(policy: Policy, { granted, otherNames, maybeAll }: Reading, before: Choice): Choice {
  const offered = policy.consentCategories.filter((category) => granted[category] !== null && granted[category] !== undefined);
  const given = offered.filter((category) => granted[category] === true);
  const others = Object.values(otherNames);
  if (given.length === 0 && !others.includes(true)) return choiceNamed(policy, 'rejected', before);
  const whole = given.length === offered.length && !others.includes(false) && !maybeAll;
  // All of it was under names of the site's own.
  if (whole && offered.length === 0) return choiceNamed(policy, 'accepted', before);
  const categories = withExempt(policy, { ...everyCategory(policy, null), ...granted });
  return { state: whole ? 'accepted' : 'partial', categories, ...(!whole && others.includes(true) && { otherNames }) };
}

/** What the words of a control, or a mark without categories, amount to. */
export function choiceNamed(policy: Policy, state: 'accepted' | 'rejected' | 'withdrawn', before: Choice): Choice {
  if (state === 'accepted') return { state, categories: withExempt(policy, everyCategory(policy, true)) };
  return {
    state: state === 'rejected' && takesBack(before) ? 'withdrawn' : state,
    categories: withExempt(policy, everyCategory(policy, false)),
  };
}

/** A choice whose meaning nobody can tell. */
export function choiceUnknown(policy: Policy): Choice {
  return { state: 'unknown', categories: withExempt(policy, everyCategory(policy, null)) };
}

/** What a control's words name by themselves; saving and settings do not. */
export function stateOfWords(meaning: ControlMeaning | null): 'accepted' | 'rejected' | 'withdrawn' | null {
  if (meaning === 'accept') return 'accepted';
  if (meaning === 'reject' || meaning === 'necessary-only') return 'rejected';
  return meaning === 'withdraw' ? 'withdrawn' : null;
}

export function sameChoice(a: Choice, b: Choice): boolean {
  return a.state === b.state && same(a.categories, b.categories) && same(a.otherNames ?? {}, b.otherNames ?? {});
}

function same(a: Granted, b: Granted): boolean {
  return Object.keys({ ...a, ...b }).every((name) => (a[name] ?? null) === (b[name] ?? null));
}

function takesBack(before: Choice): boolean {
  return before.state === 'accepted' || before.state === 'partial' || before.state === 'withdrawn';
}

function withExempt(policy: Policy, granted: Granted): Granted {
  const exempt = policy.document.categories.filter(({ id }) => policy.isExempt(id)).map(({ id }) => [id, true] as const);
  return { ...granted, ...Object.fromEntries(exempt) };
}
