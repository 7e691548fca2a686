import { describe, expect, test } from 'vitest';
import type { BrowserEvent } from '../../../../lib/model/capture.ts';
import {
  acts,
  BEGIN,
  committed,
  ended,
  evidenceOf,
  exchange,
  headers,
  moment,
  pressed,
  redirect,
  request,
  requestsTo,
  response,
  sent,
  value,
  visit,
  document,
  stored,
  SCRIPT,
  digester,
} from './captures.ts';

const HIT = 'https://mc.yandex.ru/watch/1';

test('what was put off is by the script that did so, at the moment at which it is sent, once', () => {
  const later = sent(100, HIT, { mechanism: 'fetchLater', method: 'POST' });
  const asked = { method: 'POST' };
  const found = requestsTo(
    'mc.yandex.ru',
    [...visit(0), ...exchange(60_000, 'r1', HIT, asked), ...exchange(61_000, 'r2', HIT, asked)],
    [document([later])],
  );
  expect(found.map((one) => [one.mechanism, one.initiator?.url, moment(one)])).toEqual([
    ['fetchLater', SCRIPT.url, 60_000],
    ['xhr', undefined, 61_000],
  ]);
});

describe('redirects', () => {
  const chain = [
    ...visit(0),
    request(100, '7', 'https://a.example/1'),
    headers(101, '7'),
    response(102, '7', [], { status: 302 }),
    redirect(103, '7'),
    request(104, '7', 'https://b.example/2'),
    headers(105, '7'),
    response(106, '7', [], { status: 307 }),
    redirect(107, '7', { status: 307 }),
    request(108, '7', 'https://c.example/3'),
    headers(109, '7'),
    response(110, '7'),
    ended(111, '7'),
  ];

  test('each hop is one request, and names the one before', () => {
    const hops = acts(evidenceOf(chain, [document([])]), 'request').filter(({ host }) => host.endsWith('.example'));
    expect(hops.map(({ request: facts }) => [facts?.url, facts?.redirectedFrom, facts?.status])).toEqual([
      ['https://a.example/1', null, 302],
      ['https://b.example/2', 'https://a.example/1', 307],
      ['https://c.example/3', 'https://b.example/2', 200],
    ]);
    expect(hops.map(({ cause }) => cause)).toEqual([null, hops[0]?.id, hops[1]?.id]);
  });

  test('a redirect that the browser makes by itself went over no network', () => {
    const [first, second] = acts(
      evidenceOf(
        [
          ...visit(0),
          request(100, '7', 'http://a.example/'),
          redirect(101, '7', { status: 307, internal: true, ip: null }),
          ...exchange(102, '7', 'https://a.example/'),
        ],
        [document([])],
      ),
      'request',
    ).filter(({ host }) => host === 'a.example');
    expect([first?.request?.internal, second?.request?.internal]).toEqual([true, false]);
  });
});

test('request ids begin anew with the browser: the same id after an end is another request', () => {
  const events = [...visit(0), ...exchange(100, '7', 'https://a.example/1'), ...exchange(90_000, '7', 'https://a.example/2')];
  const found = requestsTo('a.example', events, [document([])]);
  expect(found.map(({ request: facts }) => [facts?.url, facts?.redirectedFrom])).toEqual([
    ['https://a.example/1', null],
    ['https://a.example/2', null],
  ]);
});

test('an id that was left open by a killed browser is another request too', () => {
  const events = [
    ...visit(0),
    request(100, '7', 'https://a.example/1'),
    headers(101, '7'),
    ...exchange(90_000, '7', 'https://a.example/2'),
  ];
  expect(requestsTo('a.example', events, [document([])]).map(({ request: facts }) => facts?.redirectedFrom)).toEqual([null, null]);
});

