/** When requests began, by the page's own clock, for those that no hooked call announced. */
import { MOST_URL, type SendMechanism } from '../channel.ts';
import type { RelayEvent } from '../../messaging/relay-protocol.ts';

/** After a pointer or key goes down, insertions are watched this long: they must be told from what the click itself inserts. */
const WATCH_INSERTIONS = 3000;

/** Resource Timing of this document: https://w3c.github.io/resource-timing/ */
export function watchResources(onResource: (resource: RelayEvent) => void): void {
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
      onResource({
        type: 'resource',
        time: performance.timeOrigin + entry.startTime,
        url: entry.name.slice(0, MOST_URL),
        initiator: entry.initiatorType,
        status: entry.responseStatus || null,
      });
    }
  });
  observer.observe({ type: 'resource', buffered: true });
}

const LOADERS: Record<string, { attribute: 'src' | 'href'; mechanism: SendMechanism }> = {
  script: { attribute: 'src', mechanism: 'script' },
  iframe: { attribute: 'src', mechanism: 'frame' },
  img: { attribute: 'src', mechanism: 'image' },
  link: { attribute: 'href', mechanism: 'style' },
};

/**
 * Tells of inserted scripts, frames, images and styles while armed. Mutation observers run when the current callback
 * ends, before the next event is dispatched, so an insertion is on the right side of the click exactly.
 */
export function createInsertionWatch(onInserted: (inserted: RelayEvent) => void): { arm(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const told = (element: Element): void => {
    const loader = LOADERS[element.localName];
    const url = loader && (element as HTMLScriptElement & HTMLLinkElement)[loader.attribute];
    if (loader && url)
      onInserted({
        type: 'inserted',
        time: performance.timeOrigin + performance.now(),
        mechanism: loader.mechanism,
        url: String(url).slice(0, MOST_URL),
      });
  };
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      if (record.type === 'attributes') told(record.target as Element);
      for (const node of record.addedNodes) {
        if (!(node instanceof Element)) continue;
        told(node);
        node.querySelectorAll('script[src], iframe[src], img[src], link[href]').forEach(told);
      }
    }
  });
  return {
    arm() {
      if (timer !== null) clearTimeout(timer);
      else observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['src', 'href'] });
      timer = setTimeout(() => {
        observer.disconnect();
        timer = null;
      }, WATCH_INSERTIONS);
    },
  };
}
