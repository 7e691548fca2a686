/**
 * The parts of a text that could identify one browser: long random-looking tokens, as they would travel in a URL or
 * body. Words, versions, dates, timestamps and screen sizes are not among them, for they are the same for everybody.
 */

const MOST_TEXT = 65_536;

/** @returns at most `most` distinct parts, in order of appearance. */
export function identifyingParts(text: string, most: number): string[] {
  const found = new Set<string>();
  for (const form of forms(text.slice(0, MOST_TEXT))) {
    for (const piece of form.split(/[^A-Za-z0-9._-]+/)) {
      for (const part of partsOf(piece)) {
        found.add(part);
        if (found.size >= most) return [...found];
      }
    }
  }
  return [...found];
}

/** The text as it is, percent-decoded, and what Base64 within it holds: analytics bodies come in all three. */
function forms(text: string): string[] {
  const decoded = percentDecoded(text);
  const base64 = [...decoded.matchAll(/[A-Za-z0-9+/_-]{24,}={0,2}/g)].slice(0, 20).map((match) => base64Decoded(match[0]));
  return [decoded, ...base64.filter((inner) => inner !== null)];
}

function percentDecoded(text: string): string {
  // Twice: a JSON value in a cookie in a query is encoded twice.
  for (let round = 0; round < 2 && /%[0-9a-f]{2}/i.test(text); round++) {
    text = text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        // Not UTF-8: left as it is.
        return run;
      }
    });
  }
  return text;
}

/** Base64 of printable ASCII, or null. A random token decodes to noise and is kept only as itself. */
function base64Decoded(text: string): string | null {
  try {
    const inner = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
    return /^[\x09\x0a\x0d\x20-\x7e]{12,}$/.test(inner) ? inner : null;
  } catch {
    // Not Base64 after all.
    return null;
  }
}

function* partsOf(piece: string): Generator<string> {
  if (identifies(piece)) yield piece;
  const fields = piece.split('.');
  if (fields.length < 2) return;
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] as string;
    if (identifies(field)) yield field;
    const next = fields[index + 1];
    // `_ga` is GA1.1.<random>.<seconds>; the client id that travels is its last two fields.
    if (next !== undefined && /^\d{6,}$/.test(field) && /^\d{10}$/.test(next)) yield `${field}.${next}`;
  }
}

function identifies(part: string): boolean {
  if (part.length < 9 || part.length > 200) return false;
  if (/^\d+$/.test(part)) return !isTimestamp(part);
  if (/^\d+\.\d{10}$/.test(part)) return part.length >= 17;
  const digits = part.replace(/\D/g, '').length;
  if (/^[0-9a-f-]+$/i.test(part) && part.length >= 12) return digits >= 2 && /[a-f]/i.test(part);
  if (part.length < 16 || digits < 2) return false;
  // Versions, dates, host and file names: dots or hyphens between short words.
  return part.split(/[.-]/).some((word) => word.length >= 12 && /\d/.test(word) && /[A-Za-z]/.test(word));
}

/** Seconds or milliseconds of 2001 to 2065, or a written-out date and time. */
function isTimestamp(digits: string): boolean {
  return /^[12]\d{9}(\d{3})?$/.test(digits) || /^20\d{6}(\d{6})?$/.test(digits);
}
