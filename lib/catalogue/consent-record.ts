/** Reads stored values that record a consent: which names they grant, and the date they carry. */
import type { RecordFacts } from '../model/observation.ts';
import { decodeTcString, namedPurposes, purposeName } from './tcf.ts';

/** Keys under which consent platforms keep their record. Formats: the platforms' own sources, see known-trackers.json. */
const PLATFORMS: [RegExp, string][] = [
  [/^cc_cookie$/, 'vanilla-cookieconsent'],
  [/^klaro([-_]|$)/, 'klaro'],
  [/^tarteaucitron$/, 'tarteaucitron'],
  [/^(OptanonConsent|OptanonAlertBoxClosed)$/, 'onetrust'],
  [/^CookieConsent$/, 'cookiebot'],
  [/^osano_consentmanager/, 'osano'],
  [/^(uc_settings|uc_user_interaction|ucData|ucString)$/, 'usercentrics'],
  [/^cookieyes-consent$/, 'cookieyes'],
  [/^cmplz_/, 'complianz'],
  [/^cookielawinfo-checkbox-/, 'cookie-law-info'],
  [/^borlabs-cookie$/, 'borlabs'],
  [/^_iub_cs-/, 'iubenda'],
  [/^didomi_token$/, 'didomi'],
  [/^(euconsent-v2|eupubconsent-v2)$/, 'tcf'],
  [/^TERMLY_API_CACHE$/, 'termly'],
  [/^cookieconsent_status/, 'osano-cookieconsent'],
  [/^orejime$/, 'orejime'],
  [/^(gppString|IABGPP_HDR_GppString)$/, 'gpp'],
];

/** Names that sites give to a record of their own making. */
const LIKELY =
  /consent|cookie[-_]?(accept|agree|allow|bar|banner|choice|law|notice|policy|pref|setting|status)|(accept|agree|allow)[-_a-z]*cookie|gdpr|(^|[-_])(cmp|tcf)([-_]|$)/i;

/** Names of what remembers that a notice was seen or closed, whatever the person said to it. */
const SEEN = /clos|hid(e|den)?([-_]|$)|dismiss|shown|seen|viewed|displayed/i;

/** Consent records never identify a tracker; trackers' own opt-out keys do and are left to the catalogue. */
const NOT_A_RECORD = /^(__ph_|ph_|mp_|_ym|_ga|_gcl|_hj|AMP_)/;

/** Keys of platforms that say that something was chosen, and not what. */
const ONLY_THAT = /^(OptanonAlertBoxClosed|uc_user_interaction|cmplz_(banner-status|policy_id|consented_services|saved_\w+))$/;

/** The platform whose record a key is, or null. */
export function consentPlatformOfKey(name: string): string | null {
  return PLATFORMS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/**
 * @param declared the policy names this key as its record of consent
 * @returns null for a value that is no record of consent; `granted` null where it is one that cannot be read
 */
export function readConsentRecord(name: string, value: string, declared: boolean): RecordFacts | null {
  const cmp = consentPlatformOfKey(name);
  if (!declared && cmp === null && (NOT_A_RECORD.test(name) || !LIKELY.test(name))) return null;
  const text = decoded(value).slice(0, 16_384);
  const string = decodeTcString(text);
  if (string) return { cmp: cmp ?? 'tcf', granted: namedPurposes(string), dated: `${string.created}T00:00:00.000Z` };
  const json = parsedJson(name === 'didomi_token' ? unpacked(text) : text);
  if (name === 'didomi_token') return { cmp, granted: fromDidomi(json), dated: dateIn(json ?? '') };
  const granted = ONLY_THAT.test(name) ? null : json === undefined ? fromText(text) : fromJson(json);
  if (!declared && cmp === null && SEEN.test(name) && granted && '*' in granted) return null;
  return {
    cmp,
    granted: granted && Object.keys(granted).length > 0 ? granted : null,
    dated: dateIn(json ?? text),
    ...(saysNobodyChose(cmp, text) && { chosen: false }),
  };
}

/**
 * Records that are written before anybody chose, and say so: CookieYes leaves `action` empty, Cookiebot stamps `-1` where it did not ask
 * and calls a consent that nobody gave `implied`, tarteaucitron lets every service wait.
 */
function saysNobodyChose(cmp: string | null, text: string): boolean {
  if (cmp === 'cookieyes') return /(^|,)action:(,|$)/.test(text);
  if (cmp === 'cookiebot') return /\bstamp['"]?:['"]-1['"]|\bmethod['"]?:['"]implied['"]/.test(text);
  return cmp === 'tarteaucitron' && /^(![^=!]+=wait)+$/.test(text);
}

/** Didomi's own names of the framework's purposes, the same on every site. */
const DIDOMI: Record<string, number> = {
  cookies: 1,
  select_basic_ads: 2,
  create_ads_profile: 3,
  select_personalized_ads: 4,
  create_content_profile: 5,
  select_personalized_content: 6,
  measure_ad_performance: 7,
  measure_content_performance: 8,
  market_research: 9,
  improve_products: 10,
  use_limited_data_to_select_content: 11,
};

/** Base64 of JSON, or the JSON itself. */
function unpacked(text: string): string {
  try {
    return /^[\w+/=-]+$/.test(text) ? atob(text.replaceAll('-', '+').replaceAll('_', '/')) : text;
  } catch {
    // Not base64: read as it is.
    return text;
  }
}

/** `purposes: { enabled: […], disabled: […] }`; vendors are nobody's category. */
function fromDidomi(json: unknown): Record<string, boolean> | null {
  const purposes = (json as { purposes?: { enabled?: unknown; disabled?: unknown } } | undefined)?.purposes;
  if (typeof purposes !== 'object' || purposes === null) return null;
  const granted: Record<string, boolean> = {};
  for (const [list, value] of [
    [purposes.disabled, false],
    [purposes.enabled, true],
  ] as const)
    if (Array.isArray(list))
      for (const name of list.slice(0, MOST_NAMES) as unknown[])
        if (typeof name === 'string' && name.length <= 100)
          granted[Object.hasOwn(DIDOMI, name) ? purposeName(DIDOMI[name] as number) : name.replace(/^c:/, '')] = value;
  return Object.keys(granted).length > 0 ? granted : null;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not percent-encoded UTF-8: read as it is.
    return value;
  }
}

