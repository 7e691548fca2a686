/**
 * Rows of our own: analytics that sites take from npm and that the table does not have. Only names that the vendor's own source or
 * documentation gives; `source` says which.
 */
import type { CatalogueCategory } from './catalogue.ts';
import type { HostRow, StorageRow } from './known-trackers.ts';

interface Origin {
  service: string;
  vendor: string;
  category: CatalogueCategory;
  basis: string;
  source: string;
}

const POSTHOG: Origin = {
  service: 'PostHog',
  vendor: 'PostHog',
  category: 'analytical',
  basis: 'vendor-source',
  source: 'npm posthog-js 1.449.2',
};
const MIXPANEL: Origin = {
  service: 'Mixpanel',
  vendor: 'Mixpanel',
  category: 'analytical',
  basis: 'vendor-source',
  source: 'npm mixpanel-browser 2.83.0',
};
const AMPLITUDE: Origin = {
  service: 'Amplitude',
  vendor: 'Amplitude',
  category: 'analytical',
  basis: 'vendor-doc',
  source: 'https://amplitude.com/docs/get-started/cookies-and-consent-management',
};
const MATOMO: Origin = {
  service: 'Matomo',
  vendor: 'InnoCraft',
  category: 'analytical',
  basis: 'observed',
  source: 'names and paths seen in public code',
};
const SEGMENT: Origin = {
  service: 'Segment',
  vendor: 'Twilio',
  category: 'analytical',
  basis: 'vendor-source',
  source: 'https://github.com/segmentio/analytics-next',
};
const SNOWPLOW: Origin = {
  service: 'Snowplow',
  vendor: 'Snowplow Analytics',
  category: 'analytical',
  basis: 'vendor-doc',
  source: 'https://docs.snowplow.io/docs/sources/web-trackers/cookies-and-local-storage/',
};
const HEAP: Origin = {
  service: 'Heap',
  vendor: 'Contentsquare',
  category: 'analytical',
  basis: 'observed',
  source: 'names seen in public code',
};
const RUDDERSTACK: Origin = {
  service: 'RudderStack',
  vendor: 'RudderStack',
  category: 'analytical',
  basis: 'vendor-source',
  source: 'https://github.com/rudderlabs/rudder-sdk-js',
};
const JIVOSITE: Origin = {
  service: 'JivoSite chat',
  vendor: 'Jivo',
  category: 'functional',
  basis: 'observed',
  source: 'names seen in public code',
};
const UMAMI: Origin = {
  service: 'Umami',
  vendor: 'Umami Software',
  category: 'analytical',
  basis: 'vendor-doc',
  source: 'https://umami.is/docs',
};
const PLAUSIBLE: Origin = {
  service: 'Plausible',
  vendor: 'Plausible Insights',
  category: 'analytical',
  basis: 'vendor-doc',
  source: 'https://plausible.io/docs',
};
const AMPLITUDE_REPLAY: Origin = {
  service: 'Amplitude',
  vendor: 'Amplitude',
  category: 'analytical',
  basis: 'vendor-source',
  source: 'npm @amplitude/session-replay-browser 1.51.6',
};
/** Counts for Google on which days a library of Firebase was used, and with what. */
const FIREBASE: Origin = {
  service: 'Firebase',
  vendor: 'Google',
  category: 'functional',
  basis: 'vendor-source',
  source: 'npm @firebase/app 0.16.5',
};
const FIREBASE_INSTALLATIONS: Origin = { ...FIREBASE, source: 'npm @firebase/installations 0.6.24' };
const FIREBASE_MESSAGING: Origin = { ...FIREBASE, source: 'npm @firebase/messaging 0.13.3' };

function keys(origin: Origin, storage: StorageRow['storage'], match: StorageRow['match'], patterns: readonly string[]): StorageRow[] {
  return patterns.map((pattern) => ({ ...origin, storage, match, pattern }));
}

function host(origin: Origin, name: string, paths: readonly string[]): HostRow {
  return { ...origin, host: name, paths };
}

