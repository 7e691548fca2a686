/** Registers the content scripts where the audit needs them, and nowhere else. */
import type { Browser, Scripting } from 'webextension-polyfill';

const TOP = ['top-hooks', 'top-relay'] as const;
const FRAMES = ['frame-hooks', 'frame-relay'] as const;

type Script = Scripting.RegisteredContentScript & { matchOriginAsFallback: boolean; world: 'MAIN' | 'ISOLATED' };

function script(id: string, matches: string[], allFrames: boolean): Script {
  return {
    id,
    js: [`content-scripts/${id}.js`],
    matches,
    allFrames,
    matchOriginAsFallback: true,
    runAt: 'document_start',
    world: id.endsWith('hooks') ? 'MAIN' : 'ISOLATED',
    persistAcrossSessions: true,
  };
}

/** `send-box.com` and `*.send-box.com` as match patterns, for http and https. */
export function matchPatterns(sites: string[]): string[] {
  return [...new Set(sites.map((site) => `*://${site.includes(':') ? `[${site}]` : site}/*`))];
}

/** Top documents of the audited sites only. */
export async function registerTopScripts(browser: Browser, sites: string[]): Promise<void> {
  await replace(
    browser,
    TOP.map((id) => script(id, matchPatterns(sites), false)),
  );
}

/**
 * Frames anywhere, because an audited page may embed anything; registered only while an audited page is open, and
 * each relay in a page that is not audited is told to retire.
 */
export async function registerFrameScripts(browser: Browser, wanted: boolean): Promise<void> {
  const registered = await registeredIds(browser);
  if (wanted === FRAMES.every((id) => registered.has(id))) return;
  if (wanted)
    await replace(
      browser,
      FRAMES.map((id) => script(id, ['<all_urls>'], true)),
    );
  else await browser.scripting.unregisterContentScripts({ ids: [...FRAMES] });
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
