/** Installs all hooks of the page's world, in the order in which a page could use what they guard. */
import { hookCacheStorage } from './cache-storage.ts';
import { hookCookieStore, hookDocumentCookie } from './cookie.ts';
import { hookFileSystem } from './file-system.ts';
import { hookIndexedDB } from './indexed-db.ts';
import { openChannel, report } from './report.ts';
import { hookSends } from './send.ts';
import { hookServiceWorkers } from './service-worker.ts';
import { listenToConsentPlatforms } from './signals.ts';
import { hookStorage } from './storage.ts';

/** Runs once per document and world, at `document_start`. Never throws into the page. */
export function installHooks(): void {
  openChannel();
  const stores = [hookDocumentCookie, hookCookieStore, hookStorage, hookIndexedDB, hookCacheStorage, hookFileSystem, hookServiceWorkers];
  for (const hook of [...stores, hookSends, listenToConsentPlatforms]) {
    try {
      hook();
    } catch {
      // One missing interface (an old engine, a locked-down realm) must not stop the others; the canary shows it.
    }
  }
  // The canary: says to the relay that hooks are alive in this document. Without it the document is a capture gap.
  report({ type: 'canary' });
}
