/** TC strings against the IAB's own library, and what purposes mean. */
import { Segment, SegmentEncoder, TCModel, TCString } from '@iabtechlabtcf/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeTcString, namedPurposes, tcfCategories } from '../../../lib/catalogue/tcf.ts';

interface Made {
  consents: number[];
  interests: number[];
  vendors: number[];
  disclosed?: number[];
  purposeOneTreatment?: boolean;
  created?: Date;
  cmpId?: number;
}

/** A TC string as the IAB's library writes it. */
function encoded({ consents, interests, vendors, disclosed, purposeOneTreatment = false, created, cmpId = 31 }: Made): string {
  const model = new TCModel();
  model.version = 2;
  model.cmpId = cmpId;
  model.cmpVersion = 2;
  model.consentScreen = 1;
  model.consentLanguage = 'RU';
  model.vendorListVersion = 150;
  model.policyVersion = 5;
  model.isServiceSpecific = true;
  model.publisherCountryCode = 'KZ';
  model.purposeOneTreatment = purposeOneTreatment;
  if (created) {
    model.created = created;
    model.lastUpdated = created;
  }
  model.purposeConsents.set(consents);
  model.purposeLegitimateInterests.set(interests);
  if (vendors.length > 0) model.vendorConsents.set(vendors);
  if (disclosed) model.vendorsDisclosed.set(disclosed);
  // Without the list of vendors that the whole encoder wants: none of these are real.
  const segments = disclosed ? [Segment.CORE, Segment.VENDORS_DISCLOSED] : [Segment.CORE];
  return segments.map((segment) => SegmentEncoder.encode(model, segment)).join('.');
}

const purposes = fc.uniqueArray(fc.integer({ min: 1, max: 11 }));
const vendors = fc.uniqueArray(fc.integer({ min: 1, max: 1500 }), { maxLength: 120 });

test('whatever the library encodes is read as the library reads it', () => {
  fc.assert(
    fc.property(
      purposes,
      fc.uniqueArray(fc.integer({ min: 2, max: 11 })),
      vendors,
      fc.option(vendors.filter((list) => list.length > 0)),
      fc.boolean(),
      fc.integer({ min: 2, max: 4095 }),
      (consents, interests, allowed, disclosed, purposeOneTreatment, cmpId) => {
        const text = encoded({ consents, interests, vendors: allowed, disclosed: disclosed ?? undefined, purposeOneTreatment, cmpId });
        const oracle = TCString.decode(text);
        const read = decodeTcString(text);
        expect(read).not.toBeNull();
        for (let purpose = 1; purpose <= 24; purpose++) expect(read?.consents[purpose]).toBe(oracle.purposeConsents.has(purpose));
        expect(read?.legitimateInterests).toEqual(
          [...Array(25).keys()].filter((purpose) => oracle.purposeLegitimateInterests.has(purpose)),
        );
        expect(read?.vendors).toBe(oracle.vendorConsents.size);
        expect(read?.purposeOneTreatment).toBe(oracle.purposeOneTreatment);
        expect(read?.cmpId).toBe(cmpId);
        expect(read?.policyVersion).toBe(5);
        expect(read?.disclosesVendors).toBe(disclosed !== null);
      },
    ),
    { numRuns: 200 },
  );
});

test('vendors as ranges', () => {
  const many = Array.from({ length: 900 }, (_, index) => index + 3);
  expect(decodeTcString(encoded({ consents: [1], interests: [], vendors: many }))?.vendors).toBe(900);
});

test('the day of its creation, and no finer', () => {
  const text = encoded({ consents: [], interests: [], vendors: [], created: new Date('2026-11-02T17:45:12.000Z') });
  expect(decodeTcString(text)?.created).toBe('2026-11-02');
});

describe('what is no TC string', () => {
  const whole = encoded({ consents: [1, 2], interests: [], vendors: [1, 5, 9] });

  test.each(['', 'C', 'COOKIE', 'consent=true', 'C'.repeat(20_000), 'D' + whole.slice(1), 'Cé' + whole.slice(2)])('%s', (text) => {
    expect(decodeTcString(text)).toBeNull();
  });

  test('one that is cut off before its vendors', () => {
    for (let length = 0; length < 40; length++) expect(decodeTcString(whole.slice(0, length))).toBeNull();
  });

  test('anything else never throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => void decodeTcString(`C${text}`)));
    fc.assert(fc.property(fc.stringMatching(/^C[\w-]{36,300}(\.[\w-]{1,20})?$/), (text) => void decodeTcString(text)));
  });
});

describe('purposes as categories', () => {
  const named = (granted: number[]): Record<string, boolean> =>
    Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`purpose-${index + 1}`, granted.includes(index + 1)]));

  test.each<[number[], Record<string, boolean>]>([
    [[], { functional: false, analytical: false, marketing: false }],
    [[1], { functional: false, analytical: false, marketing: false }],
    [[1, 8], { functional: false, analytical: true, marketing: false }],
    [[1, 9, 10], { functional: false, analytical: true, marketing: false }],
    [[1, 7], { functional: false, analytical: false, marketing: true }],
    [[1, 2, 3, 4], { functional: false, analytical: false, marketing: true }],
    [[1, 11], { functional: true, analytical: false, marketing: false }],
    // Without purpose 1 nothing may be stored.
    [[2, 3, 8], { functional: false, analytical: false, marketing: false }],
  ])('%j', (granted, categories) => {
    expect(tcfCategories(named(granted))).toEqual(categories);
  });

  test('what was not offered is not said', () => {
    expect(tcfCategories({ 'purpose-1': true, 'purpose-8': true })).toEqual({ analytical: true });
    expect(tcfCategories({ 'purpose-8': true })).toEqual({ analytical: true });
    expect(tcfCategories({ 'purpose-1': true })).toEqual({});
  });

  test('purpose 1 is not offered where the publisher treats it apart', () => {
    const read = decodeTcString(encoded({ consents: [8], interests: [], vendors: [], purposeOneTreatment: true }));
    expect(read && tcfCategories(namedPurposes(read))).toMatchObject({ analytical: true, marketing: false });
  });

  test('legitimate interest is no consent', () => {
    const read = decodeTcString(encoded({ consents: [], interests: [2, 7, 8, 9, 10], vendors: [] }));
    expect(read?.legitimateInterests).toEqual([2, 7, 8, 9, 10]);
    expect(read && tcfCategories(namedPurposes(read))).toEqual({ functional: false, analytical: false, marketing: false });
  });
});
