/** What the site answers without a page of it coming of it is told, and where a page was asked for it is a gap. */
import { describe, expect, test } from 'vitest';
import type { BrowserEvent } from '../../../../lib/model/capture.ts';
import { acts, committed, document, evidenceOf, exchange, headers, redirect, request, response, step, visit } from './captures.ts';

const OUT = 'https://send-box.com/out';
const ELSEWHERE = 'https://bank.kz/';
const MAIN = { resourceType: 'main_frame', documentId: null, initiatorOrigin: null };

/** A navigation that the site leads on to another. */
function away(at: number, more: { tab?: number; initiatorOrigin?: string | null } = {}): BrowserEvent[] {
  const main = { ...MAIN, ...more };
  return [
    request(at, 'out', OUT, main),
    headers(at + 1, 'out'),
    response(at + 2, 'out', ['left=1'], { status: 302 }),
    redirect(at + 3, 'out'),
    ...exchange(at + 4, 'out', ELSEWHERE, main),
    committed(at + 10, { tab: more.tab ?? 1, url: ELSEWHERE, documentId: 'B-other', audited: false }),
  ];
}

/** The page of the site that comes 100 ms after the beginning. */
const PAGE = document([{ at: 105, type: 'lifecycle', state: 'start' }]);

const told = (browser: BrowserEvent[], documents = [document([])]) => {
  const evidence = evidenceOf(browser, documents);
  return {
    visits: evidence.visits.map(({ id, reason, step: index, url }) => `${id} ${reason} ${index} ${url}`),
    requests: acts(evidence, 'request').map((one) => `${one.visit} ${one.request?.url}`),
    cookies: acts(evidence, 'cookie').map((one) => `${one.visit} ${one.name}`),
    gaps: evidence.gaps.map(({ reason }) => reason),
  };
};

describe('an answer that leads to another site', () => {
  test('is a visit with its request and its cookie, and a gap where a step asked for a page', () => {
    expect(told([step(0, 0, 'visit'), ...away(5)], [])).toEqual({
      visits: [`v1 visit 0 ${OUT}`],
      requests: [`v1 ${OUT}`],
      cookies: ['v1 left'],
      gaps: [`led-elsewhere: ${OUT} to https://bank.kz`],
    });
  });

  test('does not become the visit of the page after it', () => {
    expect(told([step(0, 0, 'visit'), ...away(5), step(90, 1, 'visit'), ...visit(100)], [PAGE])).toEqual({
      visits: [`v1 visit 0 ${OUT}`, 'v2 visit 1 https://send-box.com/'],
      requests: [`v1 ${OUT}`, 'v2 https://send-box.com/'],
      cookies: ['v1 left'],
      gaps: [`led-elsewhere: ${OUT} to https://bank.kz`],
    });
  });

  test('is no gap where a page of the site comes in the same step all the same', () => {
    const { visits, gaps } = told([step(0, 0, 'visit'), ...away(5), ...visit(100)], [PAGE]);
    expect([visits, gaps]).toEqual([[`v1 visit 0 ${OUT}`, 'v2 visit 0 https://send-box.com/'], []]);
  });

  test("is the page's that asked for it", () => {
    const link = { initiatorOrigin: 'https://send-box.com' };
    expect(told([step(0, 0, 'visit'), ...visit(5), step(90, 1, 'other'), ...away(100, link)])).toMatchObject({
      visits: ['v1 visit 0 https://send-box.com/'],
      requests: ['v1 https://send-box.com/', `v1 ${OUT}`],
      gaps: [],
    });
  });

  test('is a visit of its own where a step asked for it after a page, or a page of another site did', () => {
    expect(told([step(0, 0, 'visit'), ...visit(5), step(90, 1, 'visit'), ...away(100)]).gaps).toEqual([
      `led-elsewhere: ${OUT} to https://bank.kz`,
    ]);
    expect(told([...visit(5), ...away(100, { tab: 2, initiatorOrigin: 'https://bank.kz' })])).toMatchObject({
      visits: ['v1 visit null https://send-box.com/', `v2 visit null ${OUT}`],
      requests: ['v1 https://send-box.com/', `v2 ${OUT}`],
      gaps: [],
    });
  });

  test('by hand is no gap of its own, but a profile without a page is one', () => {
    expect(told(away(5), []).gaps).toEqual(['no-page-seen']);
  });
});

test('an answer that shows nothing is a visit, and a page that was not seen', () => {
  const file = exchange(5, 'file', 'https://send-box.com/file', { ...MAIN, setCookies: ['filed=1'] });
  expect(told([step(0, 0, 'fresh'), ...file], [])).toEqual({
    visits: ['v1 fresh 0 https://send-box.com/file'],
    requests: ['v1 https://send-box.com/file'],
    cookies: ['v1 filed'],
    gaps: ['document-not-seen: https://send-box.com/file'],
  });
});

test('what was never sent is no visit', () => {
  const blocked: BrowserEvent[] = [
    request(5, 'out', OUT, MAIN),
    {
      type: 'request-end',
      time: Date.now(),
      requestId: 'out',
      status: null,
      ip: null,
      fromCache: false,
      error: 'net::ERR_BLOCKED_BY_CLIENT',
    },
  ];
  expect(told(blocked, []).visits).toEqual([]);
});

test('a recording in which no page of the site was opened has seen nothing', () => {
  expect(told([{ type: 'profile', time: Date.now(), clean: true }], []).gaps).toEqual(['no-page-seen']);
  expect(told([], []).gaps).toEqual([]);
});

describe('fetched beforehand', () => {
  const NEXT = 'https://send-box.com/next';
  const prefetch = (at: number, url: string) => [
    request(at, `p${url}`, url, { resourceType: 'main_frame', documentId: 'B-d1', initiatorOrigin: null }),
    { ...headers(at + 1, `p${url}`), prefetch: true as const },
    response(at + 2, `p${url}`, ['ahead=1']),
  ];

  test('what another site is asked for is told of the page, and is no navigation to it', () => {
    expect(told([...visit(0), ...prefetch(100, ELSEWHERE)])).toMatchObject({
      visits: ['v1 visit null https://send-box.com/'],
      requests: ['v1 https://send-box.com/', `v1 ${ELSEWHERE}`],
    });
  });

  test('a page of the site that is visited then reached no server a second time', () => {
    const shown = [
      request(200, 'm', NEXT, { ...MAIN, initiatorOrigin: 'https://send-box.com' }),
      { ...headers(201, 'm'), unsent: true as const },
      response(202, 'm'),
      committed(210, { documentId: 'B-d2', url: NEXT }),
    ];
    const evidence = evidenceOf(
      [...visit(0), ...prefetch(100, NEXT), ...shown],
      [document([]), document([], { document: 'd2', url: NEXT })],
    );
    expect(acts(evidence, 'request').map((one) => [one.visit, one.request?.url, one.request?.internal])).toEqual([
      ['v1', 'https://send-box.com/', false],
      ['v1', NEXT, false],
      ['v2', NEXT, true],
    ]);
    expect(acts(evidence, 'cookie').map((one) => `${one.visit} ${one.name}`)).toEqual(['v1 ahead']);
  });
});
