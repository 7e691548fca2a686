import { expect, test } from 'vitest';
import { categoryText, consentNow } from '../../../lib/view/consent-now.ts';
import { sayIn } from '../../../lib/view/say.ts';
import { auditOf, entryOf } from './audit.ts';

const say = sayIn('en');

test('an audit without a timeline has no state', () => {
  expect(consentNow(auditOf(), say)).toBeNull();
});

test('the last entry is in force, and says since when and by what', () => {
  const audit = auditOf({
    consent: [entryOf({}), entryOf({ state: 'withdrawn', source: 'cmp:vanilla-cookieconsent', at: '2025-11-02T09:04:00.000Z' })],
  });
  const shown = consentNow(audit, say, 'Asia/Almaty');
  expect(shown?.stateText).toBe('Withdrawn');
  expect(shown?.since).toBe('Since 2025-11-02 14:04:00; known from the record of vanilla-cookieconsent');
});

test('categories come in the order of the policy, others last, each with its word', () => {
  const categories = { extra: true, marketing: null, mandatory: true, analytical: false };
  const shown = consentNow(auditOf({ consent: [entryOf({ state: 'partial', categories })] }), say, 'UTC');
  expect(shown?.categories).toEqual([
    { id: 'mandatory', label: 'mandatory', granted: true, word: 'allowed' },
    { id: 'analytical', label: 'analytical', granted: false, word: 'not allowed' },
    { id: 'marketing', label: 'marketing', granted: null, word: 'not offered or not known' },
    { id: 'extra', label: 'extra', granted: true, word: 'allowed' },
  ]);
});

test("the site's own names follow in quotation marks, and of many how many more there are", () => {
  const otherNames = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`own${index}`, index % 2 === 0]));
  const shown = consentNow(auditOf({ consent: [entryOf({ state: 'partial', categories: {}, otherNames })] }), say, 'UTC');
  expect(shown?.categories.map(({ label }) => label)).toEqual([...Array.from({ length: 8 }, (_, index) => `"own${index}"`), '+2']);
  expect(shown?.categories.slice(0, 2).map(({ granted }) => granted)).toEqual([true, false]);
});

test('a source that has no words, and a policy without categories, are shown as they are', () => {
  const audit = auditOf({
    policy: { ...auditOf().policy, document: {} },
    consent: [entryOf({ source: 'something\u202enew', categories: { analytical: true } })],
  });
  const shown = consentNow(audit, say, 'UTC');
  expect(shown?.since).toContain('something\\u202enew');
  expect(shown?.categories.map(({ id }) => id)).toEqual(['analytical']);
});

test('a known category is translated, one of the policy itself is not', () => {
  expect(categoryText('analytical', sayIn('kk'))).toBe('талдамалы');
  expect(categoryText('fraud-prevention', sayIn('kk'))).toBe('fraud-prevention');
});
