/** An empty pop-up is of the page that opened it, whatever other tabs show meanwhile. */
import { expect, test } from 'vitest';
import type { BrowserEvent } from '../../../../lib/model/capture.ts';
import { acts, BEGIN, document, evidenceOf, exchange, stored, visit } from './captures.ts';

const opened = (at: number, tab: number, opener: number): BrowserEvent => ({ type: 'pop-up', time: BEGIN + at, tab, opener });
const page = (at: number, tab: number, path: string): BrowserEvent[] => visit(at, `d${at}`, { url: `https://send-box.com${path}`, tab });
/** Firefox numbers the documents of no request. */
const asks = (at: number, tab: number): BrowserEvent[] => exchange(at, `r${at}`, 'https://mc.yandex.ru/w', { tab, documentId: null });

test('also of a pop-up of a pop-up, and after the opener and another tab have gone on', () => {
  const events = [
    ...page(0, 1, '/first'),
    opened(100, 2, 1),
    opened(150, 3, 2),
    ...page(200, 4, '/elsewhere'),
    ...page(300, 1, '/next'),
    ...asks(400, 2),
    ...asks(500, 3),
    ...asks(600, 1),
    ...asks(700, 4),
  ];
  const evidence = evidenceOf(events, [
    document([stored(450, 'blank', 'x')], { document: 'blank', documentId: null, tab: 2, url: 'about:blank' }),
  ]);
  const of = (kind: 'request' | 'localStorage') =>
    acts(evidence, kind)
      .filter(({ name, request: asked }) => name !== null || asked?.url === 'https://mc.yandex.ru/w')
      .map((one) => `${one.visit} ${one.page}`);
  const [FIRST, ELSEWHERE, NEXT] = ['v1 https://send-box.com/first', 'v2 https://send-box.com/elsewhere', 'v3 https://send-box.com/next'];
  expect(of('request')).toEqual([FIRST, FIRST, NEXT, ELSEWHERE]);
  expect(of('localStorage')).toEqual([FIRST]);
});

test('a tab whose opener was not told is of the page that began last', () => {
  const evidence = evidenceOf([...page(0, 1, '/first'), ...page(200, 4, '/elsewhere'), ...asks(400, 2)], []);
  expect(acts(evidence, 'request').at(-1)?.page).toBe('https://send-box.com/elsewhere');
});

test('a pop-up that the site has a page of its own in is of that page', () => {
  const evidence = evidenceOf([...page(0, 1, '/first'), opened(100, 2, 1), ...page(200, 2, '/own'), ...asks(400, 2)], []);
  expect(acts(evidence, 'request').at(-1)?.page).toBe('https://send-box.com/own');
});

test('ids of tabs that a browser gives anew, with pop-ups that open each other, lead nowhere', () => {
  const evidence = evidenceOf([...page(0, 1, '/first'), opened(100, 2, 3), opened(150, 3, 2), ...asks(400, 2)], []);
  expect(acts(evidence, 'request').at(-1)?.page).toBe('https://send-box.com/first');
});
