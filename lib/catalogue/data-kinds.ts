/** Which kinds of data a request's parameters carry. A value is looked at to tell whether there is one, and whether it is personal data, and never returned. */
import { jsonNames, jsonNamesIn } from './json-names.ts';
import { personalData } from './personal-data.ts';
import { requestProtocol } from './protocol.ts';

type Kinds = Readonly<Record<string, string>>;

/** GA4's and Universal Analytics' parameters. */
const GOOGLE: Kinds = {
  cid: 'client-id',
  _fplc: 'client-id',
  uid: 'user-id',
  sid: 'session-id',
  sct: 'session-count',
  seg: 'session-engaged',
  _et: 'time-on-page',
  en: 'event-name',
  t: 'event-name',
  ec: 'event-name',
  ea: 'event-name',
  dl: 'page-url',
  dp: 'page-url',
  dr: 'referrer',
  dt: 'page-title',
  ul: 'language',
  sr: 'screen-resolution',
  vp: 'viewport',
  sd: 'color-depth',
  de: 'document-encoding',
  uaa: 'user-agent-hints',
  uab: 'user-agent-hints',
  uafvl: 'user-agent-hints',
  uamb: 'user-agent-hints',
  uam: 'device-model',
  uap: 'operating-system',
  uapv: 'operating-system',
  uaw: 'user-agent-hints',
  ur: 'region',
  gclid: 'ad-click-id',
  cs: 'campaign',
  cm: 'campaign',
  cn: 'campaign',
  _p: 'page-view-id',
  tfd: 'page-timing',
  gcs: 'consent-status',
  gcd: 'consent-status',
};

/** Yandex.Metrica's own query. */
const METRICA: Kinds = {
  'page-url': 'page-url',
  'page-ref': 'referrer',
  'site-info': 'custom-parameters',
  charset: 'document-encoding',
  'pointer-click': 'click',
};

/** The `k:v` list in Metrica's `browser-info`. */
const BROWSER_INFO: Kinds = {
  u: 'client-id',
  ls: 'client-id',
  td: 'client-id',
  s: 'screen-resolution',
  sk: 'pixel-ratio',
  w: 'viewport',
  z: 'time-zone',
  la: 'language',
  t: 'page-title',
  i: 'access-time',
  et: 'access-time',
  st: 'access-time',
  en: 'document-encoding',
  nt: 'network-type',
  dp: 'device-type',
  c: 'browser-features',
  j: 'browser-features',
  hid: 'page-view-id',
  phid: 'page-view-id',
  fp: 'page-timing',
  ds: 'page-timing',
  ln: 'click',
  dl: 'click',
};

/** The GA-like names of Metrica's newer requests. */
const PCOLLECT: Kinds = {
  dl: 'page-url',
  dr: 'referrer',
  dt: 'page-title',
  sr: 'screen-resolution',
  vp: 'viewport',
  ul: 'language',
  de: 'document-encoding',
  je: 'browser-features',
  cid: 'client-id',
  tz: 'time-zone',
  _pa: 'custom-parameters',
};

/** Names that mean one thing wherever they stand. */
const WELL_KNOWN: Kinds = {
  screen_resolution: 'screen-resolution',
  screen: 'screen-resolution',
  screen_width: 'screen-resolution',
  screen_height: 'screen-resolution',
  $screen_width: 'screen-resolution',
  $screen_height: 'screen-resolution',
  viewport: 'viewport',
  $viewport_width: 'viewport',
  $viewport_height: 'viewport',
  language: 'language',
  lang: 'language',
  locale: 'language',
  timezone: 'time-zone',
  time_zone: 'time-zone',
  tz: 'time-zone',
  $timezone: 'time-zone',
  page_url: 'page-url',
  page_location: 'page-url',
  $current_url: 'page-url',
  page_title: 'page-title',
  referrer: 'referrer',
  referer: 'referrer',
  $referrer: 'referrer',
  client_id: 'client-id',
  device_id: 'client-id',
  $device_id: 'client-id',
  anonymous_id: 'client-id',
  anonymousid: 'client-id',
  visitor_id: 'client-id',
  distinct_id: 'client-id',
  session_id: 'session-id',
  $session_id: 'session-id',
  user_id: 'user-id',
  userid: 'user-id',
  user_agent: 'browser-version',
  $browser: 'browser-version',
  $browser_version: 'browser-version',
  $os: 'operating-system',
  $device: 'device-model',
  $device_type: 'device-type',
  event_name: 'event-name',
  utm_source: 'campaign',
  utm_medium: 'campaign',
  utm_campaign: 'campaign',
  utm_term: 'campaign',
  utm_content: 'campaign',
  gclid: 'ad-click-id',
  fbclid: 'ad-click-id',
  yclid: 'ad-click-id',
  ttclid: 'ad-click-id',
  msclkid: 'ad-click-id',
  email: 'email',
  e_mail: 'email',
  phone: 'phone',
  phone_number: 'phone',
  latitude: 'location',
  longitude: 'location',
};

/** `user_id`, `userId` and `user-id` are one name. */
const spelled = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, '');
const ANYWHERE: Kinds = Object.fromEntries(Object.entries(WELL_KNOWN).map(([name, kind]) => [spelled(name), kind]));

/**
 * The kinds of data in a request, sorted, without repetition. Known for GA4, Universal Analytics and Yandex.Metrica by their own tables,
 * for all other requests by names that mean one thing everywhere, of parameters and in JSON. What is empty carries nothing.
 * @param bodyParams a form-encoded body; null where there is none or it is of another form
 * @param body the body's text
 */
export function requestDataKinds(url: URL, bodyParams: URLSearchParams | null, body = ''): string[] {
  const parameters = [...url.searchParams, ...(bodyParams ?? [])].filter(([, value]) => value !== '');
  const kinds = new Set<string>();
  const add = (table: Kinds, name: string): void => {
    const kind = Object.hasOwn(table, name) ? table[name] : undefined;
    if (kind !== undefined) kinds.add(kind);
  };

  const { protocol } = requestProtocol(url, bodyParams?.toString());
  for (const [name, value] of parameters) {
    for (const kind of personalData(name, value)) kinds.add(kind);
    if (protocol === 'ga4' || protocol === 'ua') {
      add(GOOGLE, name);
      if (/^(?:epn?|up)n?\./.test(name)) kinds.add('custom-parameters');
    } else if (protocol === 'metrica') {
      addMetrica(add, url.pathname, name, value);
    } else {
      add(ANYWHERE, spelled(name));
      for (const member of jsonNamesIn(value)) add(ANYWHERE, spelled(member));
    }
  }
  for (const member of jsonNames(body)) add(ANYWHERE, spelled(member));
  if (protocol === 'metrica' && url.pathname.includes('/webvisor/')) kinds.add('session-recording');
  return [...kinds].sort();
}

function addMetrica(add: (table: Kinds, name: string) => void, path: string, name: string, value: string): void {
  if (name === 'browser-info') {
    for (const key of browserInfoKeys(value)) add(BROWSER_INFO, key);
  } else if (/\/p(?:collect|clmap)$/.test(path)) {
    add(PCOLLECT, name);
    if (name.startsWith('_')) add(BROWSER_INFO, name.slice(1));
  } else {
    add(METRICA, name);
  }
}

/** The keys of `k:v:k:v`; the title comes last and may itself hold colons. */
function browserInfoKeys(list: string): string[] {
  const parts = list.split(':');
  const keys: string[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const key = parts[index] ?? '';
    if (parts[index + 1] !== '') keys.push(key);
    if (key === 't') break;
  }
  return keys;
}
