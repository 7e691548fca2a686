/** Installs all hooks of the page's world, in the order in which a page could use what they guard. */
import { REOPENED_EVENT } from '../channel.ts';
import { hookApis } from './apis.ts';
import { hookCacheStorage } from './cache-storage.ts';
import { attempt } from './clip.ts';
import { isOurs } from './conceal.ts';
import { hookCookieStore, hookDocumentCookie } from './cookie.ts';
import { hookElements } from './elements.ts';
import { hookErrors } from './errors.ts';
import { hookFileSystem } from './file-system.ts';
import { dispatchOn, each, listenOn } from './guarded.ts';
import { hookGuests } from './guests.ts';
import { hookIndexedDB } from './indexed-db.ts';
import type { Realm } from './realm.ts';
import { hear, openChannel, report } from './report.ts';
import { hookSends } from './send.ts';
import { hookServiceWorkers } from './service-worker.ts';
import { listenToConsentPlatforms } from './signals.ts';
import { hookSourceText } from './source-text.ts';
import { hookStorage } from './storage.ts';

const HOOKS: ((realm: Realm) => void)[] = [
  hookSourceText,
  hookErrors,
  hookDocumentCookie,
  hookCookieStore,
  hookStorage,
  hookSends,
  hookElements,
  hookApis,
  (realm) => hookGuests(realm, hookRealm),
];

function hookRealm(realm: Realm): void {
  // One missing interface (an old engine, a locked-down realm) must not stop the others; the canary shows it.
  each(HOOKS, (hook) => attempt(() => hook(realm)));
}

/** Runs once per document and world, at `document_start`. Never throws into the page. */
export function installHooks(): void {
  openChannel();
  hookRealm(window);
  // Of this document's own world alone: a first, empty document of another window is gone before it has stores of its own.
  each([hookIndexedDB, hookCacheStorage, hookFileSystem, hookServiceWorkers, listenToConsentPlatforms], attempt);
  listenAgainWhenReopened();
  // The canary: says to the relay that hooks are alive in this document. Without it the document is a capture gap.
  if (areAlive()) report({ type: 'canary' });
}

/** A page may also put another root into its document, which removes no listener: only where ours is gone the others are too. */
function listenAgainWhenReopened(): void {
  // A name that no page can listen for.
  const name = `${Math.random()}`;
  let heard = false;
  const listen = (): void => listenOn(document, name, () => void (heard = true));
  listen();
  hear(REOPENED_EVENT, () => {
    heard = false;
    dispatchOn(document, name);
    if (heard) return;
    listen();
    attempt(listenToConsentPlatforms);
  });
}

/** A page that froze what a frame will hook before its document came is told of as a gap. */
function areAlive(): boolean {
  return (
    isOurs(Document, 'cookie', 'set') &&
    isOurs(Storage, 'setItem', 'value') &&
    isOurs(window, 'localStorage', 'get') &&
    isOurs(window, 'sessionStorage', 'get') &&
    isOurs(window, 'fetch', 'value')
  );
}
