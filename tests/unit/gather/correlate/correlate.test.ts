import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correlate } from '../../../../lib/gather/correlate/correlate.ts';
import { joinEvidence } from '../../../../lib/gather/correlate/join.ts';
import type { BrowserEvent, Segment } from '../../../../lib/model/capture.ts';
import {
  acts,
  BEGIN,
  changed,
  claim,
  committed,
  document,
  evidenceOf,
  exchange,
  jar,
  jarCookie,
  look,
  moment,
  pressed,
  step,
  stored,
  visit,
} from './captures.ts';

describe('visits', () => {
  test('begin with the first byte asked for, and are named by their step', () => {
    const events = [
      step(0, 0, 'visit'),
      ...visit(100, 'd1'),
      step(5000, 1, 'reload'),
      ...visit(5100, 'd2', { requestId: 'm2' }),
      step(9000, 2, 'restart'),
      ...visit(9100, 'd3', { requestId: 'm3' }),
    ];
    expect(evidenceOf(events, []).visits).toEqual([
      { id: 'v1', profile: 1, reason: 'visit', step: 0, url: 'https://send-box.com/', startedAt: '2026-11-02T10:00:00.100Z' },
      { id: 'v2', profile: 1, reason: 'reload', step: 1, url: 'https://send-box.com/', startedAt: '2026-11-02T10:00:05.100Z' },
      { id: 'v3', profile: 1, reason: 'restart', step: 2, url: 'https://send-box.com/', startedAt: '2026-11-02T10:00:09.100Z' },
    ]);
  });

  test('a step names one visit; a page that a click leads to is a visit of its own', () => {
    const events = [step(0, 0, 'reload'), ...visit(100, 'd1'), ...visit(900, 'd2', { requestId: 'm2' })];
    expect(evidenceOf(events, []).visits.map(({ reason, step: index }) => [reason, index])).toEqual([
      ['reload', 0],
      ['visit', 0],
    ]);
  });

  test('without steps the browser says what was a reload', () => {
    const events = [...visit(0), ...visit(1000, 'd2', { requestId: 'm2', transition: 'reload' })];
    expect(evidenceOf(events, []).visits.map(({ reason, step: index }) => [reason, index])).toEqual([
      ['visit', null],
      ['reload', null],
    ]);
  });

  test('pages of other sites and frames are no visits', () => {
    const events = [
      ...visit(0),
      committed(50, { frame: 4, documentId: 'F', parentDocumentId: 'B-d1', url: 'https://mc.yandex.ru/f' }),
      committed(900, { audited: false, url: 'https://a.example/' }),
    ];
    expect(evidenceOf(events, []).visits).toHaveLength(1);
  });

  test('what a document did belongs to its own visit, however late it is told', () => {
    const events = [...visit(0), ...visit(1000, 'd2', { requestId: 'm2' })];
    const evidence = evidenceOf(events, [document([claim(1200, 'late=1')]), document([claim(1100, 'early=1')], { document: 'd2' })]);
    expect(acts(evidence, 'cookie').map(({ name, visit: id }) => [name, id])).toEqual([
      ['early', 'v2'],
      ['late', 'v1'],
    ]);
  });

  test('a frame belongs to the visit of the page around it', () => {
    const frame = { document: 'f', frame: 4, top: false, url: 'https://mc.yandex.ru/f', origin: 'https://mc.yandex.ru' };
    const events = [
      ...visit(0),
      committed(50, { frame: 4, documentId: 'B-f', parentDocumentId: 'B-d1', url: 'https://mc.yandex.ru/f' }),
      ...visit(1000, 'd2', { requestId: 'm2' }),
    ];
    const [seen] = acts(evidenceOf(events, [document([claim(1500, 'x=1')], frame)]), 'cookie');
    expect(seen).toMatchObject({ visit: 'v1', page: 'https://send-box.com/', frame: 'https://mc.yandex.ru/f', host: 'mc.yandex.ru' });
  });

  test('what a page did when it was left is not of its coming back a moment later', () => {
    const events = [...visit(0), ...visit(1000, 'd2', { requestId: 'm2' }), committed(1040)];
    const documents = [document([claim(20, 'first=1'), claim(1012, 'leaving=1'), claim(1038, 'back=1')])];
    expect(acts(evidenceOf(events, documents), 'cookie').map(({ name, visit: id }) => [name, id])).toEqual([
      ['first', 'v1'],
      ['leaving', 'v1'],
      ['back', 'v3'],
    ]);
  });

  test("a page's own request belongs to the visit that it brings", () => {
    const events = [...visit(0), ...visit(1000, 'd2', { requestId: 'm2' })];
    expect(acts(evidenceOf(events, []), 'request').map(({ visit: id }) => id)).toEqual(['v1', 'v2']);
  });
});

