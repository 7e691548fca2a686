/** One write of a cookie as a script's claim or an answer's header told it, and what the jar adds. */
import { getDomain } from 'tldts';
import type { BrowserEvent, CookieCapture, JarCookie } from '../../model/capture.ts';
import type { CookieFacts } from '../../model/observation.ts';
import type { Draft } from './draft.ts';
import { SKEW } from './in-time.ts';

export type Change = Extract<BrowserEvent, { type: 'jar-change' }>;

export interface Write {
  draft: Draft;
  cookie: CookieCapture;
  /** The host that set it. */
  setter: string;
  /** Its cookie is for that host alone; null where nobody needs to ask for that. */
  hostOnly: boolean | null;
  /** null where it comes from an address that is not known. */
  path: string | null;
  deletes: boolean;
  byScript: boolean;
  /** In a partition of which the browser tells nothing. */
  untold: boolean;
  /** The jar's word that was taken for this write's. */
  change: Change | null;
  /** What the jar was told to hold after it. */
  stored: JarCookie | null;
  task: string | null;
}

/** A host that shares its cookies with nobody, such as `localhost` or an address, may be named as their domain all the same. */
export function isHostOnly({ domain }: CookieCapture): boolean | null {
  if (domain === null) return true;
  return getDomain(domain, { allowPrivateDomains: true }) === null ? null : false;
}

/** The path of a cookie that asks for none: RFC 6265bis section 5.1.4. @param url of its document or answer, cleaned */
export function defaultPath(url: string): string | null {
  // Parts of the address may be masked.
  if (!/^https?:/.test(url) || /\/\[(?:e-mail|iin|token)\]\//.test(url)) return null;
  const { pathname } = new URL(url);
  return pathname.slice(0, pathname.lastIndexOf('/')) || '/';
}

/** What a jar keeps one cookie at: another one of the same place takes its place. */
export function placeOf({ name, domain, hostOnly, path, partitioned }: JarCookie): string {
  return JSON.stringify([name, domain, hostOnly, path, partitioned]);
}

/** Whether a jar keeps what is written where it keeps the other one, which has the same name. */
export function samePlace(one: Write, held: JarCookie): boolean {
  if (held.domain !== one.draft.host || (one.hostOnly !== null && one.hostOnly !== held.hostOnly)) return false;
  return one.path === null || one.path === held.path;
}

/** Whether the jar may hold this because of that write. */
export function sameCookie(one: Write, stored: JarCookie): boolean {
  // No browser stores other flags than those asked for: with others it is another write of the same value.
  // The `Secure` of a CookieStore write is the browser's own choice.
  const sameFlags =
    one.draft.mechanism === 'cookie-store' || (stored.secure === one.cookie.secure && stored.httpOnly === one.cookie.httpOnly);
  return sameFlags && samePlace(one, stored);
}

/** Whether the deletion may have removed this. */
export function mayRemove(one: Write, removed: JarCookie): boolean {
  if ((one.byScript && removed.httpOnly) || (one.cookie.partitioned && !removed.partitioned)) return false;
  return samePlace(one, removed);
}

/** Whether it is just what was written. */
export function holds(held: JarCookie, one: Write): boolean {
  return held.value.digest === one.cookie.value.digest && sameCookie(one, held);
}

export function confirm(one: Write, stored: JarCookie | null): void {
  const { draft: seen, deletes } = one;
  one.stored = stored;
  seen.confirmed ??= 'jar';
  if (deletes || !stored || !seen.cookie) return;
  const { asked, session, domain } = seen.cookie;
  const facts = factsOf(stored, seen.time);
  seen.cookie = { ...facts, granted: isLate(facts.granted, asked) ? asked : facts.granted, asked, session, domain };
}

/** How long after the browser stored a cookie, or before, a busy machine lets us hear of it; what browsers cut are days. */
const LATE = 5; // seconds

function isLate(granted: number | null, asked: number | null): boolean {
  return granted !== null && asked !== null && Math.abs(granted - asked) <= LATE;
}

export function factsOf(stored: JarCookie, time: number): CookieFacts {
  return {
    domain: stored.hostOnly ? null : stored.domain,
    path: stored.path,
    asked: null,
    granted: stored.expires === null ? null : Math.round((stored.expires - time) / 1000),
    session: stored.expires === null,
    secure: stored.secure,
    httpOnly: stored.httpOnly,
    sameSite: stored.sameSite,
    partitioned: stored.partitioned,
  };
}

/** No browser keeps a cookie for longer. */
const LONGEST = 400 * 86_400; // seconds
/** An `Expires` is told in whole seconds. */
const WHOLE = 1000; // milliseconds

/** Whether the cookie ends when this write would have it end. */
export function endsAlike(one: Write, { expires }: JarCookie): boolean {
  const { asked } = one.cookie;
  if (asked === null || expires === null) return asked === expires;
  return Math.abs(one.draft.time + Math.min(asked, LONGEST) * 1000 - expires) <= WHOLE + SKEW;
}
