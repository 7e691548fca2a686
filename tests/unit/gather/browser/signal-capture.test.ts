/** What a page's signal becomes: facts, and never the string it was read from. */
import { Segment, SegmentEncoder, TCModel } from '@iabtechlabtcf/core';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { MoreSchema, signalFacts } from '../../../../lib/gather/browser/signal-capture.ts';
import { SignalFactsSchema } from '../../../../lib/model/observation.ts';

function tcString(): string {
  const model = new TCModel();
  Object.assign(model, { version: 2, cmpId: 31, cmpVersion: 1, consentLanguage: 'RU', vendorListVersion: 150, policyVersion: 5 });
  model.created = new Date('2026-11-02T17:00:00Z');
  model.lastUpdated = model.created;
  model.purposeConsents.set([1, 8]);
  model.purposeLegitimateInterests.set([7]);
  model.vendorConsents.set([1, 2, 755]);
  return SegmentEncoder.encode(model, Segment.CORE);
}

describe('TCF', () => {
  const more = { tcString: tcString(), cmpId: 31, policyVersion: 5, gdprApplies: true };

  test('the purposes as the API lists them, the rest from the string', () => {
    const facts = signalFacts({ source: 'tcf', name: 'tcloaded', categories: { 'purpose-1': true, 'purpose-8': true, other: true }, more });
    expect(facts).toEqual({
      source: 'tcf',
      categories: { 'purpose-1': true, 'purpose-8': true },
      tcf: {
        cmpId: 31,
        policyVersion: 5,
        gdprApplies: true,
        vendors: 3,
        legitimateInterests: [7],
        created: '2026-11-02',
        disclosesVendors: false,
      },
    });
    expect(JSON.stringify(facts)).not.toContain(tcString());
  });

  test('the purposes of the string where the API lists none', () => {
    const { categories } = signalFacts({ source: 'tcf', name: 'tcloaded', categories: {}, more });
    expect(categories).toMatchObject({ 'purpose-1': true, 'purpose-8': true, 'purpose-3': false });
  });

  test('nothing where there is neither', () => {
    const facts = signalFacts({ source: 'tcf', name: 'tcloaded', categories: {}, more: { tcString: '', gdprApplies: false } });
    expect(facts).toMatchObject({ categories: null, tcf: { gdprApplies: false, vendors: null, cmpId: null } });
  });
});

test('Consent Mode and Klaro keep what is theirs', () => {
  const command = signalFacts({
    source: 'consent-mode',
    name: 'default',
    categories: { ad_storage: false },
    more: { regions: ['KZ'], found: true },
  });
  expect(command).toEqual({ source: 'consent-mode', categories: { ad_storage: false }, consentMode: { regions: ['KZ'], found: true } });
  const services = { counter: ['analytics'] };
  expect(signalFacts({ source: 'cmp:klaro', name: 'saveConsents', categories: { counter: true }, more: { services } })).toEqual({
    source: 'cmp:klaro',
    categories: { counter: true },
    services,
  });
  expect(signalFacts({ source: 'cmp:cookiebot', name: 'x', categories: null })).toEqual({ source: 'cmp:cookiebot', categories: null });
});

test('whatever passes the border is facts of the agreed shape', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string({ maxLength: 20 })));
  const keys = fc.constantFrom('tcString', 'cmpId', 'policyVersion', 'gdprApplies', 'regions', 'found', 'services', 'other');
  fc.assert(
    fc.property(
      fc.constantFrom('tcf', 'consent-mode', 'cmp:klaro', 'x'),
      fc.option(fc.dictionary(fc.string(), fc.boolean())),
      fc.dictionary(keys, fc.oneof(value, fc.dictionary(fc.string(), fc.array(fc.string({ maxLength: 20 }), { maxLength: 5 })))),
      (source, categories, told) => {
        const more = v.safeParse(MoreSchema, told);
        if (!more.success) return;
        v.parse(SignalFactsSchema, { state: null, ...signalFacts({ source, name: 'n', categories, more: more.output }) });
      },
    ),
  );
});
