/** Observes the cookie jar: every change, and the whole of it when asked. */
import type { Browser, Cookies } from 'webextension-polyfill';
import type { InContainer } from '../../model/capture.ts';
import type { GatherContext, WithContext } from './context.ts';
import { READER } from '../cookie-reader.ts';
import { siteOf } from '../partition.ts';
import { hostOf } from '../url.ts';
import { captureJarCookie, domainOf } from './capture-cookie.ts';
import { inContainer } from './container.ts';
import { readJar, topLevelSites } from './jar.ts';

/** Registers the listener; must run in the first synchronous turn of the background. */
export function observeCookies(browser: Browser, withContext: WithContext, now: () => number): void {
  browser.cookies.onChanged.addListener(({ cookie, removed, cause }) => {
    const time = now();
    withContext((context) => {
      const container = inContainer(cookie.storeId);
      if (!concerns(context, cookie, container) || (!removed && isForOthers(context, cookie, time))) return;
      context.record({
        type: 'jar-change',
        time,
        ...container,
        removed,
        cause,
        cookie: captureJarCookie(context.digester, cookie, time, READER),
      });
    }, cookie);
  });
}

/** One cookie jar: the browser's own, a container's, or that of private windows. */
interface Jar extends InContainer {
  cookies: Cookies.Cookie[];
}

/** The jars that audited pages use. */
async function readJars(browser: Browser, context: GatherContext): Promise<Jar[]> {
  const sites = sitesOf(context);
  if (context.private) {
    const store = (await browser.cookies.getAllCookieStores()).find(({ id }) => isPrivateStore(id));
    return [{ cookies: store ? await readJar(browser, sites, store.id) : [] }];
  }
  const contained = context.watch.containers().map(async (cookieStore) => ({
    cookieStore,
    // Containers may be switched off meanwhile: their cookies are gone then.
    cookies: await readJar(browser, sites, cookieStore).catch(() => []),
  }));
  return [{ cookies: await readJar(browser, sites) }, ...(await Promise.all(contained))];
}

/** The site's patterns, and those of its hosts that were met. */
function sitesOf({ sites, watch }: GatherContext): string[] {
  return [...sites, ...watch.state().hosts.filter(watch.isSite)];
}

/** Chromium numbers its jars, Firefox names them. */
export function isPrivateStore(id: string): boolean {
  return id === '1' || id === 'firefox-private';
}

function concerns(context: GatherContext, cookie: Cookies.Cookie, { cookieStore }: InContainer): boolean {
  return context.watch.concernsCookie(domainOf(cookie), cookieStore) && isUnderSite(context, cookie.partitionKey?.topLevelSite);
}

/** Without an audited page a third party's cookies are set for other pages. */
function isForOthers({ watch }: GatherContext, cookie: Cookies.Cookie, time: number): boolean {
  return !watch.isSite(domainOf(cookie)) && !cookie.partitionKey && !watch.isAtWork(time);
}

/** Of partitioned cookies only those under the site's pages: the others are of visits to other sites. */
function isUnderSite(context: GatherContext, topLevelSite: string | undefined): boolean {
  if (!topLevelSite || context.watch.isSite(hostOf(topLevelSite))) return true;
  return topLevelSites(sitesOf(context)).includes(siteOf(topLevelSite));
}

/** Records what the jars hold of the audit's hosts. */
export async function snapshotJars(browser: Browser, context: GatherContext, reason: string, now: () => number): Promise<void> {
  const asked = now();
  for (const { cookies, ...container } of await readJars(browser, context)) {
    const time = now();
    context.record({
      type: 'jar-snapshot',
      time,
      ...container,
      reason,
      asked,
      cookies: cookies
        .filter((cookie) => concerns(context, cookie, container))
        .map((cookie) => captureJarCookie(context.digester, cookie, time, READER)),
    });
  }
}

/** Of each jar, whether it holds nothing of the audit's hosts. */
export async function cleanJars(browser: Browser, context: GatherContext): Promise<(InContainer & { clean: boolean })[]> {
  const jars = await readJars(browser, context);
  return jars.map(({ cookies, ...container }) => ({
    ...container,
    clean: !cookies.some((cookie) => concerns(context, cookie, container)),
  }));
}
