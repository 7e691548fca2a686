/**
 * What the background finds out about its own past: a recording that is not there any more, a browser or an extension that was
 * started anew, events that died with a background which could not write. Each is a gap.
 */
import type { Browser } from 'webextension-polyfill';
import { inContainer } from '../gather/browser/container.ts';
import { hostOf, cleanUrl } from '../gather/url.ts';
import type { BrowserEvent } from '../model/capture.ts';
import { loadRecording, saveRecording } from '../settings/recording.ts';
import type { StoreTrouble } from '../store/captures.ts';
import type { Opened } from '../store/database.ts';

/** In `storage.session`, which lives as long as browser and extension do. */
const ALIVE = 'alive';
const TROUBLE = 'trouble';

export interface Continuity {
  /** The database was opened: is it still the one with the recording? */
  opened(opened: Opened): void;
  /** The store cannot write, or can again. */
  troubled(trouble: StoreTrouble | null): void;
  /** Looks back; call once when the background starts. Resolves with whether one lived before it, in this session of the browser. */
  begin(): Promise<boolean>;
  /** The recording begins anew. */
  cleared(): Promise<void>;
  /** Resolves when everything found out so far is appended. */
  settled(): Promise<void>;
}

/** @param append stores an event of the browser */
export function createContinuity(browser: Browser, now: () => number, append: (event: BrowserEvent) => void): Continuity {
  const startedAt = now();
  let identity: string | null = null;
  let finding: Promise<void> = Promise.resolve();

  const gap = (from: number, to: number, reason: string): void => append({ type: 'gap', time: now(), from, to, reason, lost: 0 });

  async function compare(opened: Opened): Promise<void> {
    identity = opened.identity;
    const mark = await loadRecording(browser);
    if (mark?.identity === identity) return;
    const since = now();
    const reason = opened.setAside === null ? 'recording-gone' : `recording-set-aside: ${opened.setAside}`;
    if (mark || opened.setAside !== null) gap(mark?.since ?? startedAt, since, reason);
    await saveRecording(browser, { identity, since });
  }

  return {
    opened(opened) {
      finding = finding.then(() => compare(opened));
    },
    troubled(trouble) {
      // A background that dies in the meantime takes what it holds with it: the next one must know.
      if (trouble) void browser.storage.session.set({ [TROUBLE]: { since: trouble.since, error: trouble.error } });
      else void browser.storage.session.remove(TROUBLE);
    },
    async begin() {
      const [session, mark] = await Promise.all([browser.storage.session.get([ALIVE, TROUBLE]), loadRecording(browser)]);
      if (!session[ALIVE] && mark) append({ type: 'session-start', time: startedAt });
      const trouble = session[TROUBLE] as Pick<StoreTrouble, 'since' | 'error'> | undefined;
      if (trouble) gap(trouble.since, startedAt, `store-not-writing: ${trouble.error}`);
      await browser.storage.session.set({ [ALIVE]: true });
      await browser.storage.session.remove(TROUBLE);
      return session[ALIVE] === true;
    },
    async cleared() {
      await finding;
      if (identity !== null) await saveRecording(browser, { identity, since: now() });
    },
    settled: () => finding,
  };
}

/**
 * After an installation, an update or a reload of the extension: pages of the site that are open already have no content scripts, or
 * old ones that nobody hears. Until they are left, what they do is not seen.
 */
export async function unseenPages(
  browser: Browser,
  isSite: (host: string) => boolean,
  at: number,
): Promise<{ tab: number; gap: BrowserEvent }[]> {
  const tabs = await browser.tabs.query({});
  return tabs.flatMap(({ id: tab, url, cookieStoreId }) => {
    if (tab === undefined || url === undefined || !isSite(hostOf(url))) return [];
    const reason = `page-open-before: ${cleanUrl(url)}`;
    return { tab, gap: { type: 'gap', time: at, ...inContainer(cookieStoreId), from: at, to: at, reason, lost: 0, tab } };
  });
}
