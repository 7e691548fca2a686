/** Whose host it is: the site's own or another's. */
import { getDomain } from 'tldts';
import type { Policy } from '../../policy/policy.ts';

/** The host of a URL, without brackets around an IPv6 address; null where the text is no URL or has no host. */
export function hostOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return host === '' ? null : host;
}

/** The registrable domain (public suffix list, private suffixes included); of addresses and single-label names the host itself. */
export function domainOf(host: string): string {
  return getDomain(host, { allowPrivateDomains: true }) ?? host;
}

/**
 * `first` for the policy's sites and for hosts of the same registrable domain as the top page (public suffix list, private
 * suffixes included, as browsers decide what is the same site); addresses and single-label names only equal themselves.
 */
export function partyLookup(policy: Policy): (host: string, page: string) => 'first' | 'third' {
  const domains = new Map<string, string>();
  const remembered = (host: string): string => {
    const domain = domains.get(host) ?? domainOf(host);
    domains.set(host, domain);
    return domain;
  };
  return (host, page) => {
    if (policy.isSite(host)) return 'first';
    const top = hostOf(page);
    if (top === null) return 'third';
    return host === top || remembered(host) === remembered(top) ? 'first' : 'third';
  };
}
