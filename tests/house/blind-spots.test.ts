import { expect, test } from 'vitest';
import { WAYS } from '../matrix/index.ts';
import { ATTACKS } from '../matrix/attacks.ts';
import { PROBES } from '../matrix/probes.ts';
import { read } from './tree.ts';

const ids = [...WAYS, ...ATTACKS].map(({ id }) => id);
const told = read('docs/blind-spots.md');

test('every row has an id of its own', () => {
  for (const rows of [WAYS, ATTACKS, PROBES]) {
    const names = rows.map(({ id }) => id);
    expect(names.filter((id, index) => names.indexOf(id) !== index)).toEqual([]);
  }
});

test('the blind spots cite rows that there are', () => {
  const cited = told
    .split('\n')
    .filter((line) => line.startsWith('| ') || line.startsWith('- **'))
    .flatMap((line) => [...(line.startsWith('| ') ? (line.split('|')[2] ?? '') : line).matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)])
    .map((match) => match[1] as string);
  expect(cited.length).toBeGreaterThan(25);
  expect(cited.filter((id) => !ids.includes(id) && id !== 'lost')).toEqual([]);
});

test('every way whose source nobody can tell is among them', () => {
  const unnamed = WAYS.filter(({ page, expect: expected }) => page !== 'answers' && expected.some(({ by }) => by === 'nobody')).map(
    ({ id }) => id,
  );
  const missing = unnamed.filter((id) => !told.includes(`\`${id}\``));
  expect(missing).toEqual([]);
});
