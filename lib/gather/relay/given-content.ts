/**
 * A document whose content stands in its address or in an attribute (`srcdoc`, `blob:`, `data:`) was written by whoever gave that to its
 * frame. It is told under the same address as the gift, so that the two can be held together.
 */
import { MOST_URL } from '../channel.ts';

/** What stands for the content of a `srcdoc` frame: its own address is that of all such frames. */
export function contentAddress(srcdoc: string): string {
  return `about:srcdoc?${srcdoc}`.slice(0, MOST_URL);
}

/** Of this document, or null where it comes from a server, is written by scripts, or has an origin that hides its frame's element. */
export function givenContent(): string | null {
  const { href } = location;
  if (/^(blob|data):/.test(href)) return href.slice(0, MOST_URL);
  const element = href === 'about:srcdoc' ? (window.frameElement as HTMLIFrameElement | null) : null;
  return element && contentAddress(element.srcdoc);
}
