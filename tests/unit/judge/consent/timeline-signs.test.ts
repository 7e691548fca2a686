/** Signs other than words and vanilla-cookieconsent, one act told twice, and what lasts from visit to visit. */
import { describe, expect, test } from 'vitest';
import { click, cookie, mark, statesOf, timelineOf, vanillaRecord } from './story.ts';

const ALL = ['necessary', 'functionality', 'analytics', 'marketing'];
const START = 'before-choice (start)';
const GRANTED = { mandatory: true, functional: true, analytical: true, marketing: true };
const REFUSED = { mandatory: true, functional: false, analytical: false, marketing: false };

describe("the policy's own record", () => {
  const record = { store: 'cookie' as const, key: 'sb_consent', categories: { functional: 'f', analytical: 'a', marketing: 'm' } };
  const policy = { consent: { validity: 'P12M', record } };

  test.each([
    [{ f: true, a: true, m: true }, 'accepted', GRANTED],
    [{ f: true, a: true, m: false }, 'partial', { ...GRANTED, marketing: false }],
    [{ f: false, a: false, m: false }, 'rejected', REFUSED],
  ])('%j means %s', (value, state, categories) => {
    const [, entry] = timelineOf({ policy, events: [click('OK, дальше'), cookie('sb_consent', JSON.stringify(value))] });
    expect(entry).toMatchObject({ state, categories, source: 'record', byUser: true });
  });

  test('what it declares and leaves out was not granted', () => {
    const [, entry] = timelineOf({ policy, events: [click('Save'), cookie('sb_consent', JSON.stringify({ a: true }))] });
    expect(entry).toMatchObject({ state: 'partial', categories: { functional: false, analytical: true, marketing: false } });
  });

  test('under a name written as a path', () => {
    const mapped = { ...record, categories: { analytical: '/purposes/a', marketing: 'purposes.m' } };
    const [, entry] = timelineOf({
      policy: { consent: { record: mapped } },
      events: [click('Save'), cookie('sb_consent', JSON.stringify({ purposes: { a: true, m: false } }))],
    });
    expect(entry).toMatchObject({ state: 'partial', categories: { functional: null, analytical: true, marketing: false } });
  });

  test('is no record of the policy under another store', () => {
    const other = { consent: { record: { ...record, store: 'localStorage' as const } } };
    expect(
      statesOf({ policy: other, events: [click('Menu'), cookie('sb_consent', '{"f":true}')] }).filter((one) => one.includes('(record)')),
    ).toEqual([]);
  });
});

describe("the auditor's mark", () => {
  test('binds to the last click before it, whatever its words', () => {
    const entries = timelineOf({ events: [click('Menu'), click('Go on'), mark('accepted')] });
    expect(entries).toHaveLength(2);
    expect(entries[1]).toMatchObject({
      state: 'accepted',
      source: 'mark',
      byUser: true,
      at: '2026-11-02T10:00:00.200Z',
      observations: ['o2', 'o3'],
    });
  });

  test('is its own moment where there was no click', () => {
    expect(timelineOf({ events: [cookie('a', '1'), mark('rejected')] })[1]).toMatchObject({
      state: 'rejected',
      source: 'mark',
      observations: ['o2'],
    });
  });

  test('does not bind to a click of an earlier visit', () => {
    const entries = timelineOf({ visits: [{}, { reason: 'reload' }], events: [click('Go on'), mark('accepted', { visit: 'v2' })] });
    expect(entries[1]?.observations).toEqual(['o2']);
  });

  test('names categories', () => {
    const [, entry] = timelineOf({ events: [click('Go on'), mark({ analytical: true, marketing: false, functional: false })] });
    expect(entry).toMatchObject({ state: 'partial', categories: { analytical: true, marketing: false, functional: false } });
  });

  test('goes before words and before a record that nobody can read', () => {
    expect(statesOf({ events: [click('Принять все'), cookie('choice', 'x'), mark('rejected')] })).toEqual([START, 'rejected (mark)']);
    expect(statesOf({ events: [click('Save'), cookie('choice', 'x'), mark('rejected')] })).toEqual([START, 'rejected (mark)']);
  });

  test('yields to a record that speaks for itself', () => {
    expect(statesOf({ events: [click('Save'), vanillaRecord(['necessary']), mark('accepted')] })).toEqual([
      START,
      'rejected (cmp:vanilla-cookieconsent)',
    ]);
  });

  test('of a rejection after an acceptance is a withdrawal', () => {
    expect(statesOf({ events: [click('A'), mark('accepted'), click('B'), mark('rejected')] })).toEqual([
      START,
      'accepted (mark)',
      'withdrawn (mark)',
    ]);
  });

  test('even a settings click is what the auditor says it is', () => {
    expect(statesOf({ events: [click('Settings'), mark('withdrawn')] })).toEqual([START, 'withdrawn (mark)']);
  });
});

