/** Small guards for what a page hands to a hooked function. */
import { part } from './natives.ts';

/** At most `most` characters of `text`, untouched by a page that replaced `String.prototype.slice`. */
export function clip(text: string, most: number): string {
  return text.length > most ? part(text, 0, most) : text;
}

/**
 * The text that the platform would make of a value. A conversion of the page's own may throw: that is thrown on, for the platform
 * would have thrown it too, and asking a second time would show.
 */
export function textOf(value: unknown): string {
  // A template converts as Web IDL does.
  return typeof value === 'string' ? value : `${value as string}`;
}

/** What a conversion gives, or undefined where it throws: page code may make it. */
export function attempt<T>(convert: () => T): T | undefined {
  const result = wrapped(convert);
  return result.threw ? undefined : result.value;
}

/** Runs what page code may make throw. */
export function wrapped<T>(convert: () => T): { threw: false; value: T } | { threw: true } {
  try {
    return { threw: false, value: convert() };
  } catch {
    // The page's own code threw; nothing can be told of it, and the page must not notice.
    return { threw: true };
  }
}
