import { expect, test } from 'vitest';
import { acts, changed, claim, document, evidenceOf, exchange, visit } from './captures.ts';

const FREE = 'freed=; Path=/; HttpOnly; Max-Age=0';
const gone = (at: number) => changed(at, 'freed', 'srv', { removed: true, httpOnly: true, cause: 'expired_overwrite' });
const kept = (at: number) => changed(at, 'freed', 'js');

/** The order that is told of an answer, whose headers came two milliseconds after its request, and of a script. */
function told(answeredAt: number, setCookies: string[], ...browser: Parameters<typeof evidenceOf>[0]): string[] {
  const events = [...visit(0), ...exchange(answeredAt - 2, '1', 'https://send-box.com/free', { setCookies }), ...browser];
  return acts(evidenceOf(events, [document([claim(500, 'freed=js; path=/')])]), 'cookie').map(
    ({ action, mechanism, name }) => `${action} ${mechanism} ${name}`,
  );
}
const DELETED = 'delete http freed';
const WRITTEN = 'set document.cookie freed';

test('an answer that the jar heard before the script is told before it, whatever its clock says', () => {
  for (const answered of [480, 500, 501]) expect(told(answered, [FREE], gone(510), kept(515))).toEqual([DELETED, WRITTEN]);
});

test('one that it heard after the script is told after it', () => {
  const set = changed(505, 'freed', 'js');
  const removed = changed(515, 'freed', 'js', { removed: true, cause: 'expired_overwrite' });
  for (const answered of [470, 499, 501]) expect(told(answered, ['freed=; Path=/; Max-Age=0'], set, removed)).toEqual([WRITTEN, DELETED]);
});

test('further apart than clocks differ, and where the jar said nothing, times decide', () => {
  expect(told(600, [FREE], gone(610), kept(615))).toEqual([WRITTEN, DELETED]);
  expect(told(501, [FREE], gone(510))).toEqual([WRITTEN, DELETED]);
});

test('the cookies of one answer stay together, after its request', () => {
  const events = [
    ...visit(0),
    ...exchange(499.9, '1', 'https://send-box.com/free', { setCookies: ['a=1', FREE, 'b=1'] }),
    ...[gone(510), kept(515)],
  ];
  const evidence = evidenceOf(events, [document([claim(500, 'freed=js; path=/')])]);
  const request = evidence.observations.findIndex((one) => one.request?.url === 'https://send-box.com/free');
  expect(evidence.observations.slice(request).map(({ kind, action, name }) => `${kind} ${action} ${name}`)).toEqual([
    'request send null',
    'cookie set a',
    'cookie delete freed',
    'cookie set b',
    'cookie set freed',
  ]);
});
