import { describe, expect, test } from 'vitest';
import type { PolicyDocument } from '../../../lib/model/policy.ts';
import { policyGaps } from '../../../lib/policy/gaps.ts';
import type { PolicyGap } from '../../../lib/policy/gaps.ts';
import { normalisePolicy } from '../../../lib/policy/normalise.ts';
import { messageText } from '../../../lib/tell/message.ts';
import { LANGUAGES } from '../../../lib/model/policy.ts';

const COMPLETE: PolicyDocument = {
  format: 'consent-policy/1',
  id: 'example',
  version: '1',
  sites: ['example.org'],
  categories: [
    { id: 'needed', basis: 'contract', retention: null },
    { id: 'stats', basis: 'consent', clause: '2', retention: 'P24M' },
  ],
  services: [{ id: 'counter', name: 'Counter', category: 'stats', clause: '3', hosts: ['counter.test'], keys: ['_c'] }],
  consent: { validity: 'P12M', clause: '7', record: { store: 'cookie', key: 'choice' } },
  technologies: ['http-cookies'],
  data: [{ id: 'technical', clause: '1', retention: 'P24M' }],
  territory: {},
  contact: {},
};

const gapsOf = (change: Partial<PolicyDocument>): PolicyGap[] => policyGaps(normalisePolicy({ ...COMPLETE, ...change }));

describe('policyGaps', () => {
  test('a complete policy has none; an exempt category without a period is none', () => {
    expect(gapsOf({})).toEqual([]);
  });

  test.each<[Partial<PolicyDocument>, string[], string[]]>([
    [
      { categories: [...COMPLETE.categories, { id: 'ads', basis: 'consent', clause: '2.4', retention: 'P1M' }] },
      ['category-without-service:ads'],
      ['2.4'],
    ],
    [
      { categories: COMPLETE.categories.map((category) => ({ ...category, retention: null })) },
      ['category-without-period:stats', 'service-without-period:counter'],
      ['2'],
    ],
    [{ services: [{ id: 'counter', category: 'stats', clause: '3', hosts: ['counter.test'] }] }, ['service-without-keys:counter'], ['3']],
    [{ services: [{ id: 'counter', category: 'stats', clause: '3', keys: ['_c'] }] }, ['service-without-hosts:counter'], ['3']],
    [{ consent: { clause: '7', record: { store: 'cookie', key: 'choice' } } }, ['consent-without-validity'], ['7']],
    [{ consent: { clause: '7', validity: 'P12M' } }, ['consent-without-record'], ['7']],
    [{ data: [{ id: 'device', clause: '1.3', retention: null }] }, ['data-without-period:device'], ['1.3']],
    [{ data: undefined }, ['data-not-described'], []],
    [{ technologies: [] }, ['technologies-not-described'], []],
    [{ territory: undefined }, ['territory-not-described'], []],
    [{ contact: undefined }, ['contact-not-described'], []],
  ])('%#', (change, ids, clauses) => {
    const gaps = gapsOf(change);
    expect(gaps.map((gap) => gap.id)).toEqual(ids);
    expect(gaps[0]?.clauses).toEqual(clauses);
  });

  test("the document's own gaps come in every language, missing ones in another", () => {
    expect(gapsOf({ gaps: [{ id: 'g', clause: '5', text: { ru: 'текст' } }] })).toEqual([
      { id: 'g', clauses: ['5'], messageId: 'policy_gap_stated', arguments: { en: 'текст', ru: 'текст', kk: 'текст' } },
    ]);
  });

  test('every gap of an empty policy has a sentence in each language whose placeholders are all given', () => {
    const gaps = [
      ...policyGaps(
        normalisePolicy({
          format: 'consent-policy/1',
          id: 'e',
          version: '1',
          sites: ['e.test'],
          categories: [{ id: 'a', basis: 'consent' }],
        }),
      ),
      ...gapsOf({ services: [{ id: 's', category: 'stats' }], data: [{ id: 'd' }], gaps: [{ id: 'g', text: { en: 'x' } }] }),
      ...gapsOf({ categories: COMPLETE.categories.map((category) => ({ ...category, retention: null })) }),
    ];
    expect(gaps.length).toBeGreaterThan(10);
    for (const gap of gaps) {
      for (const language of LANGUAGES) {
        const said = messageText(gap.messageId, gap.arguments, language);
        expect(said).not.toBe(gap.messageId);
        expect(said).not.toMatch(/\{\w+\}/);
      }
    }
  });
});
