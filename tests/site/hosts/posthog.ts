import { json, packageFile } from '../exchange.ts';
import type { Answer, Host } from '../exchange.ts';

const SCRIPTS = ['array.js', 'surveys.js', 'exception-autocapture.js', 'web-vitals.js', 'dead-clicks-autocapture.js', 'lazy-recorder.js'];

/** The project's settings: analytics on, recording, surveys and experiments off. */
const CONFIG = {
  supportedCompression: ['gzip', 'gzip-js'],
  hasFeatureFlags: false,
  captureDeadClicks: false,
  capturePerformance: false,
  autocapture_opt_out: false,
  autocaptureExceptions: false,
  analytics: { endpoint: '/i/v0/e/' },
  elementsChainAsString: true,
  sessionRecording: false,
  heatmaps: false,
  surveys: false,
  defaultIdentifiedOnly: true,
  siteApps: [],
};

/** The assets host: the published library and the project's settings. */
function asset(path: string): Answer | null {
  const script = SCRIPTS.find((name) => path.replace(/^\/static\/\d+\.\d+\.\d+\//, '/static/') === `/static/${name}`);
  if (script) return packageFile(`posthog-js/dist/${script}`);
  const config = /^\/array\/([A-Za-z0-9_]+)\/config(\.js)?$/.exec(path);
  if (!config) return null;
  if (!config[2]) return json(CONFIG);
  const body = `window._POSTHOG_REMOTE_CONFIG = window._POSTHOG_REMOTE_CONFIG || {};
window._POSTHOG_REMOTE_CONFIG[${JSON.stringify(config[1])}] = { config: ${JSON.stringify(CONFIG)}, siteApps: [] };`;
  return { status: 200, type: 'text/javascript; charset=utf-8', body, headers: { 'cache-control': 'no-cache' } };
}

/** eu-assets.i.posthog.com and eu.i.posthog.com: the published library of posthog-js and the endpoints that it calls. */
export const posthog: Host = ({ url }) => {
  if (url.hostname === 'eu-assets.i.posthog.com') return asset(url.pathname);
  if (url.pathname === '/flags/' || url.pathname === '/decide/') return json({ flags: {}, featureFlags: {}, ...CONFIG });
  return /^\/(e|i\/v0\/e|batch|s)\/$/.test(url.pathname) ? json({ status: 'Ok' }) : null;
};
