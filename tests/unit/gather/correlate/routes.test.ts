/** A page that has another address without being another document: to which visit and page everything belongs. */
import { describe, expect, test } from 'vitest';
import { joinEvidence } from '../../../../lib/gather/correlate/join.ts';
import type { BrowserEvent } from '../../../../lib/model/capture.ts';
import type { Evidence } from '../../../../lib/model/evidence.ts';
import {
  acts,
  changed,
  claim,
  committed,
  document,
  evidenceOf,
  exchange,
  jar,
  jarCookie,
  look,
  sent,
  step,
  stored,
  visit,
} from './captures.ts';
import type { Told } from './captures.ts';

const SITE = 'https://send-box.com';
const route = (at: number, path: string): Told => ({ at, type: 'route', url: `${SITE}${path}` });
const history = (at: number, path: string, more: Partial<Extract<BrowserEvent, { type: 'navigation' }>> = {}): BrowserEvent =>
  committed(at, { state: 'history', url: `${SITE}${path}`, ...more });
const visitsOf = (evidence: Evidence): string[] =>
  evidence.visits.map(({ id, reason, url, routeOf }) => `${id} ${reason} ${url.replace(SITE, '')} ${routeOf ?? ''}`.trim());
const pagesOf = (evidence: Evidence, kind: Parameters<typeof acts>[1]): (string | null)[][] =>
  acts(evidence, kind).map(({ name, request, visit: id, page, frame }) => [
    name ?? request?.url ?? null,
    id,
    page.replace(SITE, ''),
    frame,
  ]);

describe('a route', () => {
  test('is a visit that goes on in the document of the one before, with the step that led there', () => {
    const events = [step(0, 0, 'visit'), ...visit(100), step(900, 1, 'other'), step(5000, 2, 'reload'), ...visit(5100, 'd2')];
    const evidence = evidenceOf(events, [
      document([route(1000, '/about')]),
      document([route(6000, '/')], { document: 'd2', url: `${SITE}/about` }),
    ]);
    expect(evidence.visits[1]).toEqual({
      id: 'v2',
      profile: 1,
      reason: 'route',
      step: 1,
      url: `${SITE}/about`,
      startedAt: '2026-11-02T10:00:01.000Z',
      routeOf: 'v1',
    });
    // The document that was loaded anew began at `/` in this story, so its route there changes nothing.
    expect(visitsOf(evidence)).toEqual(['v1 visit /', 'v2 route /about v1', 'v3 reload /']);
  });

  test('divides what its document did by the sequence, also within one moment of the clock', () => {
    const evidence = evidenceOf(visit(0), [
      document([claim(50, 'before=1'), stored(50, 'before', 'x'), route(50, '/about'), claim(50, 'after=1'), stored(50, 'after', 'x')]),
    ]);
    expect(pagesOf(evidence, 'cookie')).toEqual([
      ['before', 'v1', '/', `${SITE}/`],
      ['after', 'v2', '/about', `${SITE}/about`],
    ]);
    expect(pagesOf(evidence, 'localStorage').map(([name, , page]) => [name, page])).toEqual([
      ['before', '/'],
      ['after', '/about'],
    ]);
  });

  test('noticed with a claim is before that claim, whatever the clock says', () => {
    const evidence = evidenceOf(visit(0), [document([route(50.4, '/about'), claim(50.2, 'after=1')])]);
    expect(pagesOf(evidence, 'cookie')).toEqual([['after', 'v2', '/about', `${SITE}/about`]]);
  });

  test('has the requests that were asked for after it, however late the browser told of them', () => {
    const events = [
      ...visit(0),
      ...exchange(120, 'r1', 'https://t.example/before'),
      ...exchange(121, 'r2', 'https://t.example/after'),
      ...exchange(122, 'r3', 'https://t.example/loaded-before'),
      ...exchange(300, 'r4', 'https://t.example/nobody-saw'),
    ];
    const loaded: Told = {
      at: 130,
      type: 'resource',
      url: 'https://t.example/loaded-before',
      urlDigest: 'https://t.example/loaded-before',
      initiatorType: 'img',
      status: 200,
    };
    const part = document([sent(99, 'https://t.example/before'), route(100, '/about'), sent(100, 'https://t.example/after'), loaded]);
    // Told when it had loaded, and begun before the route.
    for (const event of part.events) if (event.type === 'resource') event.time -= 35;
    const asked = pagesOf(evidenceOf(events, [part]), 'request').filter(([url]) => url?.startsWith('https://t.'));
    expect(asked.map(([url, , page]) => [url, page]).sort()).toEqual([
      ['https://t.example/after', '/about'],
      ['https://t.example/before', '/'],
      ['https://t.example/loaded-before', '/'],
      ['https://t.example/nobody-saw', '/about'],
    ]);
  });

  test('has what frames do and what only the jar tells, by the clock', () => {
    const events = [
      ...visit(0),
      committed(20, { frame: 3, documentId: 'B-f', parentDocumentId: 'B-d1', url: 'https://f.example/', audited: false }),
      changed(300, 'jar', '1'),
    ];
    const frame = { document: 'f', documentId: 'B-f', frame: 3, top: false, url: 'https://f.example/', origin: 'https://f.example' };
    const evidence = evidenceOf(events, [document([route(100, '/about')]), document([claim(50, 'early=1'), claim(200, 'late=1')], frame)]);
    expect(pagesOf(evidence, 'cookie')).toEqual([
      ['early', 'v1', '/', 'https://f.example/'],
      ['late', 'v2', '/about', 'https://f.example/'],
      ['jar', 'v2', '/about', null],
    ]);
  });

  test('leaves a redirect with the page that asked', () => {
    const hops: BrowserEvent[] = [
      ...exchange(90, 'r1', 'https://t.example/one').slice(0, 2),
      { type: 'redirect', time: committed(105).time, requestId: 'r1', status: 302, internal: false, ip: null },
      ...exchange(106, 'r1', 'https://t.example/two'),
    ];
    const evidence = evidenceOf([...visit(0), ...hops], [document([sent(89, 'https://t.example/one'), route(100, '/about')])]);
    expect(
      pagesOf(evidence, 'request')
        .slice(1)
        .map(([url, id]) => [url, id]),
    ).toEqual([
      ['https://t.example/one', 'v1'],
      ['https://t.example/two', 'v1'],
    ]);
  });

  test('is looked at anew: what a jar holds is told of each page that it was looked into on', () => {
    const events = [...visit(0), jar(50, [jarCookie('a', '1')]), jar(150, [jarCookie('a', '1')])];
    const evidence = evidenceOf(events, [document([look(20, {}), route(100, '/about')])]);
    expect(evidence.observations.filter(({ action }) => action === 'present').map(({ visit: id }) => id)).toEqual(['v1', 'v2']);
  });
});

