/** Installs all hooks of the page's world, in the order in which a page could use what they guard. */
import { hookCookieStore, hookDocumentCookie } from './cookie.ts';
import { openChannel, report } from './report.ts';
import { hookSends } from './send.ts';
import { listenToConsentPlatforms } from './signals.ts';
import { hookStorage } from './storage.ts';

/** Runs once per document and world, at `document_start`. Never throws into the page. */
export function installHooks(): void {
  openChannel();
  for (const hook of [hookDocumentCookie, hookCookieStore, hookStorage, hookSends, listenToConsentPlatforms]) {
    try {
      hook();
    } catch {
      // One missing interface (an old engine, a locked-down realm) must not stop the others; the canary shows it.
    }
  }
  // The canary: says to the relay that hooks are alive in this document. Without it the document is a capture gap.
  report({ type: 'canary' });
}
