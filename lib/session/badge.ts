/** The number of errors on the extension's icon, judged anew when nothing was observed for a moment. */
import type { Browser } from 'webextension-polyfill';
import type { Live } from './live.ts';

const QUIET = 1200; // milliseconds
const COLOUR = '#b3261e';

/** @returns a function to call whenever something was observed */
export function createBadge(browser: Browser, countErrors: (context: Live) => Promise<number>): (context: Live) => void {
  /** Of each recording that is at work: when something was last observed, in the clock of `performance`, and under which settings. */
  const last = new Map<Live['store'], { at: number; context: Live }>();
  // Where the browser has no place for a colour, the number is enough.
  browser.action.setBadgeBackgroundColor({ color: COLOUR }).catch(() => undefined);
  const show = async (context: Live): Promise<void> => {
    if (!context.watch.anyTab()) return;
    const errors = await countErrors(context);
    const text = errors > 0 ? String(errors) : '';
    for (const tabId of Object.keys(context.watch.state().tabs).map(Number)) {
      // The tab may be gone by now; then there is nothing to show.
      await browser.action.setBadgeText({ tabId, text }).catch(() => undefined);
    }
  };
  // One timer per recording, that looks whether it may rest: a new one for each of many events costs more than all of them.
  const wait = (store: Live['store'], milliseconds: number): void => {
    setTimeout(() => {
      const observed = last.get(store);
      if (!observed) return;
      const left = observed.at + QUIET - performance.now();
      if (left > 0) wait(store, left);
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
