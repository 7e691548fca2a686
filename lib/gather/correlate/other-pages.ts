/**
 * What pages may have done that are not audited. They share the jar of a third party with those that are, and that of a domain with its
 * other hosts: where nobody was seen writing, it may have been one of them, at the same time or long before. Partitioned cookies are of the
 * audited site's pages alone.
 */
import type { BrowserEvent, CookieCapture, JarCookie } from '../../model/capture.ts';
import { hostOf } from '../url.ts';
import { SKEW } from './in-time.ts';

export interface OtherPages {
  /** Whether one may have written what the jar held at this time (epoch milliseconds). */
  mayHaveWritten(held: JarCookie, time: number): boolean;
  /** Whether a request that names no tab may be one's, or a worker's that is at work for one. Pages of the site are its own, whoever asks. */
  mayHaveAsked(request: Extract<BrowserEvent, { type: 'request' }>): boolean;
}

/** @param browser the browser's events in order of time */
export function findOtherPages(browser: BrowserEvent[], isSite: (host: string) => boolean): OtherPages {
  const since = othersSince(browser);
  // Every host below its domain may write a cookie that has one, audited or not.
  const isSitesAlone = ({ domain, hostOnly }: JarCookie): boolean => isSite(domain) && (hostOnly || isSite(`any.${domain}`));
  return {
    mayHaveWritten: (held, time) => !held.partitioned && !isSitesAlone(held) && time >= since,
    mayHaveAsked: ({ tab, initiatorOrigin, resourceType, time }) =>
      tab < 0 && resourceType !== 'main_frame' && initiatorOrigin !== null && !isSite(hostOf(initiatorOrigin)) && time >= since,
  };
}

/** Since when other pages may be at work: always in a person's browser; in one started for the audit, once one was led to. */
function othersSince(browser: BrowserEvent[]): number {
  if (!browser.some((event) => event.type === 'profile' && event.dedicated)) return -Infinity;
  const first = browser.find(({ type }) => type === 'other-page');
  // What it asks for may be answered before anybody is told that it has begun.
  return first ? first.time - SKEW : Infinity;
}

/** What is known of all that was seen being written: by its value the jar's entry is recognised. */
export function seenWrites(written: CookieCapture[]): (held: JarCookie) => boolean {
  const key = ({ name, value }: Pick<JarCookie, 'name' | 'value'>): string => `${value.digest} ${name}`;
  const known = new Set(written.map(key));
  return (held) => known.has(key(held));
}
