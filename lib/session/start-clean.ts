/**
 * A clean start: removes what the audited site and the recipients seen on it have stored, and nothing else. The page is left first,
 * so that nothing of it runs and writes again while its data go.
 */
import type { Browser, Cookies, Tabs } from 'webextension-polyfill';
import { readJar } from '../gather/browser/jar.ts';
import { hostOf } from '../gather/url.ts';
import type { CleanPlan, CleanReport } from '../messaging/commands.ts';
import type { Evidence } from '../model/evidence.ts';
import { matchesHost } from '../policy/pattern.ts';
import type { Policy } from '../policy/policy.ts';
import { bareDomain, cleanScope, inScope, narrowed, type CleanScope } from './clean-scope.ts';

const EMPTY = 'about:blank';
/** A page that asks whether it may be left waits for the person. */
const PATIENCE = 15_000; // milliseconds

interface Subject {
  browser: Browser;
  policy: Policy;
  evidence: Evidence;
  tab: number;
  /** Resolves when the documents that are in the tab now have ended: they may write while they are being left. */
  untilGone(tab: number): Promise<void>;
}

/**
 * What a clean start would remove; removes nothing.
 * @throws Error where the tab shows no audited page
 */
export async function previewClean({ browser, policy, evidence, tab: id }: Subject): Promise<CleanPlan> {
  const tab = await auditedTab(browser, policy, id);
  const scope = cleanScope(evidence, policy, tab.url);
  const cookies = await cookiesOf(browser, tab, scope);
  const others = (await browser.tabs.query({})).filter(
    ({ id: other, url, cookieStoreId }) =>
      other !== id && cookieStoreId === tab.cookieStoreId && url !== undefined && policy.isSite(hostOf(url)),
  );
  return {
    url: tab.url,
    hosts: scope.hosts.map((host) => ({ host, own: policy.isSite(host) })),
    cookies: cookies.map(({ name, domain, hostOnly }) => ({ name, domain: bareDomain(domain), hostOnly })),
    otherTabs: others.length,
    onlyOpenDocuments: tab.incognito,
  };
}

/**
 * Removes what the plan listed, calls `forget` while no page of the site is open in the tab, and opens the page again.
 * @param hosts those that the person was shown; hosts met since are not touched
 * @param forget begins the new recording; is told whether nothing of the site and its recipients is stored any more
 * @throws Error where the tab shows no audited page or the page cannot be left
 */
export async function startClean(
  { browser, policy, evidence, tab: id, untilGone }: Subject,
  hosts: readonly string[],
  forget: (clean: boolean) => Promise<void>,
): Promise<CleanReport> {
  const tab = await auditedTab(browser, policy, id);
  const all = cleanScope(evidence, policy, tab.url);
  const scope = narrowed(all, hosts);
  const failures = await eraseInDocuments(browser, id, scope);
  const gone = untilGone(id);
  await leave(browser, id);
  await gone;
  try {
    const removed = await removeCookies(browser, tab, scope);
    // The private window's storage is not reachable through this interface: it would empty the other one's.
    if (!tab.incognito) await removeStorage(browser, tab, scope).catch((error: unknown) => failures.push(messageOf(error)));
    const left = await cookiesOf(browser, tab, all);
    await forget(left.length === 0 && failures.length === 0);
    return { cookies: removed, left: left.map(({ name, domain, hostOnly }) => ({ name, domain: bareDomain(domain), hostOnly })), failures };
  } finally {
    await browser.tabs.update(id, { url: tab.url });
  }
}

type AuditedTab = Tabs.Tab & { url: string; storeId: string | undefined };

async function auditedTab(browser: Browser, policy: Policy, id: number): Promise<AuditedTab> {
  const tab = await browser.tabs.get(id);
  if (tab.url === undefined || !policy.isSite(hostOf(tab.url))) throw new Error('This tab shows no audited page.');
  const stores = await browser.cookies.getAllCookieStores();
  return { ...tab, url: tab.url, storeId: tab.cookieStoreId ?? stores.find(({ tabIds }) => tabIds.includes(id))?.id };
}

/** What the jar that the tab uses holds of the scope. */
async function cookiesOf(browser: Browser, { storeId }: AuditedTab, scope: CleanScope): Promise<Cookies.Cookie[]> {
  const { hosts, sitePatterns } = scope;
  const sites = [...sitePatterns, ...hosts.filter((host) => sitePatterns.some((pattern) => matchesHost(pattern, host)))];
  return (await readJar(browser, sites, storeId)).filter((cookie) => inScope(scope, cookie));
}

