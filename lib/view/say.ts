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

/**
 * The language to speak: the browser's own, if it is Russian or Kazakh, else English. Desktop Chromium has no Kazakh interface, so that
 * Kazakh also counts where it is the first of the languages that the person prefers pages in.
 * @param browserLanguage BCP 47 tag of the browser's interface
 * @param preferred BCP 47 tags of the person's preferred languages, the first preferred most
 */
export function languageOf(browserLanguage: string, preferred: readonly string[]): Language {
  const own = primary(browserLanguage);
  if (own === 'kk' || primary(preferred[0] ?? '') === 'kk') return 'kk';
  return own === 'ru' ? 'ru' : 'en';
}

function primary(tag: string): string | undefined {
  return tag.toLowerCase().split(/[-_]/)[0];
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
