import { expect, test } from 'vitest';
import { permissionOf } from '../../../../lib/judge/facts/permission.ts';
import type { Permission } from '../../../../lib/judge/facts/facts.ts';
import type { Phase } from '../../../../lib/model/observation.ts';

type Row = [Phase, boolean | null, boolean, Permission];

/** Phase, what the entry says of the category, whether it was granted earlier, and what follows. */
const ROWS: Row[] = [
  ['unknown', true, true, 'unknown'],
  ['before-choice', true, false, 'before-choice'],
  ['accepted', true, true, 'granted'],
  ['accepted', null, false, 'granted'],
  ['accepted', false, false, 'not-granted'],
  ['accepted', false, true, 'withdrawn'],
  ['partial', true, true, 'granted'],
  ['partial', false, false, 'not-granted'],
  ['partial', null, false, 'not-granted'],
  ['partial', false, true, 'withdrawn'],
  ['rejected', false, false, 'refused'],
  ['rejected', null, false, 'refused'],
  ['rejected', false, true, 'withdrawn'],
  ['withdrawn', false, true, 'withdrawn'],
  ['withdrawn', false, false, 'withdrawn'],
  ['withdrawn', true, true, 'granted'],
];

test.each(ROWS)('%s, said %s, granted earlier %s: %s', (phase, said, earlier, permission) => {
  const entry = {
    at: '2026-11-02T10:00:00.000Z',
    visit: 'v1',
    state: phase,
    categories: { analytical: said },
    source: 'click',
    byUser: true,
    observations: [],
  };
  const moment = { phase, entry, granted: new Set(earlier ? ['analytical'] : []) };
  expect(permissionOf({ exempt: false, category: 'analytical' }, moment)).toBe(permission);
  expect(permissionOf({ exempt: true, category: 'analytical' }, moment)).toBe('exempt');
});
