import browser from 'webextension-polyfill';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startRelay } from '../lib/gather/relay/relay.ts';

/**
 * The isolated world beside the hooks of the same documents. Not one of WXT's content scripts: those tell the page of themselves, by a
 * message to its window.
 */
export default defineUnlistedScript(() => {
  startRelay(browser);
});
