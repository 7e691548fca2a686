import { describe, expect, test } from 'vitest';
import { durationWords, offsetWords, periodWords } from '../../../lib/view/duration-words.ts';
import { inspectorOf, type RawDevtools } from '../../../lib/view/inspector.ts';
import { panelTimeline } from '../../../lib/view/panel-timeline.ts';
import { sayIn } from '../../../lib/view/say.ts';
import { isSource, sourceOf } from '../../../lib/view/source-link.ts';
import { rowWindow, scrolledTo } from '../../../lib/view/virtual-window.ts';
import { auditOf, entryOf } from './audit.ts';
import { observationOf, requestOf } from './observation.ts';

const say = sayIn('en');

test.each([
  [34_560_000, '400 days'],
  [86_400 * 2, '2 days'],
  [86_400, '24 hours'],
  [7200, '2 hours'],
  [120, '2 minutes'],
  [119, '119 seconds'],
  [1, '1 second'],
  [-5, '0 seconds'],
])('%d seconds are %s', (seconds, words) => expect(durationWords(seconds, say)).toBe(words));

test.each([
  [412, '+0.41 s'],
  [-2340, '−2.34 s'],
  [45_000, '+45.0 s'],
  [184_000, '+3 min 04 s'],
  [-3_720_000, '−1 h 02 min'],
])('%d milliseconds from the choice are %s', (offset, words) => expect(offsetWords(offset, say)).toBe(words));

test.each([
  ['P24M', '24 months'],
  ['P1Y6M', '1 year 6 months'],
  ['PT30M', '30 minutes'],
  ['session', 'until the browser is closed'],
  [null, 'not stated'],
])('the period %s is %s', (stated, words) => expect(periodWords(stated, say)).toBe(words));

describe('the window of rows', () => {
  test.each([
    [10_000, 0, 0, 18],
    [10_000, 100_000, 4992, 5018],
    // Scrolled further than there are rows: a filter has just made the list shorter.
    [5, 100_000, 0, 5],
    [0, 0, 0, 0],
  ])('of %d rows scrolled to %d is %d to %d', (count, top, first, end) => {
    const shown = rowWindow(count, 20, top, 200);
    expect([shown.first, shown.end]).toEqual([first, end]);
    expect(shown.before + (shown.end - shown.first) * 20 + shown.after).toBe(count * 20);
  });

  test('scrolls no further than needed', () => {
    expect([scrolledTo(3, 20, 0, 200), scrolledTo(0, 20, 100, 200), scrolledTo(50, 20, 0, 200)]).toEqual([0, 0, 820]);
  });
});

describe('a source', () => {
  const resources = [
    'https://a.example/tag.js?v=1',
    'https://a.example/tag.js',
    'https://a.example/kk/AbC123/x.js?y',
    'https://b.example/tag.js',
  ];
  test('is the same address, else the one that differs in its query or a masked part alone', () => {
    expect(sourceOf('https://a.example/tag.js', resources)).toBe('https://a.example/tag.js');
    expect(sourceOf('https://a.example/tag.js', resources.slice(0, 1))).toBe('https://a.example/tag.js?v=1');
    expect(sourceOf('https://a.example/kk/[token]/x.js', resources)).toBe('https://a.example/kk/AbC123/x.js?y');
    expect(sourceOf('https://a.example/none.js', resources)).toBeNull();
  });
  test('is not of another scheme, host or depth', () => {
    expect(isSource('https://a.example/x', 'http://a.example/x')).toBe(false);
    expect(isSource('https://a.example/x', 'https://a.example/x/y')).toBe(false);
    expect(isSource('<anonymous>', 'https://a.example/')).toBe(false);
  });
});

describe('the developer tools', () => {
  test('of Chromium turn over their theme and open sources, lines counted from 0', () => {
    let change: (name: string) => void = () => undefined;
    const opened: unknown[] = [];
    const devtools: RawDevtools = {
      inspectedWindow: { tabId: 7, getResources: (answer) => answer([{ url: 'https://a.example/tag.js?v=1' }]) },
      panels: {
        themeName: 'default',
        setThemeChangeHandler: (handler) => void (change = handler),
        openResource: (...all) => void opened.push(all.slice(0, 3)),
      },
    };
    const inspector = inspectorOf(devtools);
    const themes: string[] = [];
    inspector?.followTheme((theme) => themes.push(theme));
    change('dark');
    expect([inspector?.tab, themes]).toEqual([7, ['light', 'dark']]);
    inspector?.openSource?.('https://a.example/tag.js', 12, 3);
    expect(opened).toEqual([['https://a.example/tag.js?v=1', 11, 2]]);
  });

  test('of Firefox have another way to say so, and open no sources', () => {
    let change: (name: string) => void = () => undefined;
    const inspector = inspectorOf({
      inspectedWindow: { tabId: 1 },
      panels: { themeName: 'dark', onThemeChanged: { addListener: (listener) => void (change = listener) } },
    });
    const themes: string[] = [];
    inspector?.followTheme((theme) => themes.push(theme));
    change('firefox');
    expect(themes).toEqual(['dark', 'light']);
    expect(inspector?.openSource).toBeNull();
  });

  test('are not there in a page of its own', () => expect(inspectorOf(undefined)).toBeNull());
});

test('the timeline shortens pauses, keeps the order, and joins what happens together', () => {
  const visits = [
    { id: 'v1', profile: 1, reason: 'visit' as const, step: null, url: 'https://send-box.com/', startedAt: '2025-11-02T09:00:00.000Z' },
  ];
  const { bands, lanes, length, more } = panelTimeline(
    auditOf({
      run: { ...auditOf().run, visits },
      consent: [entryOf({ at: '2025-11-02T09:00:00.000Z' }), entryOf({ at: '2025-11-02T10:00:00.000Z', state: 'accepted', byUser: true })],
      observations: [
        observationOf({ id: 'o1', at: '2025-11-02T09:00:00.500Z' }),
        observationOf({ id: 'o2', at: '2025-11-02T09:00:00.501Z' }),
        requestOf({ id: 'o3', at: '2025-11-02T10:00:01.000Z' }),
      ],
    }),
  );
  // 0.5 s, an hour that counts as 1.5 s, 1 s.
  expect(bands.map(({ from, to, state }) => [state, Number(from.toFixed(2)), Number(to.toFixed(2))])).toEqual([
    ['before-choice', 0, 0.67],
    ['accepted', 0.67, 1],
  ]);
  expect(lanes.map(({ key, bins }) => [key, bins.map(({ stored, requests, first }) => [stored, requests, first])])).toEqual([
    ['google-analytics', [[2, 0, 'o1']]],
    ['yandex-metrica', [[0, 1, 'o3']]],
  ]);
  expect([length, more]).toEqual([3_601_000, 0]);
});
