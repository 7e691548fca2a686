import { expect, test } from 'vitest';
import { activityByService } from '../../../lib/tell/activity.ts';
import type { Observation } from '../../../lib/model/observation.ts';
import { beforeAndAfter } from '../../../lib/view/before-after.ts';
import { sayIn } from '../../../lib/view/say.ts';
import { evidenceOf } from '../../rules/builder.ts';
import { auditOf, findingOf } from '../view/audit.ts';

const GA = { id: 'google-analytics', name: 'Google Analytics', operator: null, category: 'analytical', declared: true };

/** Observations out of few words, as if judged: `phase`, `party`, `service` and `category` as given. */
function observed(...given: [Record<string, unknown>, Partial<Observation>][]): Observation[] {
  const gathered = evidenceOf({ about: '', observations: given.map(([words]) => words), expected: [] }).observations;
  return gathered.map((o, index): Observation => ({
    ...o,
    phase: 'before-choice',
    party: 'third',
    service: null,
    category: 'unknown',
    ...given[index]?.[1],
  }));
}

test('counts writes and requests per service and phase; unknown recipients stand by their host, the site for itself', () => {
  const audit = auditOf({
    services: [GA],
    observations: observed(
      [
        { cookie: '_ga', asked: 1000 },
        { service: GA.id, party: 'first', category: 'analytical' },
      ],
      [
        { cookie: '_ga', asked: 0, action: 'delete' },
        { service: GA.id, party: 'first', category: 'analytical' },
      ],
      [
        { cookie: '_x', rejected: 'domain-mismatch' },
        { service: GA.id, party: 'first' },
      ],
      [{ request: 'https://www.google-analytics.com/g/collect' }, { service: GA.id, phase: 'accepted' }],
      [{ request: 'https://nobody.example/p' }, {}],
      [{ request: 'https://send-box.com/hsts', internal: true }, { party: 'first' }],
      [{ localStorage: 'lang' }, { party: 'first' }],
    ),
    findings: [findingOf({ service: GA.id, host: 'send-box.com', observations: ['o1'] })],
  });
  expect(activityByService(audit).map(({ name, declared, phases, errors }) => ({ name, declared, phases, errors }))).toEqual([
    {
      name: 'Google Analytics',
      declared: true,
      phases: { 'before-choice': { stored: 1, requests: 0 }, accepted: { stored: 0, requests: 1 } },
      errors: 1,
    },
    { name: 'nobody.example', declared: false, phases: { 'before-choice': { stored: 0, requests: 1 } }, errors: 0 },
    { name: 'send-box.com', declared: true, phases: { 'before-choice': { stored: 1, requests: 0 } }, errors: 0 },
  ]);
});

test('before and after: the column of what cannot be told only where there is any; red only where an error is known', () => {
  const audit = auditOf({
    services: [GA],
    observations: observed([{ cookie: '_ga', asked: 1000 }, { service: GA.id }], [{ localStorage: 'lang' }, { party: 'first' }]),
    findings: [findingOf({ service: GA.id, observations: ['o1'] })],
  });
  const { stretches, rows } = beforeAndAfter(audit, sayIn('ru'));
  expect(stretches).toEqual(['before', 'with', 'against']);
  expect(rows.map(({ name, cells }) => [name, cells[0]?.bad, cells[0]?.words])).toEqual([
    ['Google Analytics', true, '1 запись сохранена, 0 запросов'],
    ['send-box.com', false, '1 запись сохранена, 0 запросов'],
  ]);
});
