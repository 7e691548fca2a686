/**
 * Notices that the page has another address without being another document: `history.pushState`, `replaceState`, a traversal, or the
 * Navigation API. https://html.spec.whatwg.org/multipage/browsing-the-web.html#url-and-history-update-steps
 */
import { MOST_URL } from '../channel.ts';
import type { RelayEvent } from '../../messaging/relay-protocol.ts';

type Route = Extract<RelayEvent, { type: 'route' }>;

/**
 * Tells each new address, query and fragment aside, in the moment in which the page gets it: `currententrychange` is dispatched before
 * `pushState` returns. Browsers without it, and pages that keep events from others, are noticed with what is told next.
 * @returns to be called before anything else is told
 */
export function watchRoutes(onRoute: (route: Route) => void): () => void {
  let { href } = location;
  let known = withoutQuery(href);
  // An empty pop-up gets its opener's address when that writes into it, and is no page of its own.
  if (!/^https?:/.test(known)) return () => undefined;
  const notice = (): void => {
    if (location.href === href) return;
    href = location.href;
    const now = withoutQuery(href);
    if (now === known) return;
    known = now;
    onRoute({ type: 'route', time: performance.timeOrigin + performance.now(), url: now.slice(0, MOST_URL) });
  };
  (window as { navigation?: EventTarget }).navigation?.addEventListener('currententrychange', notice);
  return notice;
}

function withoutQuery(href: string): string {
  const end = href.search(/[?#]/);
  return end < 0 ? href : href.slice(0, end);
}
