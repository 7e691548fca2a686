/** CSS selectors that reach into open shadow roots, for a driver whose plain selectors stop at them. */

/**
 * Puppeteer's selectors for a CSS selector (https://pptr.dev/guides/page-interactions#selectors), to be tried in this
 * order: the whole of it within any one root, then with a root's edge allowed at every descendant combinator, as in
 * Playwright, whose `css=` selectors Chromium gets.
 */
export function deepSelectors(selector: string): string[] {
  const alternatives = splitOutside(selector, /^\s*,\s*/);
  const whole = alternatives.map((one) => `>>> ${one}`).join(', ');
  const across = alternatives
    .map((one) => {
      const compounds = splitOutside(one, /^\s+(?![\s>+~|])/);
      return compounds.map((compound) => `>>> ${compound}`).join(' ');
    })
    .join(', ');
  return across === whole ? [whole] : [whole, across];
}

/** Splits at what matches, outside of brackets, parentheses and strings. */
function splitOutside(selector: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  let quote = '';
  const text = selector.trim();
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '\\') {
      part += character + (text[++at] ?? '');
      continue;
    }
    if (quote) quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '[' || character === '(') depth++;
    else if (character === ']' || character === ')') depth--;
    else if (depth === 0) {
      const found = /[>+~]\s*$/.test(part) ? null : separator.exec(text.slice(at));
      if (found) {
        parts.push(part);
        part = '';
        at += found[0].length - 1;
        continue;
      }
    }
    part += character;
  }
  return [...parts, part];
}