function parsedJson(text: string): unknown {
  // Cookiebot writes JavaScript rather than JSON: unquoted keys, single quotes.
  for (const attempt of [text, text.replace(/([{,]\s*)([A-Za-z_]\w*)\s*:/g, '$1"$2":').replaceAll("'", '"')]) {
    if (!/^\s*[[{]/.test(attempt)) continue;
    try {
      return JSON.parse(attempt);
    } catch {
      // Not this form; the next or the plain-text reading may fit.
    }
  }
  return undefined;
}

const YES = /^(true|yes|y|1|allow|allowed|accept|accepted|grant|granted|on|opt-?in|all)$/i;
const NO = /^(false|no|n|0|deny|denied|decline|declined|reject|rejected|refused|off|opt-?out|none|wait)$/i;
const MOST_NAMES = 200;

function truth(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return YES.test(text) ? true : NO.test(text) ? false : null;
}

/** Lists under names like these say what was accepted; others (vendors, rejected ones) say something else. */
const ACCEPTED_LIST = /^(categories|accepted(Categories)?|consents?|allowed|granted|enabled|purposes|levels?)$/i;

/** Texts of a record that are of the record, though they read like yes or no (`"version":"1"`). */
const ABOUT_ITSELF = /^(v|ver|version|revision|u?id|region|language)$/i;

function fromJson(json: unknown): Record<string, boolean> | null {
  const granted: Record<string, boolean> = Object.create(null) as Record<string, boolean>;
  const put = (name: string, value: boolean): void => {
    if (Object.keys(granted).length < MOST_NAMES && name.length <= 100) granted[name] = value;
  };
  const walk = (node: unknown, name: string, depth: number): void => {
    if (depth > 4) return;
    if (Array.isArray(node)) {
      if (name === '' || ACCEPTED_LIST.test(name)) for (const item of node) if (typeof item === 'string') put(item, true);
      return;
    }
    if (typeof node === 'object' && node !== null) {
      for (const [key, inner] of Object.entries(node)) {
        const value = truth(inner);
        if (value !== null && (typeof inner === 'boolean' || (typeof inner === 'string' && !ABOUT_ITSELF.test(key)))) put(key, value);
        // Borlabs: the services of each category that was accepted.
        else if (Array.isArray(inner) && ACCEPTED_LIST.test(name)) put(key, inner.length > 0);
        else walk(inner, key, depth + 1);
      }
    }
  };
  walk(json, '', 0);
  return { ...granted };
}

/** `k:v,k:v`, `k=v&k=v`, `!k=v!k=v`, `groups=C0001:1,C0002:0`, or a bare word or list of words. */
function fromText(text: string): Record<string, boolean> | null {
  const granted: Record<string, boolean> = {};
  const groups = /(?:^|[&;])groups=([^&;]*)/.exec(text)?.[1];
  for (const pair of (groups ?? text).split(/[,;&!|]+/).slice(0, MOST_NAMES)) {
    const [, name, value] = /^\s*([\w.-]{1,100})\s*[:=]\s*([\w-]{0,40})\s*$/.exec(pair) ?? [];
    const granting = truth(value);
    if (name && granting !== null) granted[name] = granting;
  }
  if (Object.keys(granted).length > 0) return granted;
  if (/^[\w-]{1,40}([,;| ]+[\w-]{1,40}){0,20}$/.test(text)) {
    const words = text.split(/[,;| ]+/);
    // One word for everything tells no category's name.
    if (words.length === 1 && truth(text) !== null) return { '*': truth(text) as boolean };
    for (const word of words) granted[word] = true;
    return granted;
  }
  return null;
}

/** The first plausible date in a record: an ISO instant, or seconds or milliseconds since 1970. */
function dateIn(value: unknown, depth = 0): string | null {
  if (depth > 4) return null;
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) {
      const found = dateIn(inner, depth + 1);
      if (found) return found;
    }
    return null;
  }
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
  const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/.exec(text)?.[0];
  const digits = /(?<!\d)(1[5-9]\d{8}|2[0-2]\d{8})(\d{3})?(?!\d)/.exec(text);
  const time = iso ? Date.parse(iso) : digits ? Number(digits[0]) * (digits[2] ? 1 : 1000) : NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
