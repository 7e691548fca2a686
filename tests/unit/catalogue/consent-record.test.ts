import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consentPlatformOfKey, readConsentRecord } from '../../../lib/catalogue/consent-record.ts';

const json = (value: unknown): string => encodeURIComponent(JSON.stringify(value));

describe('records as platforms write them', () => {
  test.each<[string, string, string, string, Record<string, boolean>, string | null]>([
    [
      'vanilla-cookieconsent 3',
      'cc_cookie',
      json({
        categories: ['necessary', 'analytics'],
        revision: 0,
        data: null,
        consentTimestamp: '2026-11-02T10:00:01.000Z',
        consentId: '1b',
        services: { necessary: [], analytics: ['ga'] },
        languageCode: 'kk',
        lastConsentTimestamp: '2026-11-02T10:00:01.000Z',
        expirationTime: 1809165601000,
      }),
      'vanilla-cookieconsent',
      { necessary: true, analytics: true },
      '2026-11-02T10:00:01.000Z',
    ],
    [
      'Cookiebot',
      'CookieConsent',
      encodeURIComponent(
        "{stamp:'x1y2/==',necessary:true,preferences:false,statistics:true,marketing:false,method:'explicit',ver:1,utc:1790000000123,region:'kz'}",
      ),
      'cookiebot',
      { necessary: true, preferences: false, statistics: true, marketing: false },
      '2026-09-21T14:13:20.123Z',
    ],
    [
      'CookieYes',
      'cookieyes-consent',
      'consentid:aB3,consent:yes,action:yes,necessary:yes,functional:no,analytics:yes,performance:no,advertisement:no',
      'cookieyes',
      { consent: true, action: true, necessary: true, functional: false, analytics: true, performance: false, advertisement: false },
      null,
    ],
    ['Complianz, one key per category', 'cmplz_statistics', 'allow', 'complianz', { '*': true }, null],
    ['Complianz, refused', 'cmplz_marketing', 'deny', 'complianz', { '*': false }, null],
    [
      'OneTrust',
      'OptanonConsent',
      'isGpcEnabled=0&datestamp=Mon+Nov+02+2026&version=202409.1.0&groups=C0001%3A1%2CC0002%3A0%2CC0003%3A1%2CC0004%3A0&AwaitingReconsent=false',
      'onetrust',
      { C0001: true, C0002: false, C0003: true, C0004: false },
      null,
    ],
    [
      'Klaro',
      'klaro',
      json({ 'google-analytics': true, 'yandex-metrica': false }),
      'klaro',
      { 'google-analytics': true, 'yandex-metrica': false },
      null,
    ],
    ['tarteaucitron', 'tarteaucitron', '!gtag=true!metrica=false', 'tarteaucitron', { gtag: true, metrica: false }, null],
    [
      'tarteaucitron, before any choice',
      'tarteaucitron',
      '!gtag=wait!metrica=wait',
      'tarteaucitron',
      { gtag: false, metrica: false },
      null,
    ],
    [
      'Borlabs',
      'borlabs-cookie',
      json({
        consents: { essential: ['borlabs-cookie'], statistics: ['google-analytics'] },
        domainPath: 'send-box.com/',
        expires: 'Tue, 02 Nov 2027 10:00:00 GMT',
        uid: 'u-1',
        version: '1',
      }),
      'borlabs',
      { essential: true, statistics: true },
      null,
    ],
    ['Osano Cookie Consent', 'cookieconsent_status', 'allow', 'osano-cookieconsent', { '*': true }, null],
  ])('%s', (what, name, value, cmp, granted, dated) => {
    const record = readConsentRecord(name, value, false);
    const { chosen, ...rest } = record ?? {};
    expect(rest).toEqual({ cmp, granted, dated });
    expect(chosen).toBe(what.includes('before any choice') ? false : undefined);
  });

  test.each([
    ['cookieyes-consent', 'consentid:aB3,consent:yes,action:,necessary:yes,functional:yes,analytics:yes'],
    ['cookieyes-consent', 'consentid:aB3,consent:no,action:'],
    ['CookieConsent', "{stamp:'-1',necessary:true,preferences:true,statistics:true,marketing:true,method:'explicit',ver:1}"],
    ['CookieConsent', encodeURIComponent("{stamp:'x1',necessary:true,statistics:true,marketing:true,method:'implied',ver:1}")],
    ['tarteaucitron', '!gtag=wait'],
  ])('%s=%s says that nobody chose', (name, value) => {
    expect(readConsentRecord(name, value, false)).toMatchObject({ chosen: false });
  });

  test('keys that say that something was chosen, and not what', () => {
    for (const [name, value] of [
      ['OptanonAlertBoxClosed', '2026-11-02T10:00:00.000Z'],
      ['uc_user_interaction', 'true'],
      ['cmplz_banner-status', 'dismissed'],
    ] as const)
      expect(readConsentRecord(name, value, false)).toMatchObject({ cmp: consentPlatformOfKey(name), granted: null });
    expect(readConsentRecord('OptanonAlertBoxClosed', '2026-11-02T10:00:00.000Z', false)?.dated).toBe('2026-11-02T10:00:00.000Z');
  });
});