describe('the order of happening', () => {
  test('numbers observations from 1, and within a document by its own sequence', () => {
    const page = document([claim(100, 'a=1'), pressed(100, 'Accept'), stored(100, 'b', '1')]);
    const { observations } = evidenceOf(visit(0), [page]);
    expect(observations.map(({ seq, id }) => [seq, id])).toEqual(observations.map((_one, index) => [index + 1, `o${index + 1}`]));
    expect(observations.slice(-3).map(({ kind }) => kind)).toEqual(['cookie', 'control', 'localStorage']);
  });

  test('is the same whatever the order in which batches were stored', () => {
    const batches = [
      document([claim(100, 'a=1'), pressed(150, 'OK')]),
      document([stored(120, 'b', '1'), look(500, { b: '1' })], { document: 'd2' }),
    ];
    const browser: BrowserEvent[] = [
      ...visit(0),
      ...exchange(130, '1', 'https://mc.yandex.ru/x'),
      changed(105, 'a', '1'),
      jar(900, [jarCookie('a', '1')]),
    ];
    const whole: Segment[] = [
      ...browser.map((event, index): Segment => ({
        id: `browser:x:${String(index).padStart(9, '0')}`,
        source: 'browser',
        events: [event],
      })),
      ...batches,
    ];
    const isSite = (host: string): boolean => host === 'send-box.com';
    const expected = JSON.stringify(correlate(whole, { isSite }));
    fc.assert(
      fc.property(fc.shuffledSubarray(whole, { minLength: whole.length, maxLength: whole.length }), (shuffled) => {
        expect(JSON.stringify(correlate(shuffled, { isSite }))).toBe(expected);
      }),
      { numRuns: 30 },
    );
  });

  test('a batch that was stored twice counts once', () => {
    const page = document([claim(100, 'a=1'), claim(200, 'a=2')]);
    const again = { ...page, id: 'document:d1:000000001b' };
    expect(acts(evidenceOf(visit(0), [page, again]), 'cookie')).toHaveLength(2);
  });
});

describe('acts and marks', () => {
  test('a control keeps its words only where they speak of consent', () => {
    const page = document([pressed(100, 'Принять все'), pressed(200, 'Айгерим Серикова, +7 707 123 45 67')]);
    const found = acts(evidenceOf(visit(0), [page]), 'control');
    expect(found.map(({ name, control }) => [name, control?.meaning])).toEqual([
      ['Принять все', 'accept'],
      ['button', null],
    ]);
  });

  test('a mark belongs to the visit of its tab', () => {
    const events: BrowserEvent[] = [...visit(0), { type: 'mark', time: BEGIN + 500, tab: 1, state: 'accepted', categories: null }];
    expect(acts(evidenceOf(events, []), 'signal')[0]).toMatchObject({
      name: 'mark',
      visit: 'v1',
      signal: { source: 'mark', state: 'accepted', categories: null },
    });
  });
});

