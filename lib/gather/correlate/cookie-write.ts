/** One write of a cookie as a script's claim or an answer's header told it, and what the jar adds. */
import type { CookieCapture, JarCookie } from '../../model/capture.ts';
import type { CookieFacts } from '../../model/observation.ts';
import type { Draft } from './draft.ts';

export interface Write {
  draft: Draft;
  cookie: CookieCapture;
  /** The host that set it. */
  setter: string;
  deletes: boolean;
  secureOrigin: boolean;
  byScript: boolean;
  matched: boolean;
  /** What the jar was told to hold after it. */
  stored: JarCookie | null;
  task: string | null;
}

export function sameCookie(one: Write, stored: JarCookie): boolean {
  if (stored.domain !== (one.cookie.domain ?? one.setter)) return false;
  // No browser stores other flags than those asked for: with others it is another write of the same value.
  // The `Secure` of a CookieStore write is the browser's own choice.
  if (
    !one.deletes &&
    one.draft.mechanism !== 'cookie-store' &&
    (stored.secure !== one.cookie.secure || stored.httpOnly !== one.cookie.httpOnly)
  )
    return false;
  return one.cookie.path === null || one.cookie.path === stored.path;
}

export function confirm(one: Write, stored: JarCookie | null): void {
  const { draft: seen, deletes } = one;
  one.stored = stored;
  seen.confirmed ??= 'jar';
  if (deletes || !stored || !seen.cookie) return;
  seen.cookie = { ...factsOf(stored, seen.time), asked: seen.cookie.asked, session: seen.cookie.session, domain: seen.cookie.domain };
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
