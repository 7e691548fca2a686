/** Words of the interface in the language of the browser. */
import type { Language } from '../model/policy.ts';

export { sayIn, type Say } from '../tell/say.ts';

/**
 * The language to speak: the browser's own, if it is Russian or Kazakh, else English. Desktop Chromium has no Kazakh interface, so that
 * Kazakh also counts where it is the first of the languages that the person prefers pages in.
 * @param browserLanguage BCP 47 tag of the browser's interface
 * @param preferred BCP 47 tags of the person's preferred languages, the first preferred most: `i18n.getAcceptLanguages`, for within the
 *   developer tools `navigator.languages` has the language of the interface alone
 */
export function languageOf(browserLanguage: string, preferred: readonly string[]): Language {
  const own = primary(browserLanguage);
  if (own === 'kk' || primary(preferred[0] ?? '') === 'kk') return 'kk';
  return own === 'ru' ? 'ru' : 'en';
}

function primary(tag: string): string | undefined {
  return tag.toLowerCase().split(/[-_]/)[0];
}
