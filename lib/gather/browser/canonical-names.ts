/**
 * Asks for the canonical names of the audited site's own hosts, which tell a tracker behind a CNAME record. Firefox alone answers
 * (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/dns). Elsewhere they are unknown, and behind a proxy that resolves
 * names: what this machine's resolver would say is not what the proxy connected to, and the resolver would learn of the host by the question.
 */
import type { Browser } from 'webextension-polyfill';
import { hostOf } from '../url.ts';
import type { GatherContext, WithContext } from './context.ts';

/** Hosts of one recording that are asked for. */
const MOST_HOSTS = 200;
/** Given where `network.dns.forceResolve` leads all names to one address: no name. */
const ADDRESS = /^[\d.]+$|:/;

/** https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/proxy/ProxyInfo; left out where there is no proxy. */
interface Proxied {
  proxyInfo?: { type: string; proxyDNS: boolean } | null;
}

/** Registers its listener, where there is something to ask; must run in the first synchronous turn of the background. */
export function observeCanonicalNames(browser: Browser, withContext: WithContext): void {
  const { dns } = browser as Partial<Browser>;
  if (dns) observe(browser, dns, withContext);
}

function observe(browser: Browser, dns: Browser['dns'], withContext: WithContext): void {
  const asked = new WeakMap<GatherContext, Set<string>>();

  async function ask(context: GatherContext, host: string, time: number): Promise<void> {
    try {
      const { canonicalName } = await dns.resolve(host, ['canonical_name']);
      const name = canonicalName?.toLowerCase().replace(/\.$/, '') ?? '';
      if (name !== '' && name !== host && !ADDRESS.test(name)) context.record({ type: 'canonical-name', time, host, name });
    } catch {
      // No such name: the canonical name stays unknown.
    }
  }

  browser.webRequest.onBeforeRequest.addListener(
    (details) => {
      if (isResolvedByProxy(details as Proxied)) return undefined;
      withContext((context) => {
        const host = hostOf(details.url);
        const known = asked.get(context) ?? new Set();
        if (!context.watch.isWatched(details.tabId) || !context.watch.isSite(host) || known.has(host) || known.size >= MOST_HOSTS) return;
        asked.set(context, known.add(host));
        void ask(context, host, details.timeStamp);
      }, details);
      return undefined;
    },
    { urls: ['<all_urls>'] },
  );
}

function isResolvedByProxy({ proxyInfo }: Proxied): boolean {
  return proxyInfo?.type === 'http' || proxyInfo?.type === 'https' || proxyInfo?.proxyDNS === true;
}