describe('no route', () => {
  test('is an address that reads as the one before: query and fragment are no part of it', () => {
    const evidence = evidenceOf([...visit(0), history(200, '/')], [document([route(100, '/'), claim(300, 'a=1')])]);
    expect(visitsOf(evidence)).toEqual(['v1 visit /']);
  });

  test('is of another host, or told by a frame', () => {
    const elsewhere = document([{ at: 100, type: 'route', url: 'https://elsewhere.example/' }]);
    const framed = document([route(100, '/framed')], { document: 'f', top: false, frame: 2 });
    expect(visitsOf(evidenceOf(visit(0), [elsewhere, framed]))).toEqual(['v1 visit /']);
  });

  test('leaves a gap of its own: its document is told of already', () => {
    expect(evidenceOf(visit(0), [document([route(100, '/about')])]).gaps).toEqual([]);
  });
});

describe("the browser's own word", () => {
  test('counts where no relay speaks for the document', () => {
    const events = [...visit(0), history(100, '/about'), history(150, '/framed', { frame: 4, documentId: 'B-f' }), changed(300, 'a', '1')];
    const evidence = evidenceOf(events, []);
    expect(visitsOf(evidence)).toEqual(['v1 visit /', 'v2 route /about v1']);
    expect(pagesOf(evidence, 'cookie')).toEqual([['a', 'v2', '/about', null]]);
  });

  test('adds nothing where one does: it comes later', () => {
    const evidence = evidenceOf([...visit(0), history(108, '/about')], [document([route(100, '/about'), route(104, '/more')])]);
    expect(visitsOf(evidence)).toEqual(['v1 visit /', 'v2 route /about v1', 'v3 route /more v1']);
  });
});

describe('lives of documents', () => {
  test('a page that comes back from the cache begins with the address it was left with', () => {
    const events = [...visit(0), ...visit(500, 'd2'), committed(900, { documentId: 'B-d1', url: `${SITE}/about`, transition: 'link' })];
    const evidence = evidenceOf(events, [
      document([route(100, '/about'), claim(1000, 'again=1'), route(1100, '/'), claim(1200, 'home=1')]),
      document([claim(600, 'second=1')], { document: 'd2' }),
    ]);
    expect(visitsOf(evidence)).toEqual(['v1 visit /', 'v2 route /about v1', 'v3 visit /', 'v4 visit /about', 'v5 route / v4']);
    expect(pagesOf(evidence, 'cookie').map(([name, id]) => [name, id])).toEqual([
      ['second', 'v3'],
      ['again', 'v4'],
      ['home', 'v5'],
    ]);
  });

  test('two tabs have each their own route', () => {
    const events = [...visit(0), committed(20, { tab: 2, documentId: 'B-d2' })];
    const evidence = evidenceOf(events, [
      document([route(100, '/one'), claim(300, 'one=1')]),
      document([route(200, '/two'), claim(300, 'two=1')], { document: 'd2', tab: 2 }),
    ]);
    expect(visitsOf(evidence)).toEqual(['v1 visit /', 'v2 visit /', 'v3 route /one v1', 'v4 route /two v2']);
    expect(pagesOf(evidence, 'cookie').map(([name, , page]) => [name, page])).toEqual([
      ['one', '/one'],
      ['two', '/two'],
    ]);
  });

  test('documents without ids are told apart by tab and time, their routes by the sequence', () => {
    const events = [...visit(0).map((event) => ('documentId' in event ? { ...event, documentId: null } : event))];
    const evidence = evidenceOf(events, [document([claim(100, 'a=1'), route(100, '/about'), claim(100, 'b=1')], { documentId: null })]);
    expect(pagesOf(evidence, 'cookie').map(([name, , page]) => [name, page])).toEqual([
      ['a', '/'],
      ['b', '/about'],
    ]);
  });

  test('joined profiles number a route and the visit it goes on in alike', () => {
    const part = evidenceOf(visit(0), [document([route(100, '/about')])]);
    expect(visitsOf(joinEvidence([part, part]))).toEqual(['v1 visit /', 'v2 visit /', 'v3 route /about v1', 'v4 route /about v2']);
  });
});
