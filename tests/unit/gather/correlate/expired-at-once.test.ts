import { expect, test } from 'vitest';
import { acts, BEGIN, changed, claim, document, evidenceOf, exchange, visit } from './captures.ts';

const PATH = '; path=/; max-age=';
const server = changed(40, '_x', 'srv', { httpOnly: true });
/** As Firefox told of the deletion by an answer, over a cookie that was there. */
const answered = exchange(200, '7', 'https://send-box.com/free', { setCookies: ['_x=; Path=/; HttpOnly; Max-Age=0'] });
const overwritten = changed(203, '_x', 'srv', { removed: true, cause: 'overwrite', httpOnly: true });
const empty = changed(203, '_x', '', { httpOnly: true, expires: BEGIN + 202 });
const expired = changed(215, '_x', '', { removed: true, cause: 'expired', httpOnly: true, expires: BEGIN + 202 });
const told = (browser: Parameters<typeof evidenceOf>[0], ...claims: ReturnType<typeof claim>[]): string[] =>
  acts(evidenceOf([...visit(0), ...browser], [document(claims)]), 'cookie').map(
    ({ action, mechanism, confirmed, rejected }) => `${action} ${mechanism} ${rejected ?? confirmed}`,
  );

test('a deletion that is stored and expires at once is one removal: of what was there, which nothing was written over before', () => {
  const before = claim(100, `_x=js${PATH}300`);
  const then = claim(210, `_x=js${PATH}300`, { task: 2 });
  const stored = changed(216, '_x', 'js', { expires: BEGIN + 300_210 });
  const expected = ['set unknown jar', 'set document.cookie not-stored', 'delete http header', 'set document.cookie jar'];
  expect(told([server, ...answered, overwritten, empty, expired, stored], before, then)).toEqual(expected);
  // Another write came before its expiry was noticed.
  const again = changed(216, '_x', '', { removed: true, cause: 'overwrite', httpOnly: true, expires: BEGIN + 202 });
  expect(told([server, ...answered, overwritten, empty, again, stored], before, then)).toEqual(expected);
});

test('one that found nothing removed nothing', () => {
  const deletion = claim(200, `_x=${PATH}0`);
  const [own, gone] = [
    changed(203, '_x', '', { expires: BEGIN + 202 }),
    changed(205, '_x', '', { removed: true, cause: 'expired', expires: BEGIN + 202 }),
  ];
  expect(told([own, gone], deletion)).toEqual(['delete document.cookie null']);
  expect(told([changed(40, '_x', '1'), changed(203, '_x', '1', { removed: true, cause: 'overwrite' }), own, gone], deletion)).toEqual([
    'set unknown jar',
    'delete document.cookie jar',
  ]);
});

test('what lasts, or what nobody was seen deleting, is told as it is', () => {
  const lasting = changed(203, '_x', '', { httpOnly: true, expires: BEGIN + 5000 });
  expect(told([server, ...answered, overwritten, lasting])).toEqual(['set unknown jar', 'delete http header', 'set unknown jar']);
  expect(told([server, overwritten, empty, expired])).toEqual(['set unknown jar', 'set unknown jar', 'delete expiry jar']);
  // A cookie of one second, of which the background heard when it had ended.
  const short = claim(200, `_x=1${PATH}1`);
  const [late, over] = [
    changed(1400, '_x', '1', { expires: BEGIN + 1200 }),
    changed(1401, '_x', '1', { removed: true, cause: 'expired', expires: BEGIN + 1200 }),
  ];
  expect(told([late, over], short)).toEqual(['set document.cookie jar', 'delete expiry jar']);
});
