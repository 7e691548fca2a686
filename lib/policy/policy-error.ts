/** What is wrong with a policy file, and how that is said in one line. */

/** One fault of a policy file. */
export interface PolicyError {
  /** The file's name as it was given. */
  file: string;
  /** RFC 6901 JSON pointer to the place; empty for the whole document. */
  pointer: string;
  /** What stands there: short, printable, never more than a glimpse of the value. */
  found: string;
  expected: string;
}

const GLIMPSE = 60;

/** RFC 6901: the pointer to a place in a document. */
export function jsonPointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A value named without printing more of it than a glimpse. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  // A number may be too large for JSON, which would write null.
  return printable(typeof value === 'number' ? String(value) : JSON.stringify(typeof value === 'string' ? shortened(value) : value));
}

/** `file: pointer: found …, expected …`, on one line and safe to print on a terminal whatever the file holds. */
export function formatPolicyError(error: PolicyError): string {
  const place = error.pointer === '' ? 'the document' : error.pointer;
  return printable(`${error.file}: ${place}: found ${error.found}, expected ${error.expected}`);
}

function shortened(text: string): string {
  const characters = Array.from(text.slice(0, GLIMPSE + 1));
  return characters.length > GLIMPSE || text.length > GLIMPSE + 1 ? `${characters.slice(0, GLIMPSE).join('')}…` : text;
}

/** Control, direction and separator characters could move the cursor or reorder the line. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