/** One by one: the browser's own removal by site takes the whole registrable domain with it. */
async function removeCookies(browser: Browser, tab: AuditedTab, scope: CleanScope): Promise<number> {
  const doomed = await cookiesOf(browser, tab, scope);
  for (const { name, domain, path, secure, storeId, partitionKey } of doomed) {
    const host = bareDomain(domain);
    const url = `${secure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}${path}`;
    // One that cannot be removed is still in the jar afterwards, and is told of there.
    await browser.cookies.remove({ url, name, storeId, ...(partitionKey ? { partitionKey } : {}) }).catch(() => null);
  }
  return doomed.length;
}

/** What outlives the documents, for the listed origins alone. Chromium goes by origin, Firefox by host name. */
async function removeStorage(browser: Browser, tab: AuditedTab, { origins, hosts }: CleanScope): Promise<void> {
  const kept = { localStorage: true, indexedDB: true };
  if (browser.runtime.getURL('').startsWith('moz-extension:')) {
    const { cookieStoreId } = tab;
    await browser.browsingData.remove({ hostnames: hosts, ...(cookieStoreId ? { cookieStoreId } : {}) }, kept);
    // Workers cannot be told apart by container here: those of a container go with its open documents alone.
    if (cookieStoreId === undefined || cookieStoreId === 'firefox-default')
      await browser.browsingData.remove({ hostnames: hosts }, { serviceWorkers: true });
    return;
  }
  const where = { origins } as object;
  await browser.browsingData.remove(where, { ...kept, serviceWorkers: true, cacheStorage: true, fileSystems: true } as object);
}

/** @returns what could not be erased, in words */
async function eraseInDocuments(browser: Browser, id: number, scope: CleanScope): Promise<string[]> {
  const frames = (await browser.webNavigation.getAllFrames({ tabId: id })) ?? [];
  // Frames without an address of their own share their parent's storage.
  const frameIds = frames.filter(({ url }) => scope.hosts.includes(hostOf(url))).map(({ frameId }) => frameId);
  if (frameIds.length === 0) return [];
  const results = await browser.scripting.executeScript({ target: { tabId: id, frameIds }, func: eraseOwnStorage });
  return results.flatMap(({ result, error }) => [...((result as string[] | undefined) ?? []), ...(error ? [messageOf(error)] : [])]);
}

/** Runs in each document of the tab, in the extension's own world: what only the document itself can reach. Uses nothing from outside. */
async function eraseOwnStorage(): Promise<string[]> {
  const failed: string[] = [];
  const attempt = async (what: string, act: () => unknown): Promise<void> => {
    try {
      await act();
    } catch (error) {
      // A document without storage (sandboxed, data:) has nothing to erase.
      if (!(error instanceof DOMException && error.name === 'SecurityError')) failed.push(`${what}: ${String(error)}`);
    }
  };
  await attempt('sessionStorage', () => sessionStorage.clear());
  await attempt('localStorage', () => localStorage.clear());
  await attempt('caches', async () => {
    if (!isSecureContext) return;
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await attempt('opfs', async () => {
    if (!isSecureContext) return;
    const root = await navigator.storage.getDirectory();
    // Asked one by one: seen from the extension's world, Firefox's iterator has no `Symbol.asyncIterator`.
    const names = (root as unknown as { keys(): AsyncIterator<string> }).keys();
    for (let next = await names.next(); !next.done; next = await names.next()) await root.removeEntry(next.value, { recursive: true });
  });
  await attempt('serviceWorker', async () => {
    if (!('serviceWorker' in navigator)) return;
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  });
  return failed;
}

/** Goes to an empty page, and resolves when it is there. */
async function leave(browser: Browser, id: number): Promise<void> {
  let stop = (): void => undefined;
  const left = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The page did not let itself be left.')), PATIENCE);
    const heard = (details: { tabId: number; frameId: number }): void => {
      if (details.tabId === id && details.frameId === 0) resolve();
    };
    browser.webNavigation.onCommitted.addListener(heard);
    stop = () => {
      clearTimeout(timer);
      browser.webNavigation.onCommitted.removeListener(heard);
    };
  });
  try {
    await browser.tabs.update(id, { url: EMPTY });
    await left;
  } finally {
    stop();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
