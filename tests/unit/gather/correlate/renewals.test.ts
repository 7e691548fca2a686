import { expect, test } from 'vitest';
import { acts, BEGIN, changed, claim, document, evidenceOf, jar, jarCookie, visit } from './captures.ts';

/** How each write of these claims is confirmed. */
function confirmed(claims: ReturnType<typeof claim>[], ...told: Parameters<typeof evidenceOf>[0]) {
  return acts(evidenceOf([...visit(0), ...told], [document(claims)]), 'cookie')
    .filter(({ action, mechanism }) => action === 'set' && mechanism === 'document.cookie')
    .map((one) => one.confirmed);
}
const once = (at: number, text = '_x=1; path=/') => claim(at, text);

test('of writes in a row that change nothing, one told by the jar stands for all', () => {
  const row = [once(100), once(101), once(102)];
  expect(confirmed(row, changed(130, '_x', '1'))).toEqual(['jar', 'jar', 'jar']);
  expect(confirmed(row, jar(500, [jarCookie('_x', '1')]))).toEqual(['jar', 'jar', 'jar']);
  expect(confirmed(row)).toEqual([null, null, null]);
});

test('another value, another life or other flags are another write', () => {
  expect(confirmed([once(100), once(101, '_x=2; path=/')], changed(130, '_x', '1'))).toEqual(['jar', null]);
  expect(
    confirmed([once(100, '_x=1; path=/; max-age=10'), once(101, '_x=1; path=/; max-age=5000')], jar(500, [jarCookie('_x', '1')])),
  ).toEqual([null, 'jar']);
  expect(confirmed([once(100), once(101, '_x=1; path=/; secure')], changed(130, '_x', '1'))).toEqual(['jar', null]);
});

test('a cookie that went in between, by a script or by itself, is not held any more', () => {
  expect(confirmed([once(100), once(101, '_x=; path=/; max-age=0'), once(102)], changed(130, '_x', '1'))).toEqual([null, 'jar']);
  const gone = changed(500, '_x', '1', { removed: true, cause: 'expired' });
  expect(confirmed([once(100), once(900)], changed(110, '_x', '1'), gone)).toEqual(['jar', null]);
});

test('each renewal that ends later is another change, and has its own end', () => {
  const row = [100, 100, 3100].map((at) => once(at, '_x=1; path=/; max-age=500'));
  const ends = (at: number) => changed(at, '_x', '1', { expires: BEGIN + at - 5 + 500_000 });
  const seen = acts(evidenceOf([...visit(0), ends(105), ends(3105)], [document(row)]), 'cookie');
  expect(seen.map(({ confirmed, cookie }) => [confirmed, cookie?.granted])).toEqual([
    ['jar', 500],
    ['jar', 500],
    ['jar', 500],
  ]);
  const late = evidenceOf([...visit(0), ends(3105)], [document(row)]);
  expect(acts(late, 'cookie').map((one) => one.confirmed)).toEqual([null, null, 'jar']);
});

test('the word for equal writes of one task stands for all, though a look that came before it found none of them', () => {
  const row = [once(100), once(100), once(100)];
  expect(confirmed(row, jar(160, []), changed(180, '_x', '1'))).toEqual(['jar', 'jar', 'jar']);
});
