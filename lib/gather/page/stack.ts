/** The stack of the script that called a hooked function, whatever the page did to `Error`. */
import { natives } from './natives.ts';

const FRAMES = 24;
/** Longest stack text that is passed on, in characters; the rest is cut. */
const MOST_TEXT = 4096;

/**
 * The raw stack text, or '' where the engine gives none. V8 reads `Error.stackTraceLimit` and
 * `Error.prepareStackTrace` (https://v8.dev/docs/stack-trace-api), so both are put aside for one call.
 */
export function stackText(): string {
  const limit = natives.getOwnPropertyDescriptor(natives.Error, 'stackTraceLimit');
  const prepare = natives.getOwnPropertyDescriptor(natives.Error, 'prepareStackTrace');
  const enough = limit && limit.writable && typeof limit.value === 'number' && limit.value >= FRAMES;
  try {
    if (prepare?.configurable) natives.deleteProperty(natives.Error, 'prepareStackTrace');
    if (limit?.writable && !enough) natives.set(natives.Error, 'stackTraceLimit', FRAMES);
    const text = new natives.Error().stack;
    return typeof text === 'string' ? (text.length > MOST_TEXT ? cut(text) : text) : '';
  } catch {
    // A frozen or hostile `Error`: the write is still reported, its source stays unknown.
    return '';
  } finally {
    if (limit?.writable && !enough) natives.set(natives.Error, 'stackTraceLimit', limit.value);
    if (prepare?.configurable) natives.defineProperty(natives.Error, 'prepareStackTrace', prepare);
  }
}

const slice = String.prototype.slice;
function cut(text: string): string {
  return natives.apply(slice, text, [0, MOST_TEXT]) as string;
}
