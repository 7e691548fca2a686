/** Sentences for people, out of `public/_locales`: the one place where messages are filled in. */
import en from '../../public/_locales/en/messages.json' with { type: 'json' };
import kk from '../../public/_locales/kk/messages.json' with { type: 'json' };
import ru from '../../public/_locales/ru/messages.json' with { type: 'json' };
import type { Language } from '../model/policy.ts';

type Messages = Record<string, { message: string } | undefined>;
const LANGUAGES: Record<Language, Messages> = { en, kk, ru };

/**
 * The message of a key with its `{placeholders}` filled in. Arguments may come from a page: they are inserted as
 * they are, with control and bidirectional characters escaped, and what shows them must show them as text.
 * @returns the key itself where there is no such message, so that a gap shows instead of hiding
 */
export function messageText(key: string, args: Record<string, string | number> = {}, language: Language = 'en'): string {
  const template = (LANGUAGES[language][key] ?? LANGUAGES.en[key])?.message;
  if (template === undefined) return key;
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => (name in args ? visible(String(args[name])) : placeholder));
}

const MOST_ARGUMENT = 1000;

/** Characters that would reorder or hide text, as their code points; long texts clipped. */
export function visible(text: string): string {
  const clipped = text.length > MOST_ARGUMENT ? `${text.slice(0, MOST_ARGUMENT)}…` : text;
  return clipped
    .toWellFormed()
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
