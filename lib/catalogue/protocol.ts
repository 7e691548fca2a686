/** The protocol that a request speaks, whatever host it goes to: a site can proxy a tracker, its parameters stay. */

export type TrackerProtocol = 'ga4' | 'ua' | 'metrica';

export interface RequestProtocol {
  protocol: TrackerProtocol | null;
  /** The tag or counter id (`G-…`, `UA-…`, `GTM-…`, `AW-…`, a counter's number), or null. */
  tagId: string | null;
}

const GOOGLE_TAG = /^(?:G|GT|UA|GTM|AW|DC|MC)-[A-Z0-9-]{1,40}$/i;
const GA4_TAG = /^G-[A-Z0-9]{1,40}$/i;
const UA_TAG = /^(?:UA|MO|YT)-\d+-\d+$/i;
const COUNTER = /\/(?:watch|clmap|webvisor)\/(\d{1,12})(?:\/|$)/;
const COUNTER_ID = /^\d{1,12}$/;
/** Longer bodies are recordings or files; the parameters that matter come first. */
const READ_CHARACTERS = 64_000;

/**
 * What a request's URL and body say of its protocol.
 * - `ga4`: `v=2` with a measurement id `G-…`, or a path ending in `/g/collect` with such an id (in URL or body).
 * - `ua`: `v=1` with a property id `UA-…`, as of the Universal Analytics Measurement Protocol.
 * - `metrica`: a counter's path (`/watch/<id>`, `/clmap/<id>`, `/webvisor/<id>`) with `browser-info` or Metrica's other parameters,
 *   or `/pcollect` and `/pclmap` with a numeric `tid`.
 * @param body the request's body as text where it is known; form-encoded, one event per line for GA4
 */
export function requestProtocol(url: URL, body?: string): RequestProtocol {
  const bodies = (body ?? '')
    .slice(0, READ_CHARACTERS)
    .split(/\r?\n/, 20)
    .filter((line) => line !== '')
    .map((line) => new URLSearchParams(line));
  const value = (name: string): string | null => url.searchParams.get(name) ?? bodies.find((line) => line.has(name))?.get(name) ?? null;
  const path = url.pathname;

  const tid = value('tid');
  if (tid !== null && GA4_TAG.test(tid) && (value('v') === '2' || path.endsWith('/g/collect'))) return { protocol: 'ga4', tagId: tid };
  if (tid !== null && UA_TAG.test(tid) && value('v') === '1') return { protocol: 'ua', tagId: tid };

  const counter = COUNTER.exec(path)?.[1] ?? null;
  const speaksMetrica =
    value('browser-info') !== null || (value('page-url') !== null && value('charset') !== null) || value('wmode') !== null;
  if (counter !== null && (speaksMetrica || isMetricaHost(url.hostname))) return { protocol: 'metrica', tagId: counter };
  if (/\/(?:pcollect|pclmap)$/.test(path) && tid !== null && COUNTER_ID.test(tid)) return { protocol: 'metrica', tagId: tid };

  const id = url.searchParams.get('id');
  const loadsTag = /\/(?:gtag\/js|gtag\/destination|gtm\.js|ns\.html)$/.test(path);
  if (loadsTag && id !== null && GOOGLE_TAG.test(id)) return { protocol: null, tagId: id };
  const loadsCounter = /\/metrika\/(?:tag|tag_ww|watch)\.js$/.test(path);
  return { protocol: null, tagId: loadsCounter && id !== null && COUNTER_ID.test(id) ? id : null };
}

/** The pixel of `<noscript>` has no parameters at all. */
function isMetricaHost(host: string): boolean {
  return /^mc\.(?:yandex\.(?:com?\.)?[a-z]{2,3}|webvisor\.(?:com|org))$/.test(host);
}
