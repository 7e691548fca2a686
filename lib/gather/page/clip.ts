/** Small guards for what a page hands to a hooked function. */
import { natives } from './natives.ts';

const slice = String.prototype.slice;

/** At most `most` characters of `text`, untouched by a page that replaced `String.prototype.slice`. */
export function clip(text: string, most: number): string {
  return text.length > most ? (natives.apply(slice, text, [0, most]) as string) : text;
}

/** Runs a conversion that page code may make throw; the native call then throws the same to its caller. */
export function wrapped<T>(convert: () => T): { threw: false; value: T } | { threw: true } {
  try {
    return { threw: false, value: convert() };
  } catch {
    // The page's own conversion threw; the native function will say so itself.
    return { threw: true };
  }
}
