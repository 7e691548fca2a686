import { expect, test } from 'vitest';
import { sorted } from '../../../lib/view/panel-columns.ts';
import { facetOptions, filtered, isFiltering, NO_FILTER, toggled } from '../../../lib/view/panel-filter.ts';
import { panelRows, type PanelRow } from '../../../lib/view/panel-rows.ts';
import { sayIn } from '../../../lib/view/say.ts';
import { auditOf, entryOf, findingOf } from './audit.ts';
import { observationOf, requestOf } from './observation.ts';

const say = sayIn('en');
const visit = (id: string, profile = 1) => ({
  id,
  profile,
  reason: 'visit' as const,
  step: null,
  url: 'https://send-box.com/',
  startedAt: '2025-11-02T09:00:00.000Z',
});
const observations = [
  observationOf(),
  observationOf({
    id: 'o2',
    at: '2025-11-02T09:00:02.000Z',
    name: 'lang',
    service: null,
    category: 'functional',
    phase: 'accepted',
    cookie: null,
    kind: 'localStorage',
    initiator: null,
  }),
  requestOf({ id: 'o3', at: '2025-11-02T09:00:03.000Z', phase: 'accepted' }),
  requestOf(
    { id: 'o4', at: '2025-11-02T09:00:04.000Z', service: null, category: 'unknown', visit: 'v2' },
    'https://pixel.bolashaq.kz/p.gif',
  ),
  observationOf({ id: 'o5', kind: 'control', name: 'Ok' }),
];
const audit = auditOf({
  run: { ...auditOf().run, visits: [visit('v1'), visit('v2', 2)] },
  consent: [
    entryOf({ at: '2025-11-02T09:00:00.000Z' }),
    entryOf({ at: '2025-11-02T09:00:02.500Z', state: 'accepted', source: 'click', byUser: true }),
  ],
  services: [{ id: 'yandex-metrica', name: 'Yandex.Metrica', operator: null, category: 'analytical', declared: true }],
  observations,
  findings: [
    findingOf({ id: 'f1', level: 'warning', observations: ['o1'] }),
    findingOf({ id: 'f2', observations: ['o1', 'o3'], fingerprint: 'g' }),
    findingOf({ id: 'f3', observations: ['o4'], suppressed: { reason: 'known' } }),
  ],
});
const rows = panelRows(audit, say);
const ids = (some: PanelRow[]): string[] => some.map(({ id }) => id);

test('every stored thing and request is a row of its table; suppressed findings and clicks are none', () => {
  expect(Object.fromEntries(Object.entries(rows).map(([tab, some]) => [tab, ids(some)]))).toEqual({
    findings: ['f1', 'f2'],
    cookies: ['o1'],
    storage: ['o2'],
    requests: ['o3', 'o4'],
  });
});

test('a row carries the gravest level that is said of it, its service by name, and its distance to the choice', () => {
  const [first] = rows.cookies;
  expect(first).toMatchObject({ level: 'error', time: { offset: -1500, choice: { state: 'accepted' } } });
  expect(rows.requests[0]).toMatchObject({ serviceName: 'Yandex.Metrica', time: { offset: 500 } });
  expect(rows.storage[0]).toMatchObject({ serviceName: 'send-box.com', service: 'site:send-box.com', level: null });
  // Another profile, in which nobody chose.
  expect(rows.requests[1]).toMatchObject({ serviceName: 'pixel.bolashaq.kz', level: null, time: { offset: 4000, choice: null } });
});

test('a row keeps its key when an audit numbers everything anew, and twins are told apart', () => {
  const earlier = observationOf({ id: 'o1', at: '2025-11-02T08:59:00.000Z', name: 'late' });
  const renumbered = panelRows(
    auditOf({
      ...audit,
      observations: [earlier, ...observations.map((o, index) => ({ ...o, id: `o${index + 2}` }))],
      findings: audit.findings.map((f) => ({ ...f, id: `${f.id}0` })),
    }),
    say,
  );
  expect(renumbered.cookies.map(({ key }) => key)).toContain(rows.cookies[0]?.key);
  expect(renumbered.findings.map(({ key }) => key)).toEqual(rows.findings.map(({ key }) => key));
  const twins = panelRows(auditOf({ observations: [observationOf(), observationOf({ id: 'o2' })] }), say).cookies;
  expect(new Set(twins.map(({ key }) => key)).size).toBe(2);
});

