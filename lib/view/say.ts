/** Words of the interface in the language of the browser. */
import type { Language } from '../model/policy.ts';
import { messageText } from '../tell/message.ts';

export interface Say {
  language: Language;
  /** The message of a key; the key itself where there is none. */
  (key: string, args?: Record<string, string | number>): string;
  /** The message of a key, or `otherwise` where there is none: for words that may come from a policy or a page. */
  or(otherwise: string, key: string, args?: Record<string, string | number>): string;
}

/** @param tag a BCP 47 language tag; every language but Kazakh and Russian is answered in English */
export function languageOf(tag: string): Language {
  const primary = tag.toLowerCase().split(/[-_]/)[0];
  return primary === 'kk' || primary === 'ru' ? primary : 'en';
}

/** How the interface speaks in a language. */
export function sayIn(language: Language): Say {
  const say = (key: string, args: Record<string, string | number> = {}): string => messageText(key, args, language);
  const or = (otherwise: string, key: string, args: Record<string, string | number> = {}): string => {
    const text = say(key, args);
    return text === key ? otherwise : text;
  };
  return Object.assign(say, { language, or });
}