export const moreStorageRows: readonly StorageRow[] = [
  ...keys(POSTHOG, 'cookie', 'regex', ['^ph_.+_posthog$']),
  ...keys(POSTHOG, 'sessionStorage', 'regex', ['^ph_.+_(window_id|primary_window_exists|session_registered_properties)$']),
  ...keys(POSTHOG, 'localStorage', 'prefix', ['__ph_opt_in_out_']),
  ...keys(POSTHOG, 'cookie', 'prefix', ['__ph_cookie_support_', 'dmn_chk_']),
  ...keys(MIXPANEL, 'cookie', 'regex', ['^mp_.+_mixpanel$']),
  ...keys(MIXPANEL, 'sessionStorage', 'prefix', ['mp_tab_id_', 'mp_gen_new_tab_id_']),
  ...keys(MIXPANEL, 'localStorage', 'prefix', ['__mpq_', '__mp_opt_in_out_']),
  ...keys(MIXPANEL, 'indexedDB', 'exact', ['mixpanelBrowserDb', 'mixpanelFlagsDb']),
  ...keys(FIREBASE, 'indexedDB', 'exact', ['firebase-heartbeat-database']),
  ...keys(FIREBASE_INSTALLATIONS, 'indexedDB', 'exact', ['firebase-installations-database']),
  ...keys(FIREBASE_MESSAGING, 'indexedDB', 'exact', ['firebase-messaging-database']),
  ...keys(FIREBASE_MESSAGING, 'serviceWorker', 'exact', ['/firebase-messaging-sw.js']),
  ...keys(AMPLITUDE_REPLAY, 'indexedDB', 'regex', ['^.+_amp_session_replay_events', '^.+_amp_session_replay_targeting']),
  ...keys(AMPLITUDE, 'cookie', 'regex', ['^AMP_[0-9A-Za-z]{10}$']),
  ...keys(AMPLITUDE, 'cookie', 'prefix', ['AMP_MKTG_', 'AMP_TEST_', 'AMP_TLDTEST_', 'amplitude_id_']),
  ...keys(MATOMO, 'cookie', 'prefix', ['_pk_id.', '_pk_ses.', '_pk_ref.']),
  ...keys(SEGMENT, 'cookie', 'exact', ['ajs_anonymous_id', 'ajs_user_id', 'ajs_group_id', 'ajs_user_traits', 'ajs_group_properties']),
  ...keys(SNOWPLOW, 'cookie', 'prefix', ['_sp_id.', '_sp_ses.']),
  ...keys(HEAP, 'cookie', 'prefix', ['_hp2_id.', '_hp2_ses_props.', '_hp2_props.']),
  ...keys(RUDDERSTACK, 'cookie', 'exact', [
    'rl_anonymous_id',
    'rl_user_id',
    'rl_trait',
    'rl_group_id',
    'rl_group_trait',
    'rl_page_init_referrer',
    'rl_page_init_referring_domain',
    'rl_session',
  ]),
  ...keys(JIVOSITE, 'cookie', 'prefix', ['jv_enter_ts_', 'jv_visits_count_', 'jv_pages_count_', 'jv_refer_', 'jv_utm_']),
];

export const moreHostRows: readonly HostRow[] = [
  ...['*.i.posthog.com', 'app.posthog.com', 'eu.posthog.com', 'us.posthog.com'].map((name) =>
    host(POSTHOG, name, ['/e/', '/i/v0/e/', '/batch/', '/s/', '/flags/', '/decide/']),
  ),
  host(POSTHOG, '*.posthog.com', []),
  ...['api.mixpanel.com', 'api-js.mixpanel.com', 'api-eu.mixpanel.com', 'api-in.mixpanel.com'].map((name) =>
    host(MIXPANEL, name, ['/track', '/engage', '/groups', '/record', '/flags']),
  ),
  host(MIXPANEL, '*.mxpnl.com', []),
  ...['api.amplitude.com', 'api2.amplitude.com', 'api.eu.amplitude.com', 'api.lab.amplitude.com'].map((name) =>
    host(AMPLITUDE, name, ['/2/httpapi', '/batch', '/identify']),
  ),
  host(AMPLITUDE, 'cdn.amplitude.com', []),
  host(MATOMO, '*.matomo.cloud', ['/matomo.php', '/piwik.php']),
  host(SEGMENT, 'api.segment.io', ['/v1/']),
  host(SEGMENT, 'cdn.segment.com', []),
  host(HEAP, 'heapanalytics.com', []),
  host(HEAP, 'cdn.heapanalytics.com', []),
  host(RUDDERSTACK, '*.rudderstack.com', ['/v1/']),
  host(UMAMI, 'cloud.umami.is', ['/api/send']),
  host(UMAMI, 'api-gateway.umami.dev', ['/api/send']),
  host(PLAUSIBLE, 'plausible.io', ['/api/event']),
];

/** Scripts and endpoints that tell their service by the path alone, on whatever host a site puts them. */
export const anyHostPaths: readonly { pattern: RegExp; hit: boolean; row: Origin }[] = [
  { pattern: /\/(?:matomo|piwik)\.php$/, hit: true, row: MATOMO },
  { pattern: /\/(?:matomo|piwik)\.js$/, hit: false, row: MATOMO },
];
