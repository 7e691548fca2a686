/** Reads one Set-Cookie string as browsers do: RFC 6265bis sections 5.1.1 (dates) and 5.6 (the string). */
import type { CookieReader } from './cookie-reader.ts';

export interface ParsedCookie {
  name: string;
  value: string;
  /** Without leading dot, lower case; null where absent (a host-only cookie). */
  domain: string | null;
  path: string | null;
  /** Seconds asked for from the write; at most 0 deletes; null where it is a session cookie or no date could be read. */
  asked: number | null;
  /** true where neither the last Max-Age nor the last Expires is valid: the cookie goes when the browser closes. */
  session: boolean;
  secure: boolean;
  httpOnly: boolean;
  sameSite: 'strict' | 'lax' | 'none' | null;
  partitioned: boolean;
  /** Why the browser refuses the string by itself, or null. */
  refused: 'control-character' | 'too-large' | 'empty' | 'nameless' | 'nameless-prefix' | 'nameless-equals' | null;
}

const MOST_NAME_AND_VALUE = 4096;
const MOST_ATTRIBUTE = 1024;
// Anything below space but tab, and DEL.
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/;

/**
 * @param now epoch milliseconds of the write
 * @param reader what has no `=` is a value without a name to Chromium and to the standard, a name without a value to Firefox; and they
 *   read other numbers
 * @param serverDate epoch milliseconds of the response's Date header: what Expires is counted from, where there is one
 */
export function parseSetCookie(text: string, now: number, reader: CookieReader, serverDate: number | null = null): ParsedCookie {
  const [pair = '', ...attributes] = text.split(';');
  const equals = pair.indexOf('=');
  const [left, right] = equals >= 0 ? [pair.slice(0, equals), pair.slice(equals + 1)] : reader === 'firefox' ? [pair, ''] : ['', pair];
  const name = trimmed(left);
  const value = trimmed(right);

  const cookie: ParsedCookie = {
    name,
    value,
    domain: null,
    path: null,
    asked: null,
    session: true,
    secure: false,
    httpOnly: false,
    sameSite: null,
    partitioned: false,
    refused: refusalOf(text, name, value, reader),
  };
  let maxAge: number | null = null;
  let expires: number | null = null;

  for (const attribute of attributes) {
    const at = attribute.indexOf('=');
    const key = trimmed(at < 0 ? attribute : attribute.slice(0, at)).toLowerCase();
    const data = trimmed(at < 0 ? '' : attribute.slice(at + 1));
    if (data.length > MOST_ATTRIBUTE) continue;
    // The last one counts in both browsers, and takes the place of a valid one before it even where it is none itself.
    if (key === 'max-age') maxAge = secondsOf(data, reader);
    else if (key === 'expires') expires = parseCookieDate(data);
    else if (key === 'domain') cookie.domain = data.replace(/^\./, '').toLowerCase() || null;
    else if (key === 'path') cookie.path = data.startsWith('/') ? data : null;
    else if (key === 'secure') cookie.secure = true;
    else if (key === 'httponly') cookie.httpOnly = true;
    else if (key === 'partitioned') cookie.partitioned = true;
    else if (key === 'samesite') {
      const site = data.toLowerCase();
      cookie.sameSite = site === 'strict' || site === 'lax' || site === 'none' ? site : null;
    }
  }
  if (maxAge !== null) {
    cookie.session = false;
    cookie.asked = Math.max(0, Math.min(maxAge, Number.MAX_SAFE_INTEGER));
  } else if (expires !== null) {
    cookie.session = false;
    // A date in whole seconds that a script made of "now plus N seconds" says N, up to a second early.
    cookie.asked = Math.max(0, Math.ceil((expires - (serverDate ?? now)) / 1000));
  }
  return cookie;
}

/** A plus sign is one of a number to Chromium alone; whatever begins with a minus deletes in Firefox. */
function secondsOf(text: string, reader: CookieReader): number | null {
  if (reader === 'firefox' && text.startsWith('-')) return 0;
  return (reader === 'chromium' ? /^[+-]?\d+$/ : /^\d+$/).test(text) ? Number(text) : null;
}

function refusalOf(text: string, name: string, value: string, reader: CookieReader): ParsedCookie['refused'] {
  if (CONTROL.test(text)) return 'control-character';
  if (name + value === '') return 'empty';
  if (name === '' && reader === 'firefox') return 'nameless';
  // Sent as it is, it would pass for a cookie with a name.
  if (name === '' && /^__(?:secure|host|http)-/i.test(value)) return 'nameless-prefix';
  if (name === '' && value.includes('=')) return 'nameless-equals';
  return byteLength(name) + byteLength(value) > MOST_NAME_AND_VALUE ? 'too-large' : null;
}

/** Only space and tab are white space in this header; a no-break space is a character of the value. */
function trimmed(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}

function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DELIMITERS = /[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/;

/**
 * The cookie-date algorithm of RFC 6265bis section 5.1.1.
 * @returns epoch milliseconds, or null for a string that is no date to a browser
 */
export function parseCookieDate(text: string): number | null {
  let time: [number, number, number] | null = null;
  let day: number | null = null;
  let month: number | null = null;
  let year: number | null = null;
  for (const token of text.split(DELIMITERS).filter(Boolean)) {
    const clock = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)/.exec(token);
    if (!time && clock) time = [Number(clock[1]), Number(clock[2]), Number(clock[3])];
    else if (day === null && /^\d{1,2}(?!\d)/.test(token)) day = Number.parseInt(token, 10);
    else if (month === null && MONTHS.includes(token.slice(0, 3).toLowerCase())) month = MONTHS.indexOf(token.slice(0, 3).toLowerCase());
    else if (year === null && /^\d{2,4}(?!\d)/.test(token)) year = Number.parseInt(token, 10);
  }
  if (!time || day === null || month === null || year === null) return null;
  if (year >= 70 && year <= 99) year += 1900;
  else if (year >= 0 && year <= 69) year += 2000;
  const [hours, minutes, seconds] = time;
  if (day < 1 || day > 31 || year < 1601 || hours > 23 || minutes > 59 || seconds > 59) return null;
  const date = new Date(Date.UTC(year, month, day, hours, minutes, seconds));
  // 31 February is no date.
  return date.getUTCMonth() === month ? date.getTime() : null;
}
