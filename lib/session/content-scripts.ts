/** Registers the content scripts where the audit needs them, and nowhere else. */
import type { Browser, Scripting } from 'webextension-polyfill';

type Script = Scripting.RegisteredContentScript & { matchOriginAsFallback: boolean; world: 'MAIN' | 'ISOLATED' };

/** Both worlds' scripts, for all documents of the sites or for frames of others. */
function pair(of: 'site' | 'frame', matches: string[], excludeMatches: string[] = []): Script[] {
  return (['hooks', 'relay'] as const).map((part) => ({
    id: `${of}-${part}`,
    // The hooks are built as content scripts, the relays as scripts of their own (entrypoints/site-relay.ts says why).
    js: [part === 'hooks' ? `content-scripts/${of}-hooks.js` : `${of}-relay.js`],
    matches,
    ...(excludeMatches.length > 0 ? { excludeMatches } : {}),
    allFrames: true,
    matchOriginAsFallback: true,
    runAt: 'document_start',
    world: part === 'hooks' ? 'MAIN' : 'ISOLATED',
    persistAcrossSessions: true,
  }));
}

/** `send-box.com` and `*.send-box.com` as match patterns, for http and https. */
function matchPatterns(sites: string[]): string[] {
  return [...new Set(sites.map((site) => `*://${site.includes(':') ? `[${site}]` : site}/*`))];
}

/** The audited sites' own documents, in whatever frame, with those that they write themselves (`about:blank`, `srcdoc`, `blob:`). */
export function registerSiteScripts(browser: Browser, sites: string[]): Promise<void> {
  const matches = matchPatterns(sites);
  return inTurn(() => replace(browser, pair('site', matches)));
}

/**
 * Frames of other sites, because an audited page may embed anything; registered only while an audited page is open, and
 * each relay in a page that is not audited is told to retire.
 */
export function registerOtherFrames(browser: Browser, sites: string[], wanted: boolean): Promise<void> {
  const scripts = pair('frame', ['<all_urls>'], matchPatterns(sites));
  return inTurn(async () => {
    const registered = await registeredIds(browser);
    if (wanted === scripts.every(({ id }) => registered.has(id))) return;
    if (wanted) await replace(browser, scripts);
    else await browser.scripting.unregisterContentScripts({ ids: scripts.map(({ id }) => id) });
  });
}

let last: Promise<unknown> = Promise.resolve();

/** One after the other: of two that find a script missing at once the second is refused, for its id is there by then. */
function inTurn(change: () => Promise<void>): Promise<void> {
  const mine = last.then(change);
  // A failure is its caller's; the next one has its turn all the same.
  last = mine.catch(() => undefined);
  return mine;
}

async function registeredIds(browser: Browser): Promise<Set<string>> {
  return new Set((await browser.scripting.getRegisteredContentScripts()).map(({ id }) => id));
}

async function replace(browser: Browser, scripts: Script[]): Promise<void> {
  const registered = await registeredIds(browser);
  const known = scripts.filter(({ id }) => registered.has(id));
  const fresh = scripts.filter(({ id }) => !registered.has(id));
  if (known.length > 0) await browser.scripting.updateContentScripts(known);
  if (fresh.length > 0) await browser.scripting.registerContentScripts(fresh);
}
