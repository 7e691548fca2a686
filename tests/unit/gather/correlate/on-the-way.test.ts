/** What is asked for while a page is on its way belongs to that page where the browser says so. */
import { expect, test } from 'vitest';
import type { BrowserEvent } from '../../../../lib/model/capture.ts';
import { acts, committed, document, ended, evidenceOf, exchange, headers, request, response, visit } from './captures.ts';

const NEXT = 'https://send-box.com/next';
const pages = [document([]), document([], { document: 'd2', url: NEXT })];
const visitOf = (browser: BrowserEvent[], url: string): (string | undefined)[] =>
  acts(evidenceOf(browser, pages), 'request')
    .filter(({ request }) => request?.url === url)
    .map((one) => one.visit);

test.each([
  ['script', 'v2'],
  ['xmlhttprequest', 'v1'],
])("an early hint's %s", (resourceType, expected) => {
  const [asked, ...answered] = visit(100, 'd2', { url: NEXT });
  const hinted = exchange(101, 'hint', 'https://cdn.kz/a', { resourceType, documentId: null, documentUrl: NEXT });
  expect(visitOf([...visit(0), asked as BrowserEvent, ...hinted, ...answered], 'https://cdn.kz/a')).toEqual([expected]);
});

test("a service worker's request for the page that it answers", () => {
  const worker = { tab: -1, frame: -1, documentId: null };
  const before = (at: number, url: string): BrowserEvent => committed(at, { state: 'before', documentId: null, url });
  const shown = [before(200, NEXT), ...exchange(202, 'w', NEXT, worker), committed(220, { documentId: 'B-d2', url: NEXT })];
  expect(visitOf([...visit(0), ...exchange(100, 'kept', NEXT, worker), ...shown], NEXT)).toEqual(['v1', 'v2']);
});

test.each([
  ['early-hints', [], true],
  ['script', ['seen'], undefined],
])('what Chromium has in its cache and the page timed as %s', (initiatorType, sentCookies, cookiesHidden) => {
  const url = 'https://cdn.kz/a';
  const loaded = [
    request(100, 'a', url, { resourceType: 'script' }),
    headers(101, 'a', 'seen'),
    response(102, 'a', [], { date: 1000 }),
    ended(103, 'a', { fromCache: true }),
  ];
  const timed = { at: 100, type: 'resource' as const, url, urlDigest: url, initiatorType, status: 200 };
  const [, asked] = acts(evidenceOf([...visit(0), ...loaded], [document([timed])]), 'request');
  expect(asked?.request).toMatchObject({ url, internal: false, sentCookies });
  expect(asked?.request?.cookiesHidden).toBe(cookiesHidden);
});
