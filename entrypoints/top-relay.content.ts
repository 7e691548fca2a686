import browser from 'webextension-polyfill';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { startRelay } from '../lib/gather/relay/relay.ts';

/** The isolated world beside the hooks of the same documents. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  runAt: 'document_start',
  main() {
    if (window === window.top) startRelay(browser);
  },
});
