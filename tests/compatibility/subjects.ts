/** The compatibility set: libraries as they are published, each with what a page does with them. A file in `page` is that page's script. */
export interface Subject {
  /** Also the first label of the page's host: each has an origin of its own. */
  id: string;
  /** Published files that the page loads, below `node_modules`. */
  scripts: string[];
  /** Published files that those load themselves. */
  further?: string[];
  /** What the page sets up before them. */
  before?: string;
  /** In `page`; default: of the same name as the subject. */
  script?: string;
  /** What the page's script imports goes into it, for packages that are published as modules only. */
  bundled?: true;
}

/** A page that does without any library: what it asks of the platform's own objects. */
const platform: Subject[] = [{ id: 'natives', scripts: [] }];

const frameworks: Subject[] = [
  { id: 'jquery', scripts: ['jquery/dist/jquery.js'] },
  { id: 'react', scripts: [], bundled: true },
  { id: 'vue', scripts: ['vue/dist/vue.global.prod.js'] },
  { id: 'svelte', scripts: [], bundled: true },
  { id: 'preact', scripts: ['preact/dist/preact.umd.js', 'preact/hooks/dist/hooks.umd.js'] },
  { id: 'htmx', scripts: ['htmx.org/dist/htmx.js'] },
];

/** They put their own functions where ours are. */
const patches: Subject[] = [
  { id: 'zone', scripts: ['zone.js/bundles/zone.umd.js'] },
  { id: 'core-js', scripts: ['core-js-bundle/index.js'] },
];

const wrappers: Subject[] = [
  {
    id: 'storage-wrappers',
    scripts: [
      'js-cookie/dist/js.cookie.js',
      'store2/dist/store2.js',
      'lz-string/libs/lz-string.js',
      'universal-cookie/umd/universalCookie.js',
    ],
  },
  { id: 'databases', scripts: ['localforage/dist/localforage.js', 'idb/build/umd.js', 'dexie/dist/dexie.js'] },
  { id: 'requests', scripts: ['axios/dist/axios.js'] },
];

const PLATFORMS: [id: string, script: string, before: string, ...further: string[]][] = [
  ['vanilla-cookieconsent', 'vanilla-cookieconsent/dist/cookieconsent.umd.js', ''],
  [
    'klaro',
    'klaro/dist/klaro.js',
    `window.klaroConfig = { lang: 'en', mustConsent: true, acceptAll: true, translations: { en: { privacyPolicyUrl: '/p' } },
        services: [{ name: 'session', purposes: ['security'], required: true }, { name: 'counter', purposes: ['analytics'], callback: (consent) => see('callback', consent) }] };`,
  ],
  [
    'orejime',
    'orejime/dist/orejime-standard-en.js',
    `window.orejimeConfig = { purposes: [{ id: 'analytics', title: 'Analytics', cookies: ['_ga'] }], privacyPolicyUrl: '/p' };`,
  ],
  [
    'tarteaucitron',
    'tarteaucitronjs/tarteaucitron.js',
    '',
    'tarteaucitronjs/lang/tarteaucitron.en.js',
    'tarteaucitronjs/tarteaucitron.services.js',
    'tarteaucitronjs/css/tarteaucitron.css',
  ],
  ['osano', 'cookieconsent/build/cookieconsent.min.js', ''],
];
const platforms: Subject[] = PLATFORMS.map(([id, script, before, ...further]) => ({
  id,
  scripts: [script],
  before,
  further,
  script: 'consent-platforms',
}));

const trackers: Subject[] = [
  { id: 'mixpanel', scripts: ['mixpanel-browser/dist/mixpanel.umd.js'], script: 'trackers' },
  { id: 'posthog', scripts: ['posthog-js/dist/array.no-external.js'], script: 'trackers' },
];

export const SUBJECTS: Subject[] = [...platform, ...frameworks, ...patches, ...wrappers, ...platforms, ...trackers];