test('what is present keeps its key from look to look', () => {
  const looked = (at: string) => panelRows(auditOf({ observations: [observationOf({ action: 'present', at })] }), say).cookies[0]?.key;
  expect(looked('2025-11-02T09:00:01.000Z')).toBe(looked('2025-11-02T09:10:00.000Z'));
});

test('all words must be found, those with a minus must not, in whatever case', () => {
  const by = (text: string) => ids(filtered([...rows.cookies, ...rows.storage, ...rows.requests], { ...NO_FILTER, text }));
  expect(by('')).toEqual(['o1', 'o2', 'o3', 'o4']);
  expect(by('YANDEX watch')).toEqual(['o3']);
  expect(by('-yandex  -_GA')).toEqual(['o2', 'o4']);
  expect(by('yandex bolashaq')).toEqual([]);
  expect(by('gtag/js -watch -gif')).toEqual(['o1']);
  expect(by('-')).toHaveLength(4);
});

test('choices of one facet widen, choices of several narrow', () => {
  const both = toggled(toggled(NO_FILTER, 'phase', 'accepted'), 'phase', 'before-choice');
  expect(ids(filtered(rows.requests, both))).toEqual(['o3', 'o4']);
  expect(ids(filtered(rows.requests, toggled(both, 'service', 'yandex-metrica')))).toEqual(['o3']);
  expect(ids(filtered(rows.requests, toggled(NO_FILTER, 'visit', 'v2')))).toEqual(['o4']);
  expect(isFiltering(toggled(both, 'phase', 'accepted'))).toBe(true);
  expect(isFiltering(toggled(toggled(NO_FILTER, 'visit', 'v1'), 'visit', 'v1'))).toBe(false);
});

test('an option counts what it would leave beside all other choices, and a choice stays even where nothing is left', () => {
  const filter = toggled(toggled(NO_FILTER, 'phase', 'accepted'), 'category', 'marketing');
  const { phase, category, service } = facetOptions(rows.requests, filter);
  expect(phase).toEqual([
    { value: 'before-choice', count: 0, chosen: false },
    { value: 'accepted', count: 0, chosen: true },
  ]);
  expect(category).toEqual([
    { value: 'analytical', count: 1, chosen: false },
    { value: 'marketing', count: 0, chosen: true },
    { value: 'unknown', count: 0, chosen: false },
  ]);
  expect(service.map(({ value, count }) => [value, count])).toEqual([
    ['host:pixel.bolashaq.kz', 0],
    ['yandex-metrica', 0],
  ]);
});

test('sorts by what a column says, equals stay, and nothing comes last either way', () => {
  const lives = panelRows(
    auditOf({
      observations: [
        observationOf({ id: 'o1' }),
        observationOf({ id: 'o2', cookie: null, name: 'b' }),
        observationOf({
          id: 'o3',
          name: 'c',
          cookie: { ...(observationOf().cookie as NonNullable<ReturnType<typeof observationOf>['cookie']>), asked: 60 },
        }),
        observationOf({ id: 'o4', name: 'A' }),
      ],
    }),
    say,
  ).cookies;
  expect(ids(sorted(lives, 'cookies', { column: 'asked', descending: false }, say))).toEqual(['o3', 'o1', 'o4', 'o2']);
  expect(ids(sorted(lives, 'cookies', { column: 'asked', descending: true }, say))).toEqual(['o1', 'o4', 'o3', 'o2']);
  expect(ids(sorted(lives, 'cookies', { column: 'name', descending: false }, say))).toEqual(['o1', 'o4', 'o2', 'o3']);
  expect(ids(sorted(lives, 'cookies', { column: 'none', descending: false }, say))).toEqual(['o1', 'o2', 'o3', 'o4']);
});

test('ten thousand rows are filtered, counted and sorted without a call that overflows', () => {
  const many = panelRows(
    auditOf({
      observations: Array.from({ length: 20_000 }, (_, index) =>
        requestOf(
          { id: `o${index + 1}`, seq: index + 1, host: `h${index % 50}.example`, service: null },
          `https://h${index % 50}.example/${index}`,
        ),
      ),
    }),
    say,
  ).requests;
  expect(filtered(many, { ...NO_FILTER, text: 'h7.example' })).toHaveLength(400);
  expect(facetOptions(many, NO_FILTER).service).toHaveLength(50);
  expect(sorted(many, 'requests', { column: 'host', descending: true }, say)[0]?.service).toBe('host:h9.example');
});
