/** The names in a JSON text that carry something. The values are only looked at to tell whether they do. */

/** Longer texts are recordings rather than reports; to take them apart would hold up the browser. */
const MOST_TEXT = 200_000; // characters
const MOST_NAMES = 5_000;

/**
 * Of one JSON text, or of one on each line, as in https://develop.sentry.dev/sdk/data-model/envelopes/. Nothing for any other text.
 * Empty texts, lists and objects, `null`, `true` and `false` carry nothing.
 */
export function jsonNames(text: string): Set<string> {
  const names = new Set<string>();
  if (text.length > MOST_TEXT || !/^\s*[[{]/.test(text)) return names;
  const whole = parsed(text);
  let left = MOST_NAMES;
  const waiting: unknown[] = whole === undefined ? text.split('\n').map(parsed) : [whole];
  while (waiting.length > 0 && left > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      if (--left < 0) break;
      if (!Array.isArray(value) && carries(member)) names.add(name);
      waiting.push(member);
    }
  }
  return names;
}

/** The same of a parameter's value, which trackers also encode: https://datatracker.ietf.org/doc/html/rfc4648#section-4 */
export function jsonNamesIn(value: string): Set<string> {
  // `{"` or `[{` in base64.
  if (!/^(?:eyJ|W3s)/.test(value) || value.length > MOST_TEXT) return jsonNames(value);
  try {
    return jsonNames(atob(value));
  } catch {
    // Only looked like it.
    return new Set();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function carries(value: unknown): boolean {
  if (typeof value === 'object') return value !== null && Object.keys(value).length > 0;
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}
