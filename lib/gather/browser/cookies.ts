/** Observes the cookie jar: every change, and the whole of it when asked. */
import type { Browser, Cookies } from 'webextension-polyfill';
import type { GatherContext, WithContext } from './context.ts';
import { captureJarCookie } from './capture-cookie.ts';

/** Registers the listener; must run in the first synchronous turn of the background. */
export function observeCookies(browser: Browser, withContext: WithContext, now: () => number): void {
  browser.cookies.onChanged.addListener(({ cookie, removed, cause }) => {
    const time = now();
    withContext((context) => {
      if (!context.watch.concernsCookie(cookie.domain.replace(/^\./, ''))) return;
      context.record({ type: 'jar-change', time, removed, cause, cookie: captureJarCookie(context.digester, cookie, time) });
    }, cookie);
  });
}

/** Both jars, partitioned cookies included: https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/cookies/getAll */
export async function readJar(browser: Browser, { private: ofPrivateWindows }: Pick<GatherContext, 'private'>): Promise<Cookies.Cookie[]> {
  if (!ofPrivateWindows) return browser.cookies.getAll({ partitionKey: {} });
  const store = (await browser.cookies.getAllCookieStores()).find(({ id }) => isPrivateStore(id));
  return store ? browser.cookies.getAll({ partitionKey: {}, storeId: store.id }) : [];
}

/** Chromium numbers its jars, Firefox names them. */
export function isPrivateStore(id: string): boolean {
  return id === '1' || id === 'firefox-private';
}

/** Records what the jar holds of the audit's hosts. */
export async function snapshotJar(browser: Browser, context: GatherContext, reason: string, now: () => number): Promise<void> {
  const cookies = await readJar(browser, context);
  const time = now();
  context.record({
    type: 'jar-snapshot',
    time,
    reason,
    cookies: cookies
      .filter((cookie) => context.watch.concernsCookie(cookie.domain.replace(/^\./, '')))
      .map((cookie) => captureJarCookie(context.digester, cookie, time)),
  });
}
