/** Parsed and stored cookies as captures: names well formed, values digested. */
import type { Cookies } from 'webextension-polyfill';
import type { CookieCapture, JarCookie } from '../../model/capture.ts';
import { toldText, type CookieReader } from '../cookie-reader.ts';
import type { ParsedCookie } from '../set-cookie.ts';
import { wellFormedName } from '../well-formed.ts';
import type { Digester } from './digest.ts';

export function captureCookie(digester: Digester, cookie: ParsedCookie, now: number): CookieCapture {
  const { name, value, ...attributes } = cookie;
  return { name: wellFormedName(name).name, value: digester.value(name, value, value.length, now), ...attributes };
}

const SAME_SITE: Record<string, string | null> = { no_restriction: 'none', lax: 'lax', strict: 'strict', unspecified: null };

/** Without the dot that the `cookies` API puts before the domain of a cookie that is for its hosts, too. */
export function domainOf({ domain }: Cookies.Cookie): string {
  return domain.replace(/^\./, '');
}

/** A cookie of the `cookies` API; `expirationDate` is in seconds there. */
export function captureJarCookie(digester: Digester, cookie: Cookies.Cookie, now: number, reader: CookieReader): JarCookie {
  const name = toldText(cookie.name, reader);
  return {
    name: wellFormedName(name).name,
    value: digester.value(name, cookie.value, cookie.value.length, now),
    domain: domainOf(cookie),
    hostOnly: cookie.hostOnly,
    path: cookie.path,
    expires: cookie.session || cookie.expirationDate === undefined ? null : cookie.expirationDate * 1000,
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    sameSite: SAME_SITE[cookie.sameSite] ?? null,
    partitioned: Boolean((cookie as { partitionKey?: object }).partitionKey),
  };
}
