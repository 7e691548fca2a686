/** The number of errors on the extension's icon, judged anew when nothing was observed for a moment. */
import type { Browser } from 'webextension-polyfill';
import type { Audit } from '../model/audit.ts';
import type { Live } from './live.ts';

const QUIET = 1200; // milliseconds
const COLOUR = '#b3261e';

/** @returns a function to call whenever something was observed */
export function createBadge(browser: Browser, ready: () => Promise<Live>, audit: (context: Live) => Promise<Audit>): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const show = async (): Promise<void> => {
    const context = await ready();
    if (!context.watch.anyTab()) return;
    const { summary } = await audit(context);
    const text = summary.errors > 0 ? String(summary.errors) : '';
    for (const tabId of Object.keys(context.watch.state().tabs).map(Number)) {
      // The tab may be gone by now; then there is nothing to show.
      await browser.action.setBadgeText({ tabId, text }).catch(() => undefined);
      await browser.action.setBadgeBackgroundColor({ tabId, color: COLOUR }).catch(() => undefined);
    }
  };
  return () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      void show();
    }, QUIET);
  };
}
