import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../lib/catalogue/index.ts';
import { GENERIC_NAMES } from '../../../lib/catalogue/keys.ts';
import { storageRows } from '../../../lib/catalogue/known-trackers.ts';
import { moreStorageRows } from '../../../lib/catalogue/more.ts';
import type { Kind } from '../../../lib/model/observation.ts';

const key = (name: string, host = 'send-box.com', kind: Kind = 'cookie') => catalogue.isDistinctive({ kind, name, host });

describe('isDistinctive', () => {
  test.each([
    ['_ga', 'google-analytics', 'analytical', '_ga'],
    ['_ga_ABC123', 'google-analytics', 'analytical', '_ga_*'],
    ['_gid', 'google-analytics', 'analytical', '_gid'],
    ['__utmz', 'google-analytics', 'analytical', '__utmz'],
    ['FPID', 'google-analytics', 'analytical', 'FPID'],
    ['_gac_UA-1', 'google-ads', 'marketing', '_gac_*'],
    ['_gcl_au', 'google-ads', 'marketing', '_gcl_*'],
    ['_ym_uid', 'yandex-metrica', 'analytical', '_ym_uid'],
    ['_ym_visorc_123', 'yandex-metrica', 'analytical', '_ym_visorc_*'],
    ['_hjSessionUser_1', 'hotjar', 'analytical', '_hjSessionUser_*'],
    ['_hjSomethingNew', 'hotjar', 'analytical', '_hj*'],
    ['BITRIX_SM_GUEST_ID', 'bitrix-web-analytics', 'analytical', 'BITRIX_SM_GUEST_ID'],
    ['BITRIX_SM_OTHER', 'bitrix-cms', 'functional', 'BITRIX_SM_*'],
    ['ph_phc_x_posthog', 'posthog', 'analytical', '^ph_.+_posthog$'],
    ['mp_0123_mixpanel', 'mixpanel', 'analytical', '^mp_.+_mixpanel$'],
    ['AMP_TOKEN', 'google-analytics', 'analytical', 'AMP_TOKEN'],
    ['AMP_0123456789', 'amplitude', 'analytical', '^AMP_[0-9A-Za-z]{10}$'],
    ['_pk_id.1.abcd', 'matomo', 'analytical', '_pk_id.*'],
    ['PHPSESSID', 'php', 'mandatory', 'PHPSESSID'],
  ])('%s is of %s', (name, id, category, pattern) => {
    expect(key(name)).toMatchObject({ service: { id }, category, pattern, confirmed: true });
  });

  test.each(['_gatsby', '_GA', 'ga', 'my_ga', 'ph_posthog', 'mp_mixpanel', 'constructor', '__proto__', '', 'toString'])(
    '%o is of nobody',
    (name) => {
      expect(key(name)).toBeNull();
    },
  );

  test('rows with a domain count there, with its subdomains, and nowhere else', () => {
    expect(key('i')).toBeNull();
    expect(key('i', 'evilyandex.ru')).toBeNull();
    for (const host of ['yandex.ru', 'mc.yandex.kz', 'MC.Yandex.com.tr']) expect(key('yandexuid', host)?.service.id).toBe('yandex-metrica');
    expect(key('MUID', 'c.bing.com')).toMatchObject({ service: { id: 'microsoft-advertising' }, category: 'marketing' });
    expect(key('SM', 'c.clarity.ms')).toMatchObject({ service: { id: 'microsoft-clarity' }, category: 'analytical' });
    expect(key('yandexuid', 'mc.yandex.ru', 'localStorage')).toBeNull();
  });

  test('unverified rows carry no accusation', () => {
    expect(key('_ym_fa')?.confirmed).toBe(false);
    expect(key('i', 'mc.yandex.ru')?.confirmed).toBe(false);
  });

  test('a distinctive name counts in other stores too, but never for what is not stored', () => {
    expect(key('mp_0123_mixpanel', 'send-box.com', 'localStorage')?.service.id).toBe('mixpanel');
    expect(key('_ym42_lsid', 'send-box.com', 'localStorage')?.service.id).toBe('yandex-metrica');
    expect(key('_ga', 'send-box.com', 'request')).toBeNull();
    expect(key('_gcl_ls', 'send-box.com', 'localStorage')).toMatchObject({ pattern: '_gcl_ls', basis: 'background' });
  });
});

describe('generic names', () => {
  test.each([
    ['zz', 'localStorage', 'yandex-metrica'],
    ['metrika_enabled', 'cookie', 'yandex-metrica'],
    ['_ct', 'cookie', 'calltouch'],
    ['call_s', 'cookie', 'calltouch'],
    ['previousUrl', 'cookie', 'tilda-statistics'],
    ['jv_anything', 'cookie', 'jivosite'],
    ['sessionid', 'cookie', 'django'],
  ] as const)('%s needs a sibling', (name, kind, service) => {
    const thing = { kind, name, host: 'send-box.com' };
    expect(catalogue.isDistinctive(thing)).toBeNull();
    expect(catalogue.key(thing, () => false)).toBeNull();
    expect(catalogue.key(thing, (id) => id === 'someone-else')).toBeNull();
    expect(catalogue.key(thing, (id) => id === service)?.service.id).toBe(service);
  });

  test('a generic name does not count in another store, even with a sibling', () => {
    expect(catalogue.key({ kind: 'localStorage', name: '_ct', host: 'send-box.com' }, () => true)).toBeNull();
  });

  test('each stands in a table, and its service has a distinctive key', () => {
    const rows = [...storageRows, ...moreStorageRows];
    for (const name of GENERIC_NAMES) {
      const row = rows.find(({ pattern }) => pattern === name);
      expect(row, name).toBeDefined();
      expect(
        rows.some((other) => other.service === row?.service && !GENERIC_NAMES.has(other.pattern)),
        name,
      ).toBe(true);
    }
  });
});

test('every row of the tables is found by an example of itself', () => {
  for (const row of [...storageRows, ...moreStorageRows]) {
    const name =
      row.match === 'regex'
        ? row.pattern
            .replace(/^\^|\$$/g, '')
            .replace('\\d+(:\\d+)?', '7')
            .replace('.+', 'x')
            .replace(/\((\w+)\|.*\)/, '$1')
            .replace('[0-9A-Za-z]{10}', '0123456789')
        : row.pattern;
    const host =
      row.domain === undefined
        ? 'send-box.com'
        : row.domain.includes('yandex')
          ? 'yandex.kz'
          : (row.domain.split(',')[0] ?? '').replace(/^\./, '');
    expect(
      catalogue.key({ kind: row.storage, name, host }, () => true),
      row.pattern,
    ).not.toBeNull();
  }
});
