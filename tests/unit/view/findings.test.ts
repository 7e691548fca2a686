import { expect, test } from 'vitest';
import { findingsByLevel } from '../../../lib/view/findings.ts';
import { sayIn } from '../../../lib/view/say.ts';
import { findingOf } from './audit.ts';

const say = sayIn('en');

test('errors first, levels without findings left out, those of one rule together in the order they came', () => {
  const levels = findingsByLevel(
    [
      findingOf({ id: 'f1', level: 'note', rule: 'policy-gap' }),
      findingOf({ id: 'f2', level: 'error', rule: 'choice-ignored' }),
      findingOf({ id: 'f3', level: 'error', rule: 'insecure-transport' }),
      findingOf({ id: 'f4', level: 'error', rule: 'choice-ignored' }),
    ],
    say,
  );
  expect(levels.map(({ heading }) => heading)).toEqual(['Errors (3)', 'Notes (1)']);
  expect(levels[0]?.rules.map(({ title, findings }) => [title, findings.map(({ id }) => id)])).toEqual([
    ['Refusal ignored', ['f2', 'f4']],
    ['Unencrypted transport', ['f3']],
  ]);
});

test('a suppressed finding is neither shown nor counted', () => {
  const levels = findingsByLevel([findingOf({ id: 'f1' }), findingOf({ id: 'f2', suppressed: { reason: 'known' } })], say);
  expect(levels.map(({ heading }) => heading)).toEqual(['Errors (1)']);
});

test('the message is said in the language of the interface, out of id and arguments', () => {
  const finding = findingOf({
    messageId: 'policy_gap_service_without_keys',
    arguments: { service: 'Google Analytics' },
    message: 'English.',
  });
  const shown = findingsByLevel([finding], sayIn('ru'))[0]?.rules[0]?.findings[0];
  expect(shown?.message).toContain('Google Analytics');
  expect(shown?.message).not.toBe('English.');
});

test('where a message or a rule has no words, those of the audit stand', () => {
  const rule = findingsByLevel([findingOf({ rule: 'brand-new' })], sayIn('kk'))[0]?.rules[0];
  expect(rule?.title).toBe('brand-new');
  expect(rule?.findings[0]?.message).toBe('What is the matter.');
});

test('tells clauses, phase, category and how often', () => {
  const [one, several, none] =
    findingsByLevel(
      [
        findingOf({ id: 'f1' }),
        findingOf({ id: 'f2', clauses: ['3', '4.2'], count: 3 }),
        findingOf({ id: 'f3', clauses: [], observations: [] }),
      ],
      say,
    )[0]?.rules[0]?.findings ?? [];
  expect(one).toMatchObject({ clauses: 'Clause 6.2', details: ['before the choice', 'analytical'], doubt: null });
  expect(several).toMatchObject({ clauses: 'Clauses 3, 4.2', details: ['before the choice', 'analytical', '3 times'] });
  expect(none).toMatchObject({ clauses: null, details: [] });
});

test('what is not certain says so', () => {
  const shown = findingsByLevel([findingOf({ outcome: 'unsure' }), findingOf({ id: 'f2', outcome: 'error' })], say)[0]?.rules[0]?.findings;
  expect(shown?.map(({ doubt }) => doubt)).toEqual(['cannot tell', 'the rule failed']);
});

test('names that a page chose cannot reorder what stands around them', () => {
  const shown = findingsByLevel([findingOf({ name: 'a\u202eb', host: 'h\u200b' })], say)[0]?.rules[0]?.findings[0];
  expect(shown).toMatchObject({ name: 'a\\u202eb', host: 'h\\u200b' });
});
