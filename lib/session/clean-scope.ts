/** What "start clean" is about: the audited site, the recipients seen on it, and which of the browser's data are theirs. */
import type { Cookies } from 'webextension-polyfill';
import { hostOf } from '../gather/url.ts';
import type { Evidence } from '../model/evidence.ts';
import { matchesHost } from '../policy/pattern.ts';
import type { Policy } from '../policy/policy.ts';

export interface CleanScope {
  /** Every host that the audited pages came from or talked to; the site's own first, otherwise in the order of happening. */
  hosts: string[];
  /** The site's own patterns: `*.send-box.com` covers hosts that were not met, for its cookies are one choice. */
  sitePatterns: string[];
  /** Serialised origins (`https://send-box.com`), also those with a port. */
  origins: string[];
}

/**
 * The scope of what was recorded.
 * @param current the page that is to be opened anew: part of the scope even if nothing of it was seen
 */
export function cleanScope(
  { visits, observations }: Pick<Evidence, 'visits' | 'observations'>,
  policy: Policy,
  current: string,
): CleanScope {
  const pages = [current, ...visits.map(({ url }) => url)].filter((url) => policy.isSite(hostOf(url)));
  const urls = [
    ...pages,
    ...observations.flatMap((o) => [
      ...(o.request === null || o.request.internal ? [] : [o.request.url]),
      ...(o.origin === null ? [] : [o.origin]),
    ]),
  ];
  const origins = new Set<string>();
  const hosts = new Set<string>();
  for (const url of urls) {
    const host = hostOf(url);
    if (host === '' || !/^(https?|wss?):/i.test(url)) continue;
    hosts.add(host);
    const { origin } = new URL(url.replace(/^ws/i, 'http'));
    for (const scheme of ['https:', 'http:']) origins.add(origin.replace(/^https?:/, scheme));
    // The page asked its host in the clear or with a port; the other form of the same host is the same party's.
    for (const scheme of ['https:', 'http:']) origins.add(`${scheme}//${host.includes(':') ? `[${host}]` : host}`);
  }
  const own = pages.map(hostOf);
  return {
    hosts: [...hosts].sort((a, b) => Number(policy.isSite(b)) - Number(policy.isSite(a))),
    sitePatterns: policy.sites
      .flatMap((site) => (site.startsWith('*.') ? [site] : [site, `*.${site}`]))
      .filter((pattern) => own.some((host) => matchesHost(pattern, host)) && !/^\*\.[^.]+$/.test(pattern)),
    origins: [...origins],
  };
}

/** Only what was listed to the person: hosts that were met since then stay out. */
export function narrowed(scope: CleanScope, hosts: readonly string[]): CleanScope {
  const listed = new Set(hosts);
  return {
    ...scope,
    hosts: scope.hosts.filter((host) => listed.has(host)),
    origins: scope.origins.filter((origin) => listed.has(hostOf(origin))),
  };
}

type CookiePlace = Pick<Cookies.Cookie, 'domain' | 'hostOnly' | 'partitionKey'>;

/**
 * Whether a cookie belongs to the scope: one of the site's own names, or one that the browser sends to a host of the scope
 * (RFC 6265bis section 5.8.3). Of partitioned cookies only those under the audited site: the others are other sites' visits.
 */
export function inScope({ hosts, sitePatterns }: CleanScope, { domain, hostOnly, partitionKey }: CookiePlace): boolean {
  const name = bareDomain(domain);
  const underSite = partitionKey?.topLevelSite;
  if (underSite !== undefined && underSite !== '' && !isOwn(sitePatterns, hostOf(underSite))) return false;
  if (sitePatterns.some((pattern) => matchesHost(pattern, name))) return true;
  return hosts.some((host) => host === name || (!hostOnly && host.endsWith(`.${name}`)));
}

/** A cookie's domain without leading dot and, for IPv6, without brackets. */
export function bareDomain(domain: string): string {
  return domain.replace(/^\./, '').replace(/^\[|\]$/g, '');
}

/** `topLevelSite` is a registrable domain: the site's own hosts lie at or below it. */
function isOwn(sitePatterns: string[], site: string): boolean {
  return sitePatterns.some((pattern) => matchesHost(pattern, site) || matchesHost(`*.${site}`, pattern.replace(/^\*\./, '')));
}
