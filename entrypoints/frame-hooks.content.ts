import { defineContentScript } from 'wxt/utils/define-content-script';
import { installHooks } from '../lib/gather/page/install.ts';

/** World MAIN, `document_start`: frames of other sites in any page, while an audited page is open. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  world: 'MAIN',
  runAt: 'document_start',
  main() {
    if (window !== window.top) installHooks();
  },
});
