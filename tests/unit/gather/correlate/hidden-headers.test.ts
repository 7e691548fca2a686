/** A download, as Chromium shows it: docs/browsers.md. */
import { expect, test } from 'vitest';
import { acts, changed, document, ended, evidenceOf, headers, request, response, visit } from './captures.ts';

test('cookies of a request without headers are not said to be none, and what the jar then holds is set by nobody that can be named', () => {
  const file = [
    request(100, '9', 'https://send-box.com/file', { resourceType: 'other' }),
    { ...headers(101, '9'), hidden: true as const },
    changed(102, 'filed', '1'),
    response(103, '9'),
    ended(104, '9'),
  ];
  const evidence = evidenceOf([...visit(0), ...file], [document([])]);
  expect(acts(evidence, 'request').map(({ request: facts }) => [facts?.url, facts?.sentCookies, facts?.cookiesHidden])).toEqual([
    ['https://send-box.com/', [], undefined],
    ['https://send-box.com/file', [], true],
  ]);
  expect(acts(evidence, 'cookie', 'filed')).toMatchObject([{ mechanism: 'unknown', cause: null, cookie: { asked: null } }]);
});
