import { expect, test } from 'vitest';
import { sayIn } from '../../../lib/view/say.ts';
import { worstFindings } from '../../../lib/view/worst-findings.ts';
import { findingOf } from './audit.ts';

const say = sayIn('en');

test('one of each rule: errors first, certain ones before doubtful ones, then the rule with the most findings', () => {
  const worst = worstFindings(
    [
      findingOf({ id: 'f1', level: 'error', rule: 'insecure-transport', outcome: 'unsure' }),
      findingOf({ id: 'f2', level: 'error', rule: 'choice-ignored', outcome: 'unsure' }),
      findingOf({ id: 'f3', level: 'error', rule: 'choice-ignored' }),
      findingOf({ id: 'f4', level: 'error', rule: 'retention-exceeded' }),
      findingOf({ id: 'f5', level: 'warning', rule: 'insecure-cookie' }),
      findingOf({ id: 'f6', level: 'warning', rule: 'insecure-cookie' }),
    ],
    say,
  );
  expect(worst.map(({ id, more }) => [id, more])).toEqual([
    ['f3', 'and 1 more of this kind'],
    ['f4', null],
    ['f1', null],
  ]);
});

test('notes and what is suppressed are not among them', () => {
  expect(worstFindings([findingOf({ level: 'note' }), findingOf({ id: 'f2', suppressed: { reason: 'known' } })], say)).toEqual([]);
});

test('how many more is said in the plural of the language', () => {
  const findings = ['f1', 'f2', 'f3'].map((id) => findingOf({ id, rule: 'choice-ignored' }));
  expect(worstFindings(findings, sayIn('ru'))[0]?.more).toBe('и ещё 2 такие находки');
});
