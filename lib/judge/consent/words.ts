/** What a record or signal says, read beside the words of the control that led to it. */
import type { ControlMeaning } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Granted, RecordMeaning } from './record-meaning.ts';

/**
 * What a list of accepted categories leaves out was not offered where everything was accepted, else it was refused; the same of a "no" by
 * a source that says it also of what nobody was asked for.
 */
export function withWords(
  { granted, listsOnlyAccepted, mayNotOffer }: RecordMeaning,
  words: ControlMeaning | null,
  policy: Policy,
): Granted {
  const accepts = words === 'accept' && Object.values(granted).some((value) => value === true);
  if (mayNotOffer && accepts)
    return Object.fromEntries(Object.entries(granted).map(([category, value]) => [category, value === true ? true : null]));
  if (!listsOnlyAccepted) return granted;
  const left = words === 'accept' ? null : false;
  return Object.fromEntries(policy.consentCategories.map((category) => [category, granted[category] === true ? true : left]));
}
