/** Observes the cookie jar: every change, and the whole of it when asked. */
import type { Browser, Cookies } from 'webextension-polyfill';
import type { InContainer } from '../../model/capture.ts';
import type { GatherContext, WithContext } from './context.ts';
import { READER } from '../cookie-reader.ts';
import { captureJarCookie } from './capture-cookie.ts';
import { inContainer } from './container.ts';

/** Registers the listener; must run in the first synchronous turn of the background. */
export function observeCookies(browser: Browser, withContext: WithContext, now: () => number): void {
  browser.cookies.onChanged.addListener(({ cookie, removed, cause }) => {
    const time = now();
    withContext((context) => {
      const container = inContainer(cookie.storeId);
      if (!concerns(context, cookie, container)) return;
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

/** The jars that audited pages use, partitioned cookies included: https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/cookies/getAll */
async function readJars(browser: Browser, { private: ofPrivateWindows, watch }: GatherContext): Promise<Jar[]> {
  if (ofPrivateWindows) {
    const store = (await browser.cookies.getAllCookieStores()).find(({ id }) => isPrivateStore(id));
    return [{ cookies: store ? await browser.cookies.getAll({ partitionKey: {}, storeId: store.id }) : [] }];
  }
  const contained = watch.containers().map(async (cookieStore) => ({
    cookieStore,
    // Containers may be switched off meanwhile: their cookies are gone then.
    cookies: await browser.cookies.getAll({ partitionKey: {}, storeId: cookieStore }).catch(() => []),
  }));
  return [{ cookies: await browser.cookies.getAll({ partitionKey: {} }) }, ...(await Promise.all(contained))];
}

/** Chromium numbers its jars, Firefox names them. */
export function isPrivateStore(id: string): boolean {
  return id === '1' || id === 'firefox-private';
}

function concerns({ watch }: GatherContext, { domain }: Cookies.Cookie, { cookieStore }: InContainer): boolean {
  return watch.concernsCookie(domain.replace(/^\./, ''), cookieStore);
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