describe('whose moment a request has', () => {
  test("the script's own: before and after a click in the same millisecond are told apart by the document's sequence", () => {
    const page = document([sent(500, `${HIT}?before`), pressed(500, 'Accept all'), sent(500, `${HIT}?after`)]);
    // The browser's process hears of both after the click, and of the later one first.
    const events = [...visit(0), ...exchange(503, '8', `${HIT}?after`), ...exchange(504, '7', `${HIT}?before`)];
    const order = evidenceOf(events, [page]).observations.filter(({ kind, host }) => kind === 'control' || host === 'mc.yandex.ru');
    expect(order.map(({ kind, request: facts }) => facts?.url ?? kind)).toEqual([`${HIT}?before`, 'control', `${HIT}?after`]);
    expect(order.map(({ uncertainty }) => uncertainty)).toEqual([0, 0, 0]);
  });

  test('one announcement is taken by one request, the oldest first', () => {
    const page = document([
      sent(100, HIT, { initiator: { ...SCRIPT, line: 1 } }),
      sent(200, HIT, { initiator: { ...SCRIPT, line: 2 } }),
      sent(300, HIT, { initiator: { ...SCRIPT, line: 3 } }),
    ]);
    const events = [...visit(0), ...exchange(105, '1', HIT), ...exchange(205, '2', HIT), ...exchange(305, '3', HIT)];
    const found = requestsTo('mc.yandex.ru', events, [page]);
    expect(found.map((one) => [one.initiator?.line, moment(one)])).toEqual([
      [1, 100],
      [2, 200],
      [3, 300],
    ]);
  });

  test('a preflight leaves the announcement to the request that it is for', () => {
    const page = document([sent(100, HIT, { method: 'POST' })]);
    const events = [...visit(0), ...exchange(102, '1', HIT, { method: 'OPTIONS' }), ...exchange(110, '2', HIT, { method: 'POST' })];
    expect(requestsTo('mc.yandex.ru', events, [page]).map((one) => [one.request?.method, moment(one)])).toEqual([
      ['OPTIONS', 100],
      ['POST', 100],
    ]);
  });

  test('a preflight of a beacon, or of what the catalogue knows as a hit, only asks whether it may', () => {
    const page = document([sent(100, HIT, { method: 'POST', mechanism: 'beacon' })]);
    const events = [...visit(0), ...exchange(102, '1', HIT, { method: 'OPTIONS' }), ...exchange(110, '2', HIT, { method: 'POST' })];
    expect(requestsTo('mc.yandex.ru', events, [page]).map((one) => one.request?.hit)).toEqual([false, true]);
  });

  test('an announcement of another method, another tab or long ago is another request', () => {
    const pages = [document([sent(100, HIT, { method: 'POST' })]), document([sent(100, HIT)], { document: 'd2', tab: 2 })];
    expect(requestsTo('mc.yandex.ru', [...visit(0), ...exchange(110, '1', HIT)], pages)[0]?.initiator).toBeNull();
    expect(requestsTo('mc.yandex.ru', [...visit(0), ...exchange(9000, '1', HIT)], [document([sent(100, HIT)])])[0]?.initiator).toBeNull();
  });

  test("a document's own, not a worker's request that no document is told for", () => {
    const page = document([sent(100, HIT)]);
    const found = requestsTo(
      'mc.yandex.ru',
      [...visit(0), ...exchange(110, '1', HIT, { documentId: null }), ...exchange(120, '2', HIT)],
      [page],
    );
    expect(found.map(({ initiator, at }) => [initiator, Date.parse(at) - BEGIN])).toEqual([
      [SCRIPT, 100],
      [null, 110],
    ]);
  });

  test('an insecure address is that of the secure request that the browser made of it, unless it was asked for itself', () => {
    const insecure = HIT.replace('https', 'http');
    const page = document([sent(100, insecure, { upgradedDigest: HIT })]);
    const upgraded = requestsTo('mc.yandex.ru', [...visit(0), ...exchange(110, '1', HIT)], [page]);
    expect(upgraded.map(({ initiator }) => initiator)).toEqual([SCRIPT]);
    const both = requestsTo('mc.yandex.ru', [...visit(0), ...exchange(110, '1', HIT), ...exchange(120, '2', insecure)], [page]);
    expect(both.map(({ request: facts, initiator }) => [facts?.url, initiator])).toEqual([
      [insecure, SCRIPT],
      [HIT, null],
    ]);
  });

  test('an announcement in small letters is of the method that the platform left as it is', () => {
    const page = document([sent(100, HIT, { method: 'patch' })]);
    for (const method of ['patch', 'PATCH'])
      expect(requestsTo('mc.yandex.ru', [...visit(0), ...exchange(110, '1', HIT, { method })], [page])[0]?.initiator).toEqual(SCRIPT);
  });

  test("an empty pop-up's own, where the browser tells of the request as its opener's", () => {
    const popUp = { document: 'd2', tab: 2, url: 'about:blank' };
    const ofOther = { ...popUp, origin: 'https://a.example' };
    const asked = (more: typeof popUp) =>
      requestsTo('mc.yandex.ru', [...visit(0), ...exchange(110, '1', HIT)], [document([sent(100, HIT)], more)])[0];
    expect([asked(popUp)?.initiator, asked(popUp)?.frame]).toEqual([SCRIPT, 'about:blank']);
    expect(asked(ofOther)?.initiator).toBeNull();
  });

  test("with nobody's word for it, a request right after a click may be from before it", () => {
    const page = document([pressed(500, 'Accept all')]);
    const [near] = requestsTo('mc.yandex.ru', [...visit(0), ...exchange(520, '1', HIT)], [page]);
    expect(near?.uncertainty).toBeGreaterThanOrEqual(20);
    const [far] = requestsTo('mc.yandex.ru', [...visit(0), ...exchange(5000, '1', HIT)], [page]);
    expect(far?.uncertainty).toBe(0);
  });

  test.each([
    ['a clock of whole milliseconds cannot tell a request from a click in the next one', 500, 501, 1],
    ['but one two milliseconds apart', 500, 502, 0],
    ['a finer clock can tell half a millisecond', 500.25, 500.75, 0],
    ['but no tenth of it', 500.25, 500.35, 1],
  ])('%s', (_what, asked, clicked, expected) => {
    const resource = { at: asked, type: 'resource' as const, url: HIT, urlDigest: HIT, initiatorType: 'img', status: 200 };
    const page = document([resource, pressed(clicked, 'Accept all')]);
    const [seen] = requestsTo('mc.yandex.ru', [...visit(0), ...exchange(503, '1', HIT)], [page]);
    expect(seen?.uncertainty).toBe(expected);
  });
});

