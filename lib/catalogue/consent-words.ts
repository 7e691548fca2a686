/** What the words of a control mean, in Kazakh, Russian and English. */
import type { ControlMeaning } from '../model/observation.ts';
import { LEXICON, type Role } from './consent-lexicon.ts';

/** Too long a text is a paragraph, not a label. */
const MOST_LABEL = 120;

/** Each role's words in all languages, for languages are mixed in one label; the longest first. */
const WORDS = (Object.keys(LEXICON.en) as Role[]).map((role): [Role, RegExp] => {
  const words = Object.values(LEXICON).flatMap((language) => language[role].split('|').map((word) => word.trim()));
  const sources = words.sort((a, b) => b.length - a.length).map((word) => word.replaceAll('*', '\\p{L}*'));
  return [role, new RegExp(`(?:${sources.join('|')})(?= |$)`, 'uy')];
});

/**
 * The meaning of a label, or null for one that says nothing of consent. All its words must be of consent: "Accept the order", "Allow
 * notifications" and the documents' names have one that is not. "Continue" is not consent, and a question is no answer.
 */
export function controlMeaning(label: string): ControlMeaning | null {
  // Soft hyphens and what else is not seen; then whatever is neither letter nor digit.
  const shown = label
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  if (shown.length > MOST_LABEL || shown.includes('?')) return null;
  const text = shown
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/(?<=\p{L})['’ʼ](?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const roles = rolesIn(text);
  return roles && meaningOf(roles);
}

/** What the words of a text do in it; null where one does nothing that is of consent. */
function rolesIn(text: string): Set<Role> | null {
  const roles = new Set<Role>();
  for (let at = 0; at < text.length;) {
    let longest = 0;
    let found: Role | null = null;
    for (const [role, pattern] of WORDS) {
      pattern.lastIndex = at;
      const { length } = pattern.exec(text)?.[0] ?? '';
      if (length > longest) [longest, found] = [length, role];
    }
    if (found === null) return null;
    roles.add(found);
    at += longest + 1;
  }
  return roles;
}

/** In the order of asking: a text that refuses or narrows is never taken for an acceptance, and one that does both says nothing. */
function meaningOf(roles: Set<Role>): ControlMeaning | null {
  const has = (...any: Role[]): boolean => any.some((role) => roles.has(role));
  const accepts = has('accept', 'acknowledge') || (has('enable') && has('all', 'cookies', 'optional'));
  const refuses = has('refuse') || (has('disable') && has('all', 'cookies', 'optional'));

  if (has('withdraw', 'cancel')) {
    if (!has('consent') && !(has('withdraw') && has('cookies'))) return null;
    // "Change or withdraw your consent" leads to where one can.
    return has('settings', 'show') ? 'settings' : 'withdraw';
  }
  if (has('accept', 'enable') && has('refuse', 'disable')) return null;
  // One category and not the others: what that leaves, only the record can say.
  if (has('category')) return has('accept', 'enable', 'refuse', 'disable', 'save', 'only', 'keep') ? 'save' : null;
  if (has('necessary')) return has('only', 'keep') || (has('accept', 'enable') && !has('not')) ? 'necessary-only' : null;
  if (has('without')) return 'necessary-only';
  if (has('not')) return has('accept', 'consent') && !refuses ? 'reject' : null;
  if (refuses) return has('only', 'selected', 'settings', 'show') ? null : 'reject';
  if (has('selected') && (accepts || has('enable', 'save', 'only', 'keep'))) return 'save';
  if (has('only')) return null;
  if (accepts && has('all') && !has('settings', 'show')) return 'accept';
  if (has('save')) return 'save';
  if (has('settings')) return has('accept') ? 'save' : 'settings';
  if (has('show')) return has('cookies', 'consent', 'selected') ? 'settings' : null;
  return accepts ? 'accept' : null;
}
