/** Sentences for people, out of `public/_locales`: the one place where messages are filled in. */
import { IntlMessageFormat } from 'intl-messageformat';
import en from '../../public/_locales/en/messages.json' with { type: 'json' };
import kk from '../../public/_locales/kk/messages.json' with { type: 'json' };
import ru from '../../public/_locales/ru/messages.json' with { type: 'json' };
import type { Language } from '../model/policy.ts';

type Messages = Record<string, { message: string } | undefined>;
const LANGUAGES: Record<Language, Messages> = { en, kk, ru };

export type MessageArguments = Record<string, string | number>;

const formats = new Map<string, IntlMessageFormat>();

/**
 * The message of a key with its `{placeholders}` filled in; `{count, plural, one {…} other {…}}` chooses by `Intl.PluralRules`
 * (ICU MessageFormat: https://unicode-org.github.io/icu/userguide/format_parse/messages/). Arguments may come from a page: they
 * are inserted as they are, with control and bidirectional characters escaped, and what shows them must show them as text.
 * @returns the key itself where there is no such message, so that a gap shows instead of hiding
 */
export function messageText(key: string, args: MessageArguments = {}, language: Language = 'en'): string {
  // The key may be a page's or a policy's own word: `constructor` is no message.
  const own = Object.hasOwn(LANGUAGES[language], key) ? LANGUAGES[language] : LANGUAGES.en;
  const template = Object.hasOwn(own, key) ? own[key]?.message : undefined;
  if (template === undefined) return key;
  if (!template.includes('{')) return template;
  const id = `${language} ${key}`;
  const format = formats.get(id) ?? new IntlMessageFormat(template, language, undefined, { ignoreTag: true });
  formats.set(id, format);
  const shown = Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, typeof value === 'number' ? value : visible(word(name, value, language))]),
  );
  try {
    return String(format.format(shown));
  } catch {
    // An argument is missing: the sentence with its hole is better than none.
    return template;
  }
}

/** Stores, technologies and reasons of gaps have words for people; all other arguments are the page's or the policy's own words. */
function word(argument: string, value: string, language: Language): string {
  if (argument === 'reason') return reasonText(value, language);
  return argument === 'store' || argument === 'technology' ? (wordsOf(argument, value, language) ?? value) : value;
}

function wordsOf(family: string, name: string, language: Language): string | undefined {
  const key = `${family}_${name.replaceAll('-', '_')}`;
  return Object.hasOwn(LANGUAGES[language], key) ? LANGUAGES[language][key]?.message : undefined;
}

/** A gap's reason in words, followed by itself: `code: where` (docs/audit-format.md). One that nobody here knows is told as it is. */
export function reasonText(reason: string, language: Language): string {
  const words = wordsOf('gap', reason.split(':', 1)[0] ?? '', language);
  return words === undefined ? reason : `${words} – ${reason}`;
}

const MOST_ARGUMENT = 1000;

/** Characters that would reorder or hide text, as their code points; long texts clipped. */
export function visible(text: string): string {
  return withoutHidden(text.length > MOST_ARGUMENT ? `${text.slice(0, MOST_ARGUMENT)}…` : text);
}

/** The same without clipping: for texts of a known size. */
export function withoutHidden(text: string): string {
  return text
    .toWellFormed()
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
