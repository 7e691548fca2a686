/** The state of consent that a choice leads to. */
import type { ControlMeaning, Phase } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Granted } from './record-meaning.ts';

export interface Choice {
  state: Phase;
  categories: Granted;
}

/** Exempt categories need no choice; nothing else is granted before one is made. */
export function startOf(policy: Policy, known: boolean): Choice {
  return { state: known ? 'before-choice' : 'unknown', categories: withExempt(policy, all(policy, known ? false : null)) };
}

/** What a record or signal that names categories amounts to, after what was in force. */
export function choiceFrom(policy: Policy, granted: Granted, before: Choice): Choice {
  const offered = policy.consentCategories.filter((category) => granted[category] !== null && granted[category] !== undefined);
  const given = offered.filter((category) => granted[category] === true);
  const categories = withExempt(policy, { ...all(policy, null), ...granted });
  if (given.length === 0)
    return { state: takesBack(before) ? 'withdrawn' : 'rejected', categories: withExempt(policy, all(policy, false)) };
  return { state: given.length === offered.length ? 'accepted' : 'partial', categories };
}

/** What the words of a control, or a mark without categories, amount to. */
export function choiceNamed(policy: Policy, state: 'accepted' | 'rejected' | 'withdrawn', before: Choice): Choice {
  if (state === 'accepted') return { state, categories: withExempt(policy, all(policy, true)) };
  return { state: state === 'rejected' && takesBack(before) ? 'withdrawn' : state, categories: withExempt(policy, all(policy, false)) };
}

/** A choice whose meaning nobody can tell. */
export function choiceUnknown(policy: Policy): Choice {
  return { state: 'unknown', categories: withExempt(policy, all(policy, null)) };
}

/** What a control's words name by themselves; saving and settings do not. */
export function stateOfWords(meaning: ControlMeaning | null): 'accepted' | 'rejected' | 'withdrawn' | null {
  if (meaning === 'accept') return 'accepted';
  if (meaning === 'reject' || meaning === 'necessary-only') return 'rejected';
  return meaning === 'withdraw' ? 'withdrawn' : null;
}

export function sameChoice(a: Choice, b: Choice): boolean {
  return (
    a.state === b.state &&
    Object.keys({ ...a.categories, ...b.categories }).every(
      (category) => (a.categories[category] ?? null) === (b.categories[category] ?? null),
    )
  );
}

function takesBack(before: Choice): boolean {
  return before.state === 'accepted' || before.state === 'partial' || before.state === 'withdrawn';
}

function all(policy: Policy, value: boolean | null): Granted {
  return Object.fromEntries(policy.consentCategories.map((category) => [category, value]));
}

function withExempt(policy: Policy, granted: Granted): Granted {
  const exempt = policy.document.categories.filter(({ id }) => policy.isExempt(id)).map(({ id }) => [id, true] as const);
  return { ...granted, ...Object.fromEntries(exempt) };
}
