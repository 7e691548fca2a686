/** Small guards for what a page hands to a hooked function. */
import { isText, part } from './guarded.ts';
import * as natives from './natives.ts';

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
  return isText(value) ? value : `${value as string}`;
}

/** The elements of a list of the page's as clipped texts, at most `most`; none of what is no list. */
export function textsOf(list: unknown, most: number, longest: number): string[] {
  const texts: string[] = [];
  if (natives.isArray(list)) for (let i = 0; i < list.length && i < most; i++) texts[i] = clip(textOf(list[i]), longest);
  return texts;
}

/**
 * What `run` gives, or undefined where it throws: it may meet the page's code, an object that is not what it should be, or one that is
 * gone. Nothing can be told of that here, and the page must not notice.
 */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
