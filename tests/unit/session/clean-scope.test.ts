import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../../lib/model/evidence.ts';
import type { PolicyDocument } from '../../../lib/model/policy.ts';
import { normalisePolicy } from '../../../lib/policy/normalise.ts';
import { cleanScope, inScope, narrowed } from '../../../lib/session/clean-scope.ts';

const document: PolicyDocument = {
  format: 'consent-policy/1',
  id: 'send-box.com',
  version: '1',
  sites: ['send-box.com', '*.send-box.com'],
  categories: [{ id: 'mandatory', basis: 'contract' }],
};
const policy = normalisePolicy(document, { sites: ['staging.example'] });

function evidenceOf(visits: string[], requests: string[], origins: string[] = []): Pick<Evidence, 'visits' | 'observations'> {
  return {
    visits: visits.map((url) => ({ url })),
    observations: [
      ...requests.map((url) => ({ request: { url, internal: url.includes('internal') }, origin: null })),
      ...origins.map((origin) => ({ request: null, origin })),
    ],
  } as unknown as Pick<Evidence, 'visits' | 'observations'>;
}

const scope = cleanScope(
  evidenceOf(
    ['https://send-box.com/kk/'],
    ['https://mc.yandex.ru/watch/1', 'wss://live.example:8443/x', 'http://pixel.bolashaq.kz/p', 'https://internal.example/'],
    ['https://frame.example', 'null'],
  ),
  policy,
  'https://send-box.com/kk/about',
);

describe('the scope', () => {
  test("is the site's hosts first, then every host that was talked to or embedded; what never left the browser is none", () => {
    expect(scope.hosts).toEqual(['send-box.com', 'mc.yandex.ru', 'live.example', 'pixel.bolashaq.kz', 'frame.example']);
  });

  test('has the origins of both schemes and of the ports used', () => {
    expect(scope.origins).toEqual(
      expect.arrayContaining([
        'https://send-box.com',
        'http://send-box.com',
        'https://live.example:8443',
        'https://live.example',
        'http://pixel.bolashaq.kz',
      ]),
    );
    expect(scope.origins.every((origin) => new URL(origin).origin === origin)).toBe(true);
  });

  test('leaves out another audited site that was not open', () => {
    expect(scope.sitePatterns).toEqual(['send-box.com', '*.send-box.com', '*.send-box.com']);
    expect(cleanScope(evidenceOf([], []), policy, 'https://staging.example/').sitePatterns).toEqual([
      'staging.example',
      '*.staging.example',
    ]);
  });

  test('can be narrowed to what was listed, not widened', () => {
    const less = narrowed(scope, ['mc.yandex.ru', 'bank.kz']);
    expect(less.hosts).toEqual(['mc.yandex.ru']);
    expect(less.origins).toEqual(['https://mc.yandex.ru', 'http://mc.yandex.ru']);
  });
});

test.each([
  ["the site's own", 'send-box.com', true, undefined, true],
  ['of a host of the site that was not met', 'kk.send-box.com', true, undefined, true],
  ['of a recipient', 'mc.yandex.ru', true, undefined, true],
  ["of a recipient's parent domain, which it is sent", '.yandex.ru', false, undefined, true],
  ['of the parent host alone, which the recipient does not get', 'yandex.ru', true, undefined, false],
  ['of a sibling of a recipient', 'mail.yandex.ru', true, undefined, false],
  ['of a domain below a recipient', '.a.mc.yandex.ru', false, undefined, false],
  ['of a name that only ends alike', '.dex.ru', false, undefined, false],
  ['of another audited site', 'staging.example', true, undefined, false],
  ['of a bystander', 'bank.kz', true, undefined, false],
  ["a recipient's under the audited site", 'mc.yandex.ru', true, 'https://send-box.com', true],
  ["a recipient's under another site", 'mc.yandex.ru', true, 'https://bank.kz', false],
  ["the site's own under another site", 'send-box.com', true, 'https://bank.kz', false],
] as const)('a cookie %s', (_what, domain, hostOnly, topLevelSite, expected) => {
  expect(inScope(scope, { domain, hostOnly, ...(topLevelSite ? { partitionKey: { topLevelSite } } : {}) })).toBe(expected);
});

test('a partition is named by the registrable domain, below which the audited host may lie', () => {
  const shop = cleanScope(evidenceOf([], []), normalisePolicy({ ...document, sites: ['shop.example.com'] }), 'https://shop.example.com/');
  expect(inScope(shop, { domain: 'shop.example.com', hostOnly: true, partitionKey: { topLevelSite: 'https://example.com' } })).toBe(true);
});