describe('what a request carries', () => {
  test('cookies of its header, and stored values in URL or body', () => {
    const page = document([stored(50, '_ym_uid', '1790000000123456789')]);
    const parts = digester.parts('u:1790000000123456789', 10);
    const events = [...visit(0), request(100, '1', HIT, { parts }), headers(101, '1', '_ga'), response(102, '1'), ended(103, '1')];
    const [hit] = requestsTo('mc.yandex.ru', events, [page]);
    expect(hit?.request?.sentCookies).toEqual(['_ga']);
    expect(hit?.request?.sentIdentifiers).toEqual([{ kind: 'localStorage', name: '_ym_uid', host: 'send-box.com' }]);
    expect(hit?.request?.hit).toBe(true);
  });

  test('nothing of a value that only looks alike', () => {
    const events = [...visit(0), ...exchange(100, '1', 'https://a.example/', { parts: value('x', '1790000000999999999').parts })];
    expect(
      requestsTo('a.example', events, [document([stored(50, '_ym_uid', '1790000000123456789')])])[0]?.request?.sentIdentifiers,
    ).toEqual([]);
  });

  test.each([
    ['a POST', { method: 'POST' }, true],
    ['a beacon', { resourceType: 'ping' }, true],
    ['a WebSocket', { resourceType: 'websocket' }, true],
    ['a download', { resourceType: 'stylesheet' }, false],
  ])('%s: hit %s', (_what, more, hit) => {
    expect(
      requestsTo('a.example', [...visit(0), ...exchange(100, '1', 'https://a.example/x', more)], [document([])])[0]?.request?.hit,
    ).toBe(hit);
  });
});

describe('what never left the browser', () => {
  test('blocked before it was sent: nobody was told anything', () => {
    const events = [...visit(0), request(100, '1', HIT), ended(101, '1', { status: null, ip: null, error: 'net::ERR_BLOCKED_BY_CLIENT' })];
    expect(requestsTo('mc.yandex.ru', events, [document([])])).toEqual([]);
  });

  test('ended without an answer after its headers were ready: told, and nobody can confirm that it got out', () => {
    const events = [
      ...visit(0),
      request(100, '1', HIT),
      headers(101, '1'),
      ended(500, '1', { status: null, ip: null, error: 'net::ERR_TIMED_OUT' }),
    ];
    expect(requestsTo('mc.yandex.ru', events, [document([])]).map(({ confirmed }) => confirmed)).toEqual([null]);
  });

  test('without an answer, and without an end: told, and nobody can confirm it either', () => {
    const events = [...visit(0), request(100, '1', HIT, { tab: -1 }), headers(101, '1')];
    expect(requestsTo('mc.yandex.ru', events, [document([])]).map(({ confirmed }) => confirmed)).toEqual([null]);
  });

  test('answered from the cache', () => {
    const events = [...visit(0), request(100, '1', 'https://a.example/x.js'), ended(101, '1', { ip: null, fromCache: true })];
    expect(requestsTo('a.example', events, [document([])])[0]?.request?.internal).toBe(true);
  });
});

test('a navigation is of no document, though the id of one was never told', () => {
  const frame = document([sent(100, HIT)], { document: 'd2', documentId: null, url: 'https://send-box.com/frame', frame: 3, top: false });
  const found = acts(evidenceOf([...visit(0), ...visit(500, 'd3')], [document([]), frame]), 'request');
  expect(found.map((one) => [one.mechanism, one.frame])).toEqual([
    ['navigation', null],
    ['navigation', null],
  ]);
});

test('what a frame asks for as it goes is of the page that it was in, though no tab and no document is named, and the next page is there', () => {
  const url = 'https://third.example/frame';
  const begun = committed(50, { frame: 5, documentId: 'B-f', parentDocumentId: 'B-d1', url, audited: false });
  const frame = document([sent(520, HIT)], { document: 'f', url, origin: 'https://third.example', frame: 5, top: false });
  const gone = { tab: -1, frame: -1, documentId: null, initiatorOrigin: 'https://third.example' };
  const events = [...visit(0), begun, ...visit(500, 'd2'), ...exchange(521, '9', HIT, gone)];
  const [hit] = requestsTo('mc.yandex.ru', events, [document([]), document([], { document: 'd2' }), frame]);
  expect([hit?.visit, hit?.frame, hit?.mechanism]).toEqual(['v1', url, 'fetch']);
});

test('the canonical name of a host is told with its requests, and with no others', () => {
  const named: BrowserEvent = { type: 'canonical-name', time: BEGIN + 30, host: 'metrics.send-box.com', name: 'mc.yandex.ru' };
  const own = exchange(20, 'r1', 'https://metrics.send-box.com/x');
  const evidence = evidenceOf([...visit(0), ...own, named, ...exchange(40, 'r2', 'https://app.send-box.com/x')], []);
  expect(acts(evidence, 'request').map(({ request }) => request?.canonicalName)).toEqual([undefined, 'mc.yandex.ru', undefined]);
});