describe("a site's own record", () => {
  test.each([
    ['cookie_consent', 'true', { '*': true }],
    ['cookieConsent', 'necessary,analytics', { necessary: true, analytics: true }],
    ['gdpr_settings', json({ analytics: false, ads: true }), { analytics: false, ads: true }],
    ['acceptCookies', '0', { '*': false }],
  ])('%s=%s', (name, value, granted) => {
    expect(readConsentRecord(name, value, false)).toMatchObject({ cmp: null, granted });
  });

  test('that says nothing readable is a record all the same', () => {
    expect(readConsentRecord('cookie_consent', 'c2VjcmV0IHZhbHVlIHRoYXQgbm9ib2R5IGNhbiByZWFk+/=', false)).toEqual({
      cmp: null,
      granted: null,
      dated: null,
    });
  });

  test('of another name is one where the policy says so', () => {
    expect(readConsentRecord('sb', '{"a":true}', true)).toMatchObject({ granted: { a: true } });
    expect(readConsentRecord('sb', '{"a":true}', false)).toBeNull();
  });

  test.each(['_ga', '_ym_uid', 'mp_abc_optout_consent', '__ph_opt_in_out_phc_consent', 'session', 'theme', 'lang', 'csrftoken'])(
    '%s is none',
    (name) => {
      expect(readConsentRecord(name, '{"analytics":true}', false)).toBeNull();
    },
  );

  test.each([
    ['seconds', 'analytics:yes,t:1790000000', '2026-09-21T14:13:20.000Z'],
    ['milliseconds', json({ ts: 1_790_000_000_123 }), '2026-09-21T14:13:20.123Z'],
    ['an instant with an offset', json({ at: { given: '2026-11-02T15:00:00+05:00' } }), '2026-11-02T10:00:00.000Z'],
    ['no date', json({ id: '12345', n: 179 }), null],
    ['a date that is none', json({ at: '2026-99-99T10:00:00Z' }), null],
  ])('carries its date as %s', (_what, value, dated) => {
    expect(readConsentRecord('cookie_consent', value, false)?.dated).toBe(dated);
  });
});

describe('what a page may write to mislead', () => {
  test('__proto__, constructor and toString are names like any other', () => {
    const record = readConsentRecord('cookie_consent', '{"__proto__":{"analytics":true},"constructor":true,"toString":false}', false);
    expect(record?.granted).toEqual({ analytics: true, constructor: true, toString: false });
    expect(({} as Record<string, unknown>).analytics).toBeUndefined();
    expect(Object.getPrototypeOf(record?.granted)).toBe(Object.prototype);
    const flat = readConsentRecord('cookie_consent', '{"__proto__":true,"a":false}', false);
    expect(Object.entries(flat?.granted ?? {})).toEqual([
      ['__proto__', true],
      ['a', false],
    ]);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  test('nesting without end, names without end and lists without end are read to a limit', () => {
    const deep = `${'{"a":'.repeat(2000)}true${'}'.repeat(2000)}`;
    expect(readConsentRecord('cookie_consent', deep, false)).toMatchObject({ granted: null });
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, true])));
    expect(Object.keys(readConsentRecord('cookie_consent', wide, false)?.granted ?? {}).length).toBeLessThanOrEqual(200);
    expect(readConsentRecord('cookie_consent', JSON.stringify({ ['x'.repeat(500)]: true }), false)?.granted).toBeNull();
  });

  test('broken percent-encoding and broken JSON are read as text or not at all', () => {
    expect(readConsentRecord('cookie_consent', '%E0%A4%A', false)).toEqual({ cmp: null, granted: null, dated: null });
    expect(readConsentRecord('cookie_consent', '{"a":true', false)).toMatchObject({ cmp: null });
  });

  test('nothing makes it throw, and it only ever says yes or no of names', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.json().map(encodeURIComponent)), (value) => {
        const record = readConsentRecord('cookie_consent', value, false);
        for (const granted of Object.values(record?.granted ?? {})) expect(typeof granted).toBe('boolean');
        if (record?.dated) expect(new Date(record.dated).toISOString()).toBe(record.dated);
      }),
      { numRuns: 500 },
    );
  });
});
