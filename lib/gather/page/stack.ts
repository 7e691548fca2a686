/** The stack of the script that called a hooked function, whatever the page did to `Error`. */
import { clip } from './clip.ts';
import { bare, find, isText, match, part } from './guarded.ts';
import * as natives from './natives.ts';

/** Ours among them. */
const FRAMES = 20;
/** Longest stack text that is passed on, in characters; the rest is cut. */
const MOST_TEXT = 4096;

/** What all our own frames have and no other: SpiderMonkey gives content scripts of the page's world no address. */
const OURS = match(/\w+-extension:\/\/.*?\/|@<anonymous code>:/, stackText())?.[0] ?? 'chrome-extension:';

/**
 * The raw stack text, or '' where the engine gives none. Engines read `Error.stackTraceLimit` and V8
 * `Error.prepareStackTrace` (https://v8.dev/docs/stack-trace-api), so both are put aside for one call.
 * @param above one of our functions that is running: frames from it on are left out, for each costs to be named
 */
export function stackText(frames = FRAMES, above?: unknown): string {
  const limit = natives.getOwnPropertyDescriptor(natives.Error, 'stackTraceLimit');
  const prepare = natives.getOwnPropertyDescriptor(natives.Error, 'prepareStackTrace');
  const fits = !limit?.writable || limit.value === frames;
  try {
    if (prepare?.configurable) natives.deleteProperty(natives.Error, 'prepareStackTrace');
    if (!fits) natives.Error.stackTraceLimit = frames;
    const holder: { stack?: unknown } = bare({});
    natives.captureStackTrace(holder, above);
    const { stack } = holder;
    return isText(stack) ? clip(stack, MOST_TEXT) : '';
  } catch {
    // A frozen or hostile `Error`: the write is still reported, its source stays unknown.
    return '';
  } finally {
    if (!fits) natives.Error.stackTraceLimit = limit.value as number;
    if (prepare?.configurable) natives.defineProperty(natives.Error, 'prepareStackTrace', bare(prepare));
  }
}

/** A stack text without our own lines. No array is made here: its elements would pass through whatever setters the page gave to all arrays. */
export function withoutOurs(text: string): string {
  let kept = '';
  for (let from = 0; from < text.length;) {
    const end = find(text, '\n', from);
    const next = end < 0 ? text.length : end + 1;
    const line = part(text, from, next);
    if (find(line, OURS) < 0) kept += line;
    from = next;
  }
  return kept;
}

/** Address, line and column of the innermost frame of a stack that is not ours. */
export function placeIn(text: string): RegExpExecArray | null {
  return match(/^.*?(?:@|\(|at )((?:\w+:)+.*?):(\d+):(\d+)\)?$/m, withoutOurs(text));
}

/** The address alone: enough to tell scripts apart. */
export function callerIn(text: string): string {
  return placeIn(text)?.[1] ?? '';
}
