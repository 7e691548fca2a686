/// <reference types="@wxt-dev/module-svelte" />
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'wxt';

/** What of this tree made the build: the same as the set-up's stamp, so that an audit names its exact code. */
const build = process.env.CONSENT_AUDIT_BUILD ?? `sha256:${createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')}`;

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
    define: { __BUILD__: JSON.stringify(build) },
    build: { sourcemap: false },
  }),
});
