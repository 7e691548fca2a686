import { describe, expect, test } from 'vitest';
import { COLUMNS } from '../../../lib/view/panel-columns.ts';
import { clausesOf, detailOf } from '../../../lib/view/panel-detail.ts';
import { panelRows } from '../../../lib/view/panel-rows.ts';
import { relatedGroups } from '../../../lib/view/related-groups.ts';
import { relations } from '../../../lib/view/related.ts';
import { sayIn } from '../../../lib/view/say.ts';
import { periodEnd, statedPeriods } from '../../../lib/view/stated-period.ts';
import { auditOf, findingOf } from './audit.ts';
import { observationOf, requestOf } from './observation.ts';

const say = sayIn('en');
const document = {
  format: 'consent-policy/1',
  id: 'send-box.com',
  version: '1',
  sites: ['send-box.com'],
  source: { language: 'kk' },
  categories: [
    { id: 'mandatory', basis: 'contract' },
    { id: 'analytical', basis: 'consent', retention: 'P24M', retentionClause: '4.2' },
  ],
  services: [{ id: 'google-analytics', category: 'analytical', keys: ['_ga'], retention: 'P14M', clause: '3' }],
  keys: [{ name: 'sb_session', store: 'cookie', host: 'send-box.com', category: 'mandatory', retention: 'session', clause: '4.2' }],
  clauses: { '4.2': { kk: 'Мерзімі\nБір', en: 'Period\nOne' }, '7': { en: 'Only English' } },
};
const policy = { ...auditOf().policy, document };
const facts = (list: { label: string; value: string }[]): Record<string, string> =>
  Object.fromEntries(list.map(({ label, value }) => [label, value]));

describe('the stated period', () => {
  const audit = auditOf({ policy });
  test.each([
    ["a key's own", observationOf({ name: 'sb_session', service: null, category: 'mandatory' }), [], 'session'],
    [
      "a key's own at a host that stands in",
      observationOf({ name: 'sb_session', host: 'staging.example', service: null, category: 'mandatory' }),
      ['staging.example'],
      'session',
    ],
    ['of the service that declares the key', observationOf(), [], 'P14M'],
    ['of the category where nothing else says so', observationOf({ name: 'x', service: 'unheard-of' }), [], 'P24M'],
    ['none', observationOf({ name: 'x', service: null, category: 'unknown' }), [], null],
  ])('is %s', (_what, o, standIns, stated) => {
    expect(statedPeriods(audit, standIns)(o).stated).toBe(stated);
  });

  test('ends by the calendar', () => {
    expect(periodEnd('2025-11-02T09:00:01.000Z', 'P24M')).toBe('2027-11-02T09:00:01.000Z');
    expect([
      periodEnd('2025-11-02T09:00:01.000Z', 'session'),
      periodEnd('2025-11-02T09:00:01.000Z', null),
      periodEnd('2025-11-02T09:00:01.000Z', 'P999999999Y'),
    ]).toEqual([null, null, null]);
  });
});

