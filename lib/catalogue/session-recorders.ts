/** Recipients that are sent recordings of a visit: what is moved, typed and scrolled, to be played again. */

interface Recorder {
  host: RegExp;
  path: RegExp;
  /** false where the company records, and nothing confirms that this address is where it does. */
  confirmed: boolean;
  /** Where the address comes from. */
  source: string;
}

const RECORDERS: readonly Recorder[] = [
  { host: /^mc\.(?:yandex\.|webvisor\.)/, path: /^\/webvisor\//, confirmed: true, source: 'https://github.com/yandex/metrica-tag' },
  { host: /(?:^|\.)clarity\.ms$/, path: /^\/collect/, confirmed: true, source: 'https://github.com/microsoft/clarity' },
  { host: /(?:^|\.)posthog\.com$/, path: /^\/s\//, confirmed: true, source: 'npm posthog-js 1.449.2' },
  { host: /^api[\w-]*\.mixpanel\.com$/, path: /^\/record/, confirmed: true, source: 'npm mixpanel-browser 2.83.0' },
  {
    host: /^api-sr[\w.-]*\.amplitude\.com$/,
    path: /^\/sessions\//,
    confirmed: true,
    source: 'npm @amplitude/session-replay-browser 1.51.6',
  },
  { host: /(?:^|\.)hotjar\.(?:com|io)$/, path: /^\/api\//, confirmed: false, source: 'background' },
  { host: /(?:^|\.)fullstory\.com$/, path: /^\/rec\//, confirmed: false, source: 'background' },
];

/** Whether a request goes to where visits are recorded, and whether that is certain; null where nothing says so. */
export function recorderOf(request: { host: string; path: string; data: readonly string[] }): { confirmed: boolean } | null {
  if (request.data.includes('session-recording')) return { confirmed: true };
  return RECORDERS.find(({ host, path }) => host.test(request.host) && path.test(request.path)) ?? null;
}
