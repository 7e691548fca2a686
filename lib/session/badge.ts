/** The number of errors on the extension's icon, judged anew when nothing was observed for a moment. */
import type { Browser } from 'webextension-polyfill';
import type { Audit } from '../model/audit.ts';
import type { Live } from './live.ts';

const QUIET = 1200; // milliseconds
const COLOUR = '#b3261e';

/** @returns a function to call whenever something was observed */
export function createBadge(browser: Browser, audit: (context: Live) => Promise<Audit>): (context: Live) => void {
  const timers = new Map<Live['store'], ReturnType<typeof setTimeout>>();
  const show = async (context: Live): Promise<void> => {
    if (!context.watch.anyTab()) return;
    const { summary } = await audit(context);
    const text = summary.errors > 0 ? String(summary.errors) : '';
    for (const tabId of Object.keys(context.watch.state().tabs).map(Number)) {
      // The tab may be gone by now; then there is nothing to show.
      await browser.action.setBadgeText({ tabId, text }).catch(() => undefined);
      await browser.action.setBadgeBackgroundColor({ tabId, color: COLOUR }).catch(() => undefined);
    }
  };
  return (context) => {
    clearTimeout(timers.get(context.store));
    timers.set(
      context.store,
      setTimeout(() => void show(context), QUIET),
    );
  };
}
