/** URLs as evidence keeps them: without query, fragment and credentials, and with telling path segments masked. */
import { remembered } from '../model/remembered.ts';

const EMAIL = /[^/@\s]+@[^/@\s]+\.[a-z]{2,}/i;
/** Kazakh individual identification number: twelve digits, the first six a date of birth. */
const IIN = /^\d{12}$/;

/** @returns the cleaned URL; a text that is no URL is cut at the first `?` or `#`. */
export function cleanUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // A claim of the page, or an engine's word such as `<anonymous>`.
    return text.replace(/[?#].*$/s, '').slice(0, 500);
  }
  if (!['http:', 'https:', 'ws:', 'wss:', 'chrome-extension:', 'moz-extension:', 'file:'].includes(url.protocol))
    return `${url.protocol}${url.protocol === 'about:' ? url.pathname : '…'}`;
  return `${url.protocol}//${url.host}${url.pathname.split('/').map(maskSegment).join('/')}`.slice(0, 2000);
}

/** A segment of a path, or a mask where it looks like an address, a person's number or a token. */
export function maskSegment(segment: string): string {
  let plain = segment;
  try {
    plain = decodeURIComponent(segment);
  } catch {
    // Not UTF-8: judged as it is written.
  }
  if (EMAIL.test(plain)) return '[e-mail]';
  if (IIN.test(plain)) return '[iin]';
  return isToken(plain) ? '[token]' : segment;
}

/** Long and random-looking: nobody names a folder so. File names keep their readable form. */
function isToken(segment: string): boolean {
  if (segment.length < 24 || /\.(js|mjs|css|png|jpe?g|gif|svg|webp|woff2?|html?|json|map|php)$/i.test(segment)) return false;
  const longest = segment.split(/[-_.]/).reduce((most, word) => (word.length > most.length ? word : most), '');
  const hex = /^[0-9a-f-]{32,}$/i.test(segment);
  return hex || (longest.length >= 20 && /\d/.test(longest) && /[A-Za-z]/.test(longest));
}

/** The lower-case host of a URL without port, or '' for a text that has none. */
export const hostOf: (text: string) => string = remembered((text) => {
  try {
    return new URL(text).hostname.replace(/^\[|\]$/g, '');
  } catch {
    // `null` origins, `about:` and broken claims have no host.
    return '';
  }
}, 2000);
