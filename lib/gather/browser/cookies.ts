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
    });
  });
}

/** Both jars, partitioned cookies included: https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/cookies/getAll */
export async function readJar(browser: Browser): Promise<Cookies.Cookie[]> {
  return browser.cookies.getAll({ partitionKey: {} });
}

/** Records what the jar holds of the audit's hosts. */
export async function snapshotJar(browser: Browser, context: GatherContext, reason: string, now: () => number): Promise<void> {
  const cookies = await readJar(browser);
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
