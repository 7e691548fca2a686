import kk from './texts/kk.json' with { type: 'json' };
import ru from './texts/ru.json' with { type: 'json' };

/** The languages of the demo site. */
export const SITE_LANGUAGES = ['kk', 'ru'] as const;
export type SiteLanguage = (typeof SITE_LANGUAGES)[number];

/** What the pages say; the Kazakh file is the original. */
export type Texts = typeof kk;

export const texts: Record<SiteLanguage, Texts> = { kk, ru };

/** Makes text safe inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
