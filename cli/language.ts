/** The language that the terminal's environment asks for. */
import { LANGUAGES, type Language } from '../lib/model/policy.ts';

/**
 * Kazakh or Russian if the environment says so, else English. LC_ALL goes before LC_MESSAGES, that before LANG; an empty one counts as
 * unset (POSIX.1-2024, 8.2 Internationalization Variables).
 */
export function languageOfEnvironment(environment: Record<string, string | undefined>): Language {
  const named = ['LC_ALL', 'LC_MESSAGES', 'LANG'].map((name) => environment[name]).find((value) => value !== undefined && value !== '');
  const language = named?.toLowerCase().split(/[_.@-]/)[0];
  return LANGUAGES.find((known) => known === language) ?? 'en';
}
