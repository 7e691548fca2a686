/// <reference types="@wxt-dev/module-svelte" />
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { minify } from 'terser';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';

/** What of this tree made the build: the same as the set-up's stamp, so that an audit names its exact code. */
const build = process.env.CONSENT_AUDIT_BUILD ?? `sha256:${createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')}`;

const WRAPPED = '\0virtual:wxt-content-script-main-world-entrypoint?';
/** What every page of an audited site loads is made small once more, and runs without the framework's wrapping: that logs what is thrown. */
const smallHooks: Plugin = {
  name: 'small-hooks',
  load: {
    order: 'pre',
    handler: (id) => (id.startsWith(WRAPPED) ? `import hooks from ${JSON.stringify(id.slice(WRAPPED.length))};\nhooks.main();` : null),
  },
  async generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !chunk.fileName.endsWith('-hooks.js')) continue;
      const compress = { ecma: 2020, passes: 3, hoist_funs: true, keep_fargs: false, unsafe_arrows: true, unsafe_comps: true } as const;
      chunk.code = (await minify(chunk.code, { ecma: 2020, toplevel: true, compress })).code ?? chunk.code;
    }
  },
};

export default defineConfig({
  modules: ['@wxt-dev/module-svelte', '@wxt-dev/webextension-polyfill'],
  imports: false,
  manifestVersion: 3,
  svelte: { vite: { compilerOptions: { fragments: 'tree' } } },
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: [
      ...['browsingData', 'cookies', 'scripting', 'storage', 'unlimitedStorage', 'webNavigation', 'webRequest'],
      // Chromium has no such permission outside its development channel.
      ...(browser === 'firefox' ? ['dns'] : []),
    ],
    host_permissions: ['<all_urls>'],
    action: { default_title: '__MSG_extensionName__' },
    content_security_policy: { extension_pages: "script-src 'self'; object-src 'none'" },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: { id: 'consent-audit@send-box.com', strict_min_version: '140.0', data_collection_permissions: { required: ['none'] } },
          },
        }
      : { minimum_chrome_version: '126' }),
  }),
  vite: () => ({
    plugins: [smallHooks],
    define: { __BUILD__: JSON.stringify(build) },
    // With `var`, the default, constants are not put where they are used.
    build: { sourcemap: false, rolldownOptions: { output: { topLevelVar: false } } },
  }),
});
