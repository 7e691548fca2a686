/** `gcs` and `gcd`: the whole table of letters, what is unset, and anything else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consentModeOf, decodeGcd, decodeGcs, setSignals } from '../../../lib/catalogue/consent-mode.ts';
import type { SignalState } from '../../../lib/model/observation.ts';

describe('gcs', () => {
  test.each([
    ['G100', 'denied', 'denied'],
    ['G101', 'denied', 'granted'],
    ['G110', 'granted', 'denied'],
    ['G111', 'granted', 'granted'],
    ['G1--', 'unset', 'unset'],
    ['G1-1', 'unset', 'granted'],
    ['G10-', 'denied', 'unset'],
  ])('%s', (text, ads, analytics) => {
    expect(decodeGcs(text)).toEqual({ ad_storage: ads, analytics_storage: analytics });
  });

  test.each(['', 'G1', 'G1000', 'G200', 'g100', 'G1x0', ' G100'])('"%s" is none', (text) => expect(decodeGcs(text)).toBeNull());
});

describe('gcd', () => {
  test.each<[string, SignalState, SignalState, 'granted' | 'denied']>([
    ['l', 'unset', 'unset', 'granted'],
    ['m', 'unset', 'denied', 'denied'],
    ['n', 'unset', 'granted', 'granted'],
    ['p', 'denied', 'unset', 'denied'],
    ['q', 'denied', 'denied', 'denied'],
    ['r', 'denied', 'granted', 'granted'],
    ['t', 'granted', 'unset', 'granted'],
    ['u', 'granted', 'denied', 'denied'],
    ['v', 'granted', 'granted', 'granted'],
  ])('letter %s: default %s, update %s, behaves as %s', (letter, byDefault, update, behaves) => {
    const read = decodeGcd(`13${letter}3${letter}3${letter}3${letter}5l1`);
    for (const signal of ['ad_storage', 'analytics_storage', 'ad_user_data', 'ad_personalization'] as const)
      expect(read?.signals[signal]).toEqual({ declared: 'unset', default: byDefault, update, implicit: 'granted', behaves });
    expect(read?.active).toBe(true);
  });

  test('the order of the signals', () => {
    const read = decodeGcd('13r3p3t3u5l1');
    expect(Object.entries(read?.signals ?? {}).map(([name, { default: byDefault, update }]) => [name, byDefault, update])).toEqual([
      ['ad_storage', 'denied', 'granted'],
      ['analytics_storage', 'denied', 'unset'],
      ['ad_user_data', 'granted', 'unset'],
      ['ad_personalization', 'granted', 'denied'],
    ]);
  });

  test('Consent Mode is not configured: it behaves as granted, and nobody granted it', () => {
    const read = decodeGcd('13l3l3l3l1l1');
    expect(read?.active).toBe(false);
    expect(read?.signals.analytics_storage?.behaves).toBe('granted');
    expect(setSignals({ gcs: null, gcd: read })).toEqual({});
  });

  test('what is declared counts where nothing else is set', () => {
    // Denied by declaration: 2<<4 | 1<<2 | 1.
    const denied = decodeGcd('13B3B3B3B5l1');
    expect(denied?.signals.ad_storage).toMatchObject({ declared: 'denied', default: 'unset', behaves: 'denied' });
    expect(setSignals({ gcs: null, gcd: denied }).ad_storage).toBe('denied');
  });

  test('an implicit denial is how it behaves, and nobody set it', () => {
    const read = decodeGcd('12l2l2l2l5l1');
    expect(read?.signals.ad_storage).toMatchObject({ implicit: 'denied', behaves: 'denied' });
    expect(setSignals({ gcs: null, gcd: read })).toEqual({});
  });

  test.each(['', '1', '13l3l3l3', '23l3l3l3l1l1', '13l3l3l3l!!'])('"%s" is none', (text) => expect(decodeGcd(text)).toBeNull());

  test('of every text, a state for each signal or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^1[\w-]{8,20}$/)), (text) => {
        const read = decodeGcd(text);
        if (read === null) return;
        for (const { declared, default: byDefault, update, implicit, behaves } of Object.values(read.signals)) {
          const first = [update, byDefault, declared, implicit].find((state) => state !== 'unset');
          expect(behaves).toBe(first ?? 'granted');
        }
      }),
    );
  });
});

describe('of a hit', () => {
  const hit = (query: string, body: string | null = null) =>
    consentModeOf(new URL(`https://www.google-analytics.com/g/collect?${query}`), body === null ? null : new URLSearchParams(body));

  test('that says nothing: absent is not denied', () => expect(hit('v=2&tid=G-1')).toBeNull());

  test('in its URL or its body', () => {
    expect(hit('gcs=G101')?.gcs).toEqual({ ad_storage: 'denied', analytics_storage: 'granted' });
    expect(hit('v=2', 'en=page_view&gcs=G100')?.gcs?.analytics_storage).toBe('denied');
  });

  test('gcd goes before gcs, for it knows what nobody set', () => {
    const both = hit('gcs=G111&gcd=13l3p3l3l5l1');
    expect(both && setSignals(both)).toEqual({ analytics_storage: 'denied' });
    const short = hit('gcs=G1-1');
    expect(short && setSignals(short)).toEqual({ analytics_storage: 'granted' });
  });
});
