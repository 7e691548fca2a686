/** The number of errors on the extension's icon, judged anew when nothing was observed for a moment. */
import type { Browser } from 'webextension-polyfill';
import type { Live } from './live.ts';

const QUIET = 1200; // milliseconds
/** A long recording takes long to judge: of the time that passes it has this part at most. */
const SHARE = 1 / 20;
/** The browser stops a background that has nothing to do for 30 s, and its timers with it: it shall not rest so long. */
const LONGEST_REST = 20_000; // milliseconds
const COLOUR = '#b3261e';

/** @returns a function to call whenever something was observed */
export function createBadge(browser: Browser, countErrors: (context: Live) => Promise<number>): (context: Live) => void {
  /** Of each recording that is at work: when something was last observed, in the clock of `performance`, and under which settings. */
  const last = new Map<Live['store'], { at: number; context: Live }>();
  /** Of each recording: when it may be judged again. */
  const rested = new Map<Live['store'], number>();
  /** Tabs that were given a number. */
  const numbered = new Set<number>();
  // Where the browser has no place for a colour, the number is enough.
  browser.action.setBadgeBackgroundColor({ color: COLOUR }).catch(() => undefined);
  const counted = async (context: Live): Promise<number> => {
    const begun = performance.now();
    // One judgement at a time.
    rested.set(context.store, Number.POSITIVE_INFINITY);
    try {
      return await countErrors(context);
    } finally {
      const ended = performance.now();
      rested.set(context.store, ended + Math.min((ended - begun) / SHARE, LONGEST_REST));
    }
  };
  const show = async (context: Live): Promise<void> => {
    if (!context.watch.anyTab()) return;
    const errors = await counted(context);
    const text = errors > 0 ? String(errors) : '';
    for (const tabId of Object.keys(context.watch.state().tabs).map(Number)) {
      if (text === '' && !numbered.delete(tabId)) continue;
      // Set anew where it is the same: with its page the browser forgets it.
      if (text !== '') numbered.add(tabId);
      // The tab may be gone by now; then there is nothing to show.
      await browser.action.setBadgeText({ tabId, text }).catch(() => undefined);
    }
  };
  // One timer per recording, that looks whether it may rest: a new one for each of many events costs more than all of them.
  const wait = (store: Live['store'], milliseconds: number): void => {
    setTimeout(() => {
      const observed = last.get(store);
      if (!observed) return;
      const left = Math.max(observed.at + QUIET, rested.get(store) ?? 0) - performance.now();
      if (left > 0) wait(store, Math.min(left, QUIET));
      else {
        last.delete(store);
        void show(observed.context);
      }
    }, milliseconds);
  };
  return (context) => {
    const { store } = context;
    const waiting = last.has(store);
    last.set(store, { at: performance.now(), context });
    if (!waiting) wait(store, QUIET);
  };
}
