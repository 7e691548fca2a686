/** The texts within a stored value, as far as they can be read without running any code of the page. */
import { MOST_STORE_TEXT } from '../store-claim.ts';
import { textOf } from './clip.ts';
import { isObject, isText, ownValue } from './guarded.ts';
import * as natives from './natives.ts';

export interface FoundText {
  /** The texts found, a line break between them. */
  text: string;
  length: number;
}

const MOST_DEPTH = 4;
const MOST_PROPERTIES = 40;
/** Numbers below say nothing of anybody. */
const LEAST_NUMBER = 1e8;

/**
 * Looks at plain objects and arrays, their own data properties only, for a bounded while. To be called once the platform has cloned the
 * value: a proxy anywhere within it has thrown by then, so that no trap of the page is asked.
 */
export function textIn(value: unknown): FoundText | null {
  const found: FoundText = { text: '', length: 0 };
  collect(value, 0, found);
  return found.length > 0 ? found : null;
}

function collect(value: unknown, depth: number, found: FoundText): void {
  if (isText(value)) add(value, found);
  else if (typeof value === 'number' && (value >= LEAST_NUMBER || value <= -LEAST_NUMBER)) add(textOf(value), found);
  if (!isObject(value) || depth >= MOST_DEPTH || found.text.length >= MOST_STORE_TEXT) return;
  if (natives.isArray(value)) {
    for (let index = 0; index < value.length && index < MOST_PROPERTIES; index++) collect(ownValue(value, index), depth + 1, found);
  } else if (isPlain(value)) {
    const keys = natives.ownKeys(value);
    for (let index = 0; index < keys.length && index < MOST_PROPERTIES; index++)
      collect(ownValue(value, keys[index] as PropertyKey), depth + 1, found);
  }
}

function add(text: string, found: FoundText): void {
  const separator = found.length > 0 ? '\n' : '';
  found.length += separator.length + text.length;
  if (found.text.length < MOST_STORE_TEXT) found.text += separator + text;
}

/** An object literal or an instance of a simple class; typed arrays, whose keys are without number, are three prototypes deep. */
function isPlain(value: object): boolean {
  let prototype = natives.getPrototypeOf(value);
  for (let depth = 0; depth < 2 && prototype !== null; depth++) prototype = natives.getPrototypeOf(prototype);
  return prototype === null;
}
