import { defineContentScript } from 'wxt/utils/define-content-script';
import { installHooks } from '../lib/gather/page/install.ts';

/** World MAIN, `document_start`: the audited sites' own documents. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  world: 'MAIN',
  runAt: 'document_start',
  main: installHooks,
});
