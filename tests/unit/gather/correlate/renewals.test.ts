import { expect, test } from 'vitest';
import { acts, changed, claim, document, evidenceOf, jar, jarCookie, visit } from './captures.ts';

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
  expect(confirmed([once(100), once(101, '_x=; path=/; max-age=0'), once(102)], changed(130, '_x', '1'))).toEqual(['jar', null]);
  const gone = changed(500, '_x', '1', { removed: true, cause: 'expired' });
  expect(confirmed([once(100), once(900)], changed(110, '_x', '1'), gone)).toEqual(['jar', null]);
});