describe('a platform with one record per category (Complianz)', () => {
  const written = (statistics: string, marketing: string) => [
    cookie('cmplz_functional', 'allow'),
    cookie('cmplz_preferences', statistics),
    cookie('cmplz_statistics', statistics),
    cookie('cmplz_marketing', marketing),
    cookie('cmplz_banner-status', 'dismissed'),
  ];

  test('several records of one click are one choice', () => {
    const entries = timelineOf({ events: [click('Save'), ...written('allow', 'deny')] });
    expect(entries).toHaveLength(2);
    expect(entries[1]).toMatchObject({
      state: 'partial',
      source: 'cmp:complianz',
      categories: { functional: true, analytical: true, marketing: false },
    });
    expect(entries[1]?.observations.slice(0, 2)).toEqual(['o1', 'o2']);
  });

  test('its "functional" is what others call necessary, and is no consent', () => {
    expect(statesOf({ events: [click('Deny'), ...written('deny', 'deny')] })).toEqual([START, 'rejected (cmp:complianz)']);
    expect(statesOf({ events: [click('Accept'), ...written('allow', 'allow')] })).toEqual([START, 'accepted (cmp:complianz)']);
  });

  test('its older status of everything does not undo what the categories say', () => {
    const events = [click('Save'), ...written('allow', 'deny'), cookie('cmplz_consent_status', 'allow')];
    expect(timelineOf({ events })[1]).toMatchObject({ state: 'partial', categories: { analytical: true, marketing: false } });
  });
});

describe('pointer down and click of one press', () => {
  test('are one choice, which begins when the pointer went down if the record came then', () => {
    const entries = timelineOf({ events: [click('Принять все', { event: 'pointerdown' }), vanillaRecord(ALL), click('Принять все')] });
    expect(entries).toHaveLength(2);
    expect(entries[1]).toMatchObject({ state: 'accepted', at: '2026-11-02T10:00:00.100Z' });
  });

  test('begins with the click if the record came after it', () => {
    const entries = timelineOf({ events: [click('Принять все', { event: 'pointerdown' }), click('Принять все'), vanillaRecord(ALL)] });
    expect(entries).toHaveLength(2);
    expect(entries[1]).toMatchObject({ state: 'accepted', observations: ['o2', 'o3'] });
  });

  test('are one unknown where nothing was recorded', () => {
    expect(statesOf({ events: [click('Принять все', { event: 'pointerdown' }), click('Принять все')] })).toEqual([
      START,
      'unknown (click)',
    ]);
  });

  test('with an unreadable record after them are one choice', () => {
    expect(statesOf({ events: [click('Отклонить', { event: 'pointerdown' }), click('Отклонить'), cookie('choice', 'x')] })).toEqual([
      START,
      'rejected (click)',
    ]);
  });

  test('an unrelated write between them does not make it an unknown', () => {
    const events = [click('Отклонить', { event: 'pointerdown' }), cookie('anything', 'y'), click('Отклонить'), cookie('choice', 'x')];
    expect(statesOf({ events })).toEqual([START, 'rejected (click)']);
  });
});

describe('across visits', () => {
  test('reload and restart keep the state', () => {
    const entries = timelineOf({
      visits: [{}, { reason: 'reload' }, { reason: 'restart' }],
      events: [click('Принять все'), vanillaRecord(ALL), cookie('sid', '1', { visit: 'v2' }), cookie('sid', '2', { visit: 'v3' })],
    });
    expect(entries.map(({ state, visit }) => [state, visit])).toEqual([
      ['before-choice', 'v1'],
      ['accepted', 'v1'],
    ]);
  });

  test('a new profile begins anew', () => {
    const entries = timelineOf({
      visits: [{ profile: 1 }, { profile: 2, reason: 'fresh' }],
      events: [
        click('Принять все'),
        vanillaRecord(ALL),
        click('Отклонить', { visit: 'v2' }),
        vanillaRecord(['necessary'], { visit: 'v2' }),
      ],
    });
    expect(entries.map(({ state, visit }) => [state, visit])).toEqual([
      ['before-choice', 'v1'],
      ['accepted', 'v1'],
      ['before-choice', 'v2'],
      ['rejected', 'v2'],
    ]);
  });

  test('each profile is judged by its own start', () => {
    const visits = [{ profile: 1 }, { profile: 2, reason: 'fresh' as const }];
    expect(statesOf({ clean: [true, false], visits, events: [] })).toEqual([START, 'unknown (start)']);
  });
});

describe('saying it again', () => {
  test('accepting again after a withdrawal is a new entry', () => {
    const events = [
      click('Принять все'),
      vanillaRecord(ALL),
      click('Отклонить'),
      vanillaRecord(['necessary']),
      click('Принять все'),
      vanillaRecord(ALL, { value: { length: 1, digest: 'again', born: null } }),
    ];
    expect(timelineOf({ events }).map(({ state }) => state)).toEqual(['before-choice', 'accepted', 'withdrawn', 'accepted']);
  });

  test('the same choice again is none', () => {
    expect(timelineOf({ events: [click('Принять все'), vanillaRecord(ALL), click('Принять все'), vanillaRecord(ALL)] })).toHaveLength(2);
    expect(timelineOf({ events: [click('Отклонить'), cookie('choice', 'x'), click('Отклонить'), cookie('choice', 'x')] })).toHaveLength(2);
  });

  test('the same words again without a record leave what is in force', () => {
    expect(statesOf({ events: [click('Принять все'), vanillaRecord(ALL), click('Принять все')] })).toEqual([
      START,
      'accepted (cmp:vanilla-cookieconsent)',
    ]);
  });

  test('a record that is only renewed by a click about something else is no choice', () => {
    const kept = () => cookie('cookie_consent', 'analytics:yes,marketing:no');
    const events = [click('Save'), kept(), click('Menu'), kept()];
    expect(timelineOf({ events })).toHaveLength(2);
  });
});
