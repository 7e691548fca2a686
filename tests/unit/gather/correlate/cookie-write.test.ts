import { expect, test } from 'vitest';
import { acts, BEGIN, changed, document, evidenceOf, exchange, visit } from './captures.ts';

test.each([
  [600_000, 600],
  [599_000, 600],
  [596_000, 600],
  [604_000, 600],
  [590_000, 590],
  [60_000, 60],
])('of 600 seconds asked an end %i ms after we heard of the answer: within seconds it is the same end, heard of late', (end, granted) => {
  const answer = exchange(100, '1', 'https://mc.yandex.ru/x', { setCookies: ['yuid=1; domain=.yandex.ru; max-age=600'] });
  const kept = changed(110, 'yuid', '1', { domain: 'yandex.ru', hostOnly: false, expires: BEGIN + 102 + end });
  expect(acts(evidenceOf([...visit(0), ...answer, kept], [document([])]), 'cookie')[0]?.cookie).toMatchObject({ asked: 600, granted });
});