describe('the detail', () => {
  const cause = requestOf({ id: 'o1' });
  const written = observationOf({ id: 'o2', cause: 'o1' });
  const again = observationOf({ id: 'o3', at: '2025-11-02T09:00:09.000Z' });
  const finding = findingOf({
    id: 'f1',
    observations: ['o2', 'o3'],
    clauses: ['4.2', '9'],
    asked: 100 * 86_400,
    granted: null,
    stated: 'P24M',
  });
  const audit = auditOf({
    policy,
    observations: [cause, written, again],
    findings: [finding, findingOf({ id: 'f2', observations: ['o2'], fingerprint: 'x' })],
  });
  const rows = panelRows(audit, say);
  const stated = statedPeriods(audit, []);

  test('of a cookie says asked, granted and stated, each with its end', () => {
    const [row] = rows.cookies;
    const detail = detailOf(row as NonNullable<typeof row>, audit, stated(written), say);
    expect(facts(detail.lifetimes)).toEqual({
      Asked: '761 days (until 2027-12-03)',
      Granted: '400 days (until 2026-12-07)',
      Stated: '14 months (until 2027-01-02)',
    });
    expect(detail.initiator?.line).toBe(12);
    expect(detail.stack).toEqual(['write@https://www.googletagmanager.com/gtag/js:12:3']);
  });

  test('of a finding says its own lifetimes and every clause, original first', () => {
    const [row] = rows.findings;
    const detail = detailOf(row as NonNullable<typeof row>, audit, null, say);
    expect(facts(detail.lifetimes)).toEqual({
      Asked: '100 days (until 2026-02-10)',
      Granted: 'not known',
      Stated: '24 months (until 2027-11-02)',
    });
    expect(detail.clauses).toEqual([
      { id: '4.2', original: { language: 'kk', text: 'Мерзімі\nБір' }, translation: { language: 'en', text: 'Period\nOne' } },
      { id: '9', original: null, translation: null },
    ]);
  });

  test('translates nothing that is in the language already, and nothing twice', () => {
    expect(clausesOf(['4.2', '4.2'], audit, sayIn('kk'))).toEqual([
      { id: '4.2', original: { language: 'kk', text: 'Мерзімі\nБір' }, translation: null },
    ]);
    expect(clausesOf(['7', 'constructor'], audit, say)).toEqual([
      { id: '7', original: null, translation: { language: 'en', text: 'Only English' } },
      { id: 'constructor', original: null, translation: null },
    ]);
  });

  test('cookies that the browser does not show are not said to be none', () => {
    const shown = requestOf({});
    const audit = auditOf({
      policy,
      observations: [{ ...shown, request: shown.request && { ...shown.request, sentCookies: [], cookiesHidden: true } }],
    });
    const [row] = panelRows(audit, say).requests;
    expect(facts(detailOf(row as NonNullable<typeof row>, audit, null, say).request)).toMatchObject({ 'Cookies sent': 'not known' });
  });

  test('names are shown as text, cut in a cell and whole in the detail', () => {
    const name = `\u202e${'x'.repeat(900)}`;
    const hostile = auditOf({ policy, observations: [observationOf({ name })] });
    const [row] = panelRows(hostile, say).cookies;
    const cell = COLUMNS.cookies.find(({ id }) => id === 'name')?.text(row as NonNullable<typeof row>, say) ?? '';
    expect(cell).toBe(`\\u202e${'x'.repeat(199)}…`);
    expect(detailOf(row as NonNullable<typeof row>, hostile, null, say).heading).toBe(`\\u202e${'x'.repeat(900)}`);
  });

  test('relates the request that did it, its twins, and the findings that cite it', () => {
    const related = relations(audit);
    expect(
      relatedGroups(related.ofObservation(written), false, say).map(({ heading, links }) => [heading, links.map(({ id }) => id)]),
    ).toEqual([
      ['Findings about it', ['f1', 'f2']],
      ['Done by the answer to', ['o1']],
      ['The same name and host', ['o3']],
    ]);
    expect(
      relatedGroups(related.ofObservation(cause), false, say).map(({ heading, links }) => [heading, links.map(({ id }) => id)]),
    ).toEqual([['What its answer did', ['o2']]]);
    expect(relatedGroups(related.ofFinding(finding), true, say).map(({ heading, links }) => [heading, links.map(({ id }) => id)])).toEqual([
      ['Findings about it', ['f2']],
      ['Evidence', ['o2', 'o3']],
    ]);
  });

  test('a long list of relations is cut, and says so', () => {
    const many = Array.from({ length: 50 }, (_, index) => observationOf({ id: `o${index + 1}` }));
    const [group] = relatedGroups(relations(auditOf({ observations: many })).ofObservation(many[0] as (typeof many)[0]), false, say);
    expect([group?.links.length, group?.more]).toEqual([30, 19]);
  });
});
