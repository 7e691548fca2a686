/** Which browser reads cookies here: the same text is not the same cookie to both, and their interfaces tell of it in ways of their own. */

export type CookieReader = 'chromium' | 'firefox';

/** The browser that this runs in. */
export const READER: CookieReader =
  (globalThis as { location?: { protocol: string } }).location?.protocol === 'moz-extension:' ? 'firefox' : 'chromium';

// U+FFFD for what stands for no character, as `document.cookie` has it.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** UTF-8 as both browsers read it. */
export function decoded(bytes: Iterable<number>): string {
  return decoder.decode(Uint8Array.from(bytes));
}

/** @param text a header field, or a name in the jar: Firefox tells them byte by byte, each as the character of that number */
export function toldText(text: string, reader: CookieReader): string {
  if (reader === 'chromium' || !/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text;
  return decoded(Array.from(text, (character) => character.charCodeAt(0)));
}

/** @param text assigned to `document.cookie`: of half a character Chromium keeps three bytes that are no UTF-8, Firefox one U+FFFD */
export function assignedText(text: string, reader: CookieReader): string {
  return text.replace(/\p{Surrogate}/gu, reader === 'chromium' ? '\ufffd\ufffd\ufffd' : '\ufffd');
}
