/** Moments as people read them. */
import type { Language } from '../model/policy.ts';

/**
 * Date and time to the second.
 * @param iso ISO 8601; a text that is none comes back as it is
 * @param timeZone IANA name; default: the browser's
 */
export function instantText(iso: string, language: Language, timeZone?: string): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return iso;
  // English dates in the order that cannot be misread; the others have only one.
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(at);
}
