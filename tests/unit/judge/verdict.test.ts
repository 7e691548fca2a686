import { expect, test } from 'vitest';
import { verdict } from '../../../lib/judge/verdict.ts';
import type { Finding } from '../../../lib/model/audit.ts';

const GAP = { from: '2026-11-02T10:00:00.000Z', to: '2026-11-02T10:00:01.000Z', reason: 'x' };

function finding(level: Finding['level'], outcome: Finding['outcome'], suppressed: unknown = null): Finding {
  return { level, outcome, suppressed } as Finding;
}

test.each([
  ['nothing', [], 'pass'],
  ['warnings and notes', [finding('warning', 'fail'), finding('note', 'fail'), finding('warning', 'unsure')], 'pass'],
  ['an error that is certain', [finding('error', 'fail'), finding('error', 'unsure')], 'fail'],
  ['an error that is unsure', [finding('error', 'unsure')], 'inconclusive'],
  ['a rule that crashed', [finding('warning', 'error')], 'inconclusive'],
  ['suppressed errors', [finding('error', 'fail', { reason: 'known' }), finding('error', 'unsure', { reason: 'known' })], 'pass'],
] as const)('%s', (_, findings, expected) => {
  expect(verdict([...findings], [], 0)).toBe(expected);
});

test('gaps and losses make a pass inconclusive and leave a failure one', () => {
  expect(verdict([], [GAP], 0)).toBe('inconclusive');
  expect(verdict([], [], 1)).toBe('inconclusive');
  expect(verdict([finding('error', 'fail')], [GAP], 1)).toBe('fail');
});
