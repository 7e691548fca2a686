/** Why a browser does not store a cookie that was asked for: RFC 6265bis section 5.7, with what the browsers add. */
import { getPublicSuffix } from 'tldts';

export interface CookieAttempt {
  name: string;
  domain: string | null;
  path: string | null;
  secure: boolean;
  httpOnly: boolean;
  sameSite: string | null;
  partitioned: boolean;
  refused: string | null;
}

/**
 * @param host the host that sets it
 * @param origin of the document or answer that sets it; `null` where it is opaque
 * @param byScript whether a script sets it (not an HTTP answer)
 * @returns the reason as a short stable word, or null where nothing in the string explains a refusal
 */
export function refusalReason(cookie: CookieAttempt, host: string, origin: string, byScript: boolean): string | null {
  if (cookie.refused) return cookie.refused;
  if (byScript && origin === 'null') return 'opaque-origin';
  if (byScript && cookie.httpOnly) return 'http-only-from-script';
  if (cookie.secure && !/^(https|wss):/.test(origin)) return 'secure-from-insecure-origin';
  if (cookie.domain !== null && cookie.domain !== host) {
    if (!host.endsWith(`.${cookie.domain}`)) return 'domain-mismatch';
    if (getPublicSuffix(cookie.domain, { allowPrivateDomains: true }) === cookie.domain) return 'public-suffix';
  }
  const prefixed = cookie.name.toLowerCase();
  if (prefixed.startsWith('__secure-') && !cookie.secure) return 'secure-prefix';
  if (prefixed.startsWith('__host-') && (!cookie.secure || cookie.domain !== null || cookie.path !== '/')) return 'host-prefix';
  if (/^__(?:host-)?http-/.test(prefixed) && !(cookie.secure && cookie.httpOnly)) return 'http-prefix';
  if (cookie.sameSite === 'none' && !cookie.secure) return 'same-site-none-without-secure';
  if (cookie.partitioned && !cookie.secure) return 'partitioned-without-secure';
  return null;
}
