/**
 * Google Consent Mode: what `gcs` and `gcd` of a hit say, and what its signals mean in categories of cookies.
 * Commands: https://developers.google.com/tag-platform/security/concepts/consent-mode. `gcd` is not documented; its rule is in
 * known-trackers.json (`gcdNote`) and gives all nine letters that are known in public.
 */
import type { ConsentModeFacts, ConsentSignal, HitSignal, SignalState } from '../model/observation.ts';
import type { CatalogueCategory } from './catalogue.ts';

/** Advertising signals are marketing, measurement is analytical; security needs no consent. */
export const SIGNAL_CATEGORIES: Readonly<Record<string, CatalogueCategory>> = {
  ad_storage: 'marketing',
  ad_user_data: 'marketing',
  ad_personalization: 'marketing',
  analytics_storage: 'analytical',
  functionality_storage: 'functional',
  personalization_storage: 'functional',
  security_storage: 'mandatory',
};

const ORDER = ['ad_storage', 'analytics_storage', 'ad_user_data', 'ad_personalization'] as const satisfies ConsentSignal[];
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';
const STATES: SignalState[] = ['unset', 'unset', 'denied', 'granted'];
const ACTIVE = 4;

/** `G1<ad_storage><analytics_storage>`: 1 granted, 0 denied, `-` not configured. Null for anything else; absent is not denied. */
export function decodeGcs(text: string): ConsentModeFacts['gcs'] {
  const [, ads, analytics] = /^G1([01-])([01-])$/.exec(text) ?? [];
  const state = (digit: string): SignalState => (digit === '1' ? 'granted' : digit === '0' ? 'denied' : 'unset');
  return ads === undefined || analytics === undefined ? null : { ad_storage: state(ads), analytics_storage: state(analytics) };
}

/**
 * `1`, then of each signal a separator and a letter, then flags. A letter's place in the alphabet is declared, default and update, two bits
 * each; the separator's low bits are the implicit state. `13l3l3l3l1l1`: not configured.
 */
export function decodeGcd(text: string): ConsentModeFacts['gcd'] {
  if (!/^1[\w-]{8,40}$/.test(text)) return null;
  const place = (at: number): number => ALPHABET.indexOf(text.charAt(at));
  const state = (bits: number): SignalState => STATES[bits & 3] as SignalState;
  const signals = Object.fromEntries(
    ORDER.map((name, index): [string, HitSignal] => {
      const letter = place(2 + index * 2);
      const said = { declared: state(letter >> 4), default: state(letter >> 2), update: state(letter) };
      const implicit = state(place(1 + index * 2));
      const told = [said.update, said.default, said.declared, implicit].find((one) => one !== 'unset');
      return [name, { ...said, implicit, behaves: told ?? 'granted' }];
    }),
  ) as Record<ConsentSignal, HitSignal>;
  return { signals, active: text.length > 9 ? (place(9) & ACTIVE) !== 0 : null };
}

/** What a hit says of consent, in its URL or its body; null where it says nothing. */
export function consentModeOf(url: URL, body: URLSearchParams | null): ConsentModeFacts | null {
  const value = (name: string): string => url.searchParams.get(name) ?? body?.get(name) ?? '';
  const gcs = decodeGcs(value('gcs'));
  const gcd = decodeGcd(value('gcd'));
  return gcs === null && gcd === null ? null : { gcs, gcd };
}

/** The signals that somebody set, as they are in force for the hit. What is unset behaves as granted and is nobody's consent. */
export function setSignals({ gcs, gcd }: ConsentModeFacts): Partial<Record<ConsentSignal, 'granted' | 'denied'>> {
  const set: Partial<Record<ConsentSignal, 'granted' | 'denied'>> = {};
  for (const name of ORDER) {
    const told = gcd?.signals[name];
    const said = told ? [told.update, told.default, told.declared].find((one) => one !== 'unset') : undefined;
    const short = gcd === null && (name === 'ad_storage' || name === 'analytics_storage') ? gcs?.[name] : undefined;
    const state = said ?? short;
    if (state === 'granted' || state === 'denied') set[name] = state;
  }
  return set;
}
