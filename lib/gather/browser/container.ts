/** Firefox's containers: https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Work_with_contextual_identities */
import type { InContainer } from '../../model/capture.ts';

/** What a capture says of where it belongs. Private windows are no container: they have a recording of their own. */
export function inContainer(cookieStoreId: string | undefined): InContainer {
  return cookieStoreId?.startsWith('firefox-container-') ? { cookieStore: cookieStoreId } : {};
}