describe('gaps', () => {
  const reasons = (...told: Parameters<typeof evidenceOf>): string[] => evidenceOf(...told).gaps.map(({ reason }) => reason);

  test('a whole recording has none', () => {
    const evidence = evidenceOf(visit(0), [document([claim(100, 'a=1')])]);
    expect(evidence).toMatchObject({ gaps: [], lost: 0 });
  });

  test('a hole in the sequence: events are missing', () => {
    const page = document([claim(100, 'a=1'), claim(200, 'a=2'), claim(300, 'a=3')]);
    const evidence = evidenceOf(visit(0), [{ ...page, events: page.events.filter(({ seq }) => seq !== 3) }]);
    expect(evidence.lost).toBe(1);
    expect(evidence.gaps).toEqual([
      { from: '2026-11-02T10:00:00.100Z', to: '2026-11-02T10:00:00.300Z', reason: 'missing-entries: 1 in https://send-box.com/' },
    ]);
  });

  test('dropped and malformed entries are told and counted', () => {
    const evidence = evidenceOf(visit(0), [{ ...document([claim(100, 'a=1')]), dropped: 5, invalid: 2 }]);
    expect(evidence.lost).toBe(7);
    expect(evidence.gaps.map(({ reason }) => reason)).toEqual([
      'dropped-entries: 5 in https://send-box.com/',
      'malformed-entries: 2 in https://send-box.com/',
    ]);
  });

  test('a document without canary had no hooks', () => {
    const page = document([claim(100, 'a=1')]);
    const blind = {
      ...page,
      events: page.events.map((event) =>
        event.type === 'canary' ? { ...event, type: 'lifecycle', state: 'start' } : event,
      ) as typeof page.events,
    };
    expect(reasons(visit(0), [blind])).toEqual(['canary-missing: https://send-box.com/']);
  });

  test('a page of which no document spoke was not seen', () => {
    expect(reasons(visit(0), [])).toEqual(['document-not-seen: https://send-box.com/']);
  });

  test('storage too large to look at is told', () => {
    expect(reasons(visit(0), [document([look(100, {}, { skipped: 3 })])])).toEqual([
      'storage-too-large: 3 entries in https://send-box.com/',
    ]);
  });

  test("the browser's own gaps are passed on", () => {
    const gap: BrowserEvent = { type: 'gap', time: BEGIN + 100, from: BEGIN + 50, to: BEGIN + 90, reason: 'worker-stopped', lost: 4 };
    const evidence = evidenceOf([...visit(0), gap], [document([])]);
    expect(evidence).toMatchObject({
      lost: 4,
      gaps: [{ from: '2026-11-02T10:00:00.050Z', to: '2026-11-02T10:00:00.090Z', reason: 'worker-stopped' }],
    });
  });
});

describe('the profile', () => {
  test.each([[true], [false], [null]])('clean: %s, as the last word on it says', (clean) => {
    const events: BrowserEvent[] = [
      { type: 'profile', time: BEGIN - 5, clean: true },
      { type: 'profile', time: BEGIN - 1, clean },
      ...visit(0),
    ];
    expect(evidenceOf(events, []).profiles).toEqual([{ profile: 1, clean }]);
  });

  test('is not known where nobody looked', () => {
    expect(evidenceOf(visit(0), []).profiles).toEqual([{ profile: 1, clean: null }]);
  });
});

describe('joining profiles', () => {
  const part = (): ReturnType<typeof evidenceOf> =>
    evidenceOf([...visit(0), ...exchange(100, '1', 'https://mc.yandex.ru/x', { setCookies: ['a=1'] })], [document([pressed(200, 'OK')])]);

  test('numbers visits, profiles and observations on, and keeps what refers to them', () => {
    const [first, second] = [part(), part()];
    const joined = joinEvidence([first, second]);
    expect(joined.visits.map(({ id, profile }) => [id, profile])).toEqual([
      ['v1', 1],
      ['v2', 2],
    ]);
    expect(joined.profiles.map(({ profile }) => profile)).toEqual([1, 2]);
    expect(joined.observations.map(({ seq, id }) => [seq, id])).toEqual(
      joined.observations.map((_one, index) => [index + 1, `o${index + 1}`]),
    );
    const cookies = joined.observations.filter(({ kind }) => kind === 'cookie');
    expect(cookies.map(({ visit: id }) => id)).toEqual(['v1', 'v2']);
    for (const { cause, visit: id } of cookies)
      expect(joined.observations.find((one) => one.id === cause)).toMatchObject({ host: 'mc.yandex.ru', visit: id });
    expect(cookies[1]?.cause).not.toBe(cookies[0]?.cause);
  });

  test('adds gaps and losses', () => {
    const hurt = { ...part(), lost: 3, gaps: [{ from: '', to: '', reason: 'x' }] };
    expect(joinEvidence([hurt, hurt])).toMatchObject({ lost: 6, gaps: [{ reason: 'x' }, { reason: 'x' }] });
  });

  test('of one profile changes nothing, of none is empty', () => {
    expect(joinEvidence([part()])).toEqual(part());
    expect(joinEvidence([])).toMatchObject({ visits: [], observations: [], lost: 0 });
  });
});

test("a moment is the page's own, to the millisecond", () => {
  expect(moment(acts(evidenceOf(visit(0), [document([claim(123.4, 'a=1')])]), 'cookie')[0])).toBe(123);
});
