/** Words in one language. */
import type { Language } from '../model/policy.ts';
import { messageText } from './message.ts';

export interface Say {
  language: Language;
  /** The message of a key; the key itself where there is none. */
  (key: string, args?: Record<string, string | number>): string;
  /** The message of a key, or `otherwise` where there is none: for words that may come from a policy or a page. */
  or(otherwise: string, key: string, args?: Record<string, string | number>): string;
}

/** How one speaks in a language. */
export function sayIn(language: Language): Say {
  const say = (key: string, args: Record<string, string | number> = {}): string => messageText(key, args, language);
  const or = (otherwise: string, key: string, args: Record<string, string | number> = {}): string => {
    const text = say(key, args);
    return text === key ? otherwise : text;
  };
  return Object.assign(say, { language, or });
}
