import { describe, expect, test } from 'vitest';
import { click, cookie, mark, present, statesOf, timelineOf, vanillaEvent, vanillaRecord } from './story.ts';

const ALL = ['necessary', 'functionality', 'analytics', 'marketing'];
const START = 'before-choice (start)';
const GRANTED = { mandatory: true, functional: true, analytical: true, marketing: true };
const REFUSED = { mandatory: true, functional: false, analytical: false, marketing: false };

describe('the start', () => {
  test('of a clean profile is before any choice, with nothing granted but what needs no consent', () => {
    const [start, ...rest] = timelineOf({ events: [] });
    expect(start).toEqual({
      at: '2026-11-02T10:00:00.000Z', visit: 'v1', state: 'before-choice', categories: REFUSED, source: 'start', byUser: false, observations: [],
    });
    expect(rest).toEqual([]);
  });

  test('of a used profile without a readable record is unknown, and so is every category', () => {
    const [start] = timelineOf({ clean: [false], events: [present('sid', 'abc')] });
    expect(start).toMatchObject({ state: 'unknown', source: 'start', byUser: false, categories: { mandatory: true, analytical: null, marketing: null } });
  });

  test('of a profile that nobody looked into is unknown where something of the site was found, else clean', () => {
    expect(statesOf({ clean: [null], events: [present('sid', 'abc')] })).toEqual(['unknown (start)']);
    expect(statesOf({ clean: [null], events: [present('sid', 'abc', { host: 'elsewhere.example' })] })).toEqual([START]);
    expect(statesOf({ clean: [null], events: [] })).toEqual([START]);
  });

  test('of a used profile with a readable record is what the record says, by nobody', () => {
    const [start] = timelineOf({ clean: [false], events: [{ ...vanillaRecord(['necessary', 'analytics']), action: 'present' }] });
    expect(start).toMatchObject({ state: 'partial', source: 'cmp:vanilla-cookieconsent', byUser: false, categories: { analytical: true, marketing: false } });
    expect(statesOf({ clean: [false], events: [{ ...vanillaRecord(['necessary']), action: 'present' }] })).toEqual(['rejected (cmp:vanilla-cookieconsent)']);
  });

  test('is not told by what was written in the visit itself and seen afterwards', () => {
    expect(statesOf({ clean: [null], events: [cookie('sid', 'abc'), present('sid', 'abc')] })).toEqual([START]);
  });

  test('without a visit there is no timeline', () => {
    expect(timelineOf({ visits: [], events: [] })).toEqual([]);
  });
});

describe('words of a control', () => {
  test.each([
    ['Принять все', 'accepted', GRANTED],
    ['Accept all', 'accepted', GRANTED],
    ['Барлығын қабылдау', 'accepted', GRANTED],
    ['Отклонить', 'rejected', REFUSED],
    ['Бас тарту', 'rejected', REFUSED],
    ['Только необходимые', 'rejected', REFUSED],
  ])('"%s" with something written after it: %s', (label, state, categories) => {
    const [, entry, ...rest] = timelineOf({ events: [click(label), cookie('site_choice', 'x')] });
    expect(entry).toMatchObject({ state, categories, source: 'click', byUser: true, observations: ['o1', 'o2'], at: '2026-11-02T10:00:00.100Z' });
    expect(rest).toEqual([]);
  });

  test('with nothing written after them: nobody can tell from there on', () => {
    const [, entry] = timelineOf({ events: [click('Принять все')] });
    expect(entry).toMatchObject({ state: 'unknown', source: 'click', byUser: true, observations: ['o1'], categories: { mandatory: true, analytical: null } });
  });

  test('with only a tracker\'s cookie after them are not recorded either', () => {
    expect(statesOf({ events: [click('Accept all'), cookie('_ga', 'GA1.1.123456789.1790000000')] })).toEqual([START, 'unknown (click)']);
  });

  test('with only another site\'s cookie, a refused or a transient one are not recorded either', () => {
    for (const more of [{ host: 'elsewhere.example' }, { rejected: 'domain-mismatch' }, { transient: true }])
      expect(statesOf({ events: [click('Accept all'), cookie('choice', 'x', more)] })).toEqual([START, 'unknown (click)']);
  });

  test('a record that comes much later is not theirs', () => {
    expect(statesOf({ events: [click('Accept all', { ms: 100 }), cookie('choice', 'x', { ms: 60_000 })] })).toEqual([START, 'unknown (click)']);
  });

  test('that a script pressed are nobody\'s', () => {
    expect(statesOf({ events: [click('Accept all', { trusted: false }), cookie('choice', 'x')] })).toEqual([START]);
    expect(statesOf({ events: [click('Accept all', { trusted: false }), vanillaRecord(ALL)] })).toEqual([START]);
  });

  test('that say nothing of consent are no choice, even where something is written', () => {
    expect(statesOf({ events: [click('Продолжить'), cookie('choice', 'x')] })).toEqual([START]);
    expect(statesOf({ events: [click('Menu'), cookie('menu', 'open')] })).toEqual([START]);
  });

  test('"save" with a record that nobody can read: a choice, and nobody can tell which', () => {
    expect(statesOf({ events: [click('Сохранить выбор'), cookie('choice', 'x')] })).toEqual([START, 'unknown (click)']);
    expect(statesOf({ events: [click('Сохранить выбор')] })).toEqual([START]);
  });
});

describe('the settings', () => {
  test('opening them is no choice', () => {
    expect(statesOf({ events: [click('Настройки cookie'), cookie('panel', 'open')] })).toEqual([START]);
  });

  test('opening them is no choice even where the platform rewrites its record meanwhile', () => {
    expect(statesOf({ events: [click('Настройки cookie'), vanillaRecord(['necessary']), vanillaEvent(['necessary'])] })).toEqual([START]);
    expect(
      statesOf({ events: [click('Принять все'), vanillaRecord(ALL), click('Cookie settings'), vanillaRecord(['necessary']), vanillaEvent(['necessary'])] }),
    ).toEqual([START, 'accepted (cmp:vanilla-cookieconsent)']);
  });
});

describe('the record of vanilla-cookieconsent, a list of what was accepted', () => {
  test('everything', () => {
    const [, entry] = timelineOf({ events: [click('Принять все'), vanillaRecord(ALL)] });
    expect(entry).toMatchObject({ state: 'accepted', categories: GRANTED, source: 'cmp:vanilla-cookieconsent', observations: ['o1', 'o2'] });
  });

  test('everything that was offered: what is neither listed nor refused was not offered', () => {
    const [, entry] = timelineOf({ events: [click('Принять все'), vanillaRecord(['necessary', 'analytics'])] });
    expect(entry).toMatchObject({ state: 'accepted', categories: { mandatory: true, functional: null, analytical: true, marketing: null } });
  });

  test('a part', () => {
    const [, entry] = timelineOf({ events: [click('Сохранить выбор'), vanillaRecord(['necessary', 'analytics'])] });
    expect(entry).toMatchObject({ state: 'partial', categories: { mandatory: true, functional: false, analytical: true, marketing: false } });
  });

  test('nothing but what is necessary', () => {
    const [, entry] = timelineOf({ events: [click('Отклонить'), vanillaRecord(['necessary'])] });
    expect(entry).toMatchObject({ state: 'rejected', categories: REFUSED });
  });

  test('taken back', () => {
    const events = [click('Принять все'), vanillaRecord(ALL), click('Cookie settings'), click('Отклонить все'), vanillaRecord(['necessary'])];
    const entries = timelineOf({ events });
    expect(entries.map(({ state }) => state)).toEqual(['before-choice', 'accepted', 'withdrawn']);
    expect(entries[2]).toMatchObject({ categories: REFUSED, observations: ['o4', 'o5'] });
  });

  test('taken back in part is partial', () => {
    const events = [click('Принять все'), vanillaRecord(ALL), click('Сохранить'), vanillaRecord(['necessary', 'analytics'])];
    expect(timelineOf({ events }).map(({ state }) => state)).toEqual(['before-choice', 'accepted', 'partial']);
  });

  test('speaks for itself where the control has no words of consent', () => {
    expect(statesOf({ events: [click('×'), vanillaRecord(['necessary'])] })).toEqual([START, 'rejected (cmp:vanilla-cookieconsent)']);
  });

  test('goes before the words: the label lies, the record is what is in force', () => {
    expect(statesOf({ events: [click('Принять все'), vanillaRecord(['necessary'])] })).toEqual([START, 'rejected (cmp:vanilla-cookieconsent)']);
  });

  test('its event alone is enough, and is one choice together with the record', () => {
    const alone = timelineOf({ events: [click('Save'), vanillaEvent(['necessary', 'marketing'])] });
    expect(alone[1]).toMatchObject({ state: 'partial', source: 'cmp:vanilla-cookieconsent', categories: { marketing: true, analytical: false } });
    const both = timelineOf({ events: [click('Save'), vanillaRecord(['necessary', 'marketing']), vanillaEvent(['necessary', 'marketing'])] });
    expect(both).toHaveLength(2);
    expect(both[1]?.observations).toEqual(['o1', 'o2', 'o3']);
  });

  test('its event on the next page says what is in force and is no news', () => {
    const events = [
      click('Принять все', { ms: 1000 }), vanillaRecord(ALL, { ms: 1100 }),
      vanillaEvent(['necessary'], { ms: 1900, visit: 'v2' }),
    ];
    expect(statesOf({ visits: [{}, { reason: 'reload' }], events })).toEqual([START, 'accepted (cmp:vanilla-cookieconsent)']);
  });

  test('written without any act leaves the state before the choice', () => {
    expect(statesOf({ events: [vanillaRecord(ALL), vanillaEvent(ALL)] })).toEqual([START]);
    expect(statesOf({ events: [click('Menu', { ms: 100 }), vanillaRecord(ALL, { ms: 5000 })] })).toEqual([START]);
  });
});

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
    expect(statesOf({ policy: other, events: [click('Menu'), cookie('sb_consent', '{"f":true}')] }).filter((one) => one.includes('(record)'))).toEqual([]);
  });
});

describe("the auditor's mark", () => {
  test('binds to the last click before it, whatever its words', () => {
    const entries = timelineOf({ events: [click('Menu'), click('Go on'), mark('accepted')] });
    expect(entries).toHaveLength(2);
    expect(entries[1]).toMatchObject({ state: 'accepted', source: 'mark', byUser: true, at: '2026-11-02T10:00:00.200Z', observations: ['o2', 'o3'] });
  });

  test('is its own moment where there was no click', () => {
    expect(timelineOf({ events: [cookie('a', '1'), mark('rejected')] })[1]).toMatchObject({ state: 'rejected', source: 'mark', observations: ['o2'] });
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
    expect(statesOf({ events: [click('Save'), vanillaRecord(['necessary']), mark('accepted')] })).toEqual([START, 'rejected (cmp:vanilla-cookieconsent)']);
  });

  test('of a rejection after an acceptance is a withdrawal', () => {
    expect(statesOf({ events: [click('A'), mark('accepted'), click('B'), mark('rejected')] })).toEqual([START, 'accepted (mark)', 'withdrawn (mark)']);
  });

  test('even a settings click is what the auditor says it is', () => {
    expect(statesOf({ events: [click('Settings'), mark('withdrawn')] })).toEqual([START, 'withdrawn (mark)']);
  });
});

describe('a platform with one record per category (Complianz)', () => {
  const written = (statistics: string, marketing: string) => [
    cookie('cmplz_functional', 'allow'), cookie('cmplz_preferences', statistics), cookie('cmplz_statistics', statistics), cookie('cmplz_marketing', marketing),
    cookie('cmplz_banner-status', 'dismissed'),
  ];

  test('several records of one click are one choice', () => {
    const entries = timelineOf({ events: [click('Save'), ...written('allow', 'deny')] });
    expect(entries).toHaveLength(2);
    expect(entries[1]).toMatchObject({ state: 'partial', source: 'cmp:complianz', categories: { functional: true, analytical: true, marketing: false } });
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
    expect(statesOf({ events: [click('Принять все', { event: 'pointerdown' }), click('Принять все')] })).toEqual([START, 'unknown (click)']);
  });

  test('with an unreadable record after them are one choice', () => {
    expect(statesOf({ events: [click('Отклонить', { event: 'pointerdown' }), click('Отклонить'), cookie('choice', 'x')] })).toEqual([START, 'rejected (click)']);
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
    expect(entries.map(({ state, visit }) => [state, visit])).toEqual([['before-choice', 'v1'], ['accepted', 'v1']]);
  });

  test('a new profile begins anew', () => {
    const entries = timelineOf({
      visits: [{ profile: 1 }, { profile: 2, reason: 'fresh' }],
      events: [click('Принять все'), vanillaRecord(ALL), click('Отклонить', { visit: 'v2' }), vanillaRecord(['necessary'], { visit: 'v2' })],
    });
    expect(entries.map(({ state, visit }) => [state, visit])).toEqual([
      ['before-choice', 'v1'], ['accepted', 'v1'], ['before-choice', 'v2'], ['rejected', 'v2'],
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
      click('Принять все'), vanillaRecord(ALL), click('Отклонить'), vanillaRecord(['necessary']), click('Принять все'), vanillaRecord(ALL, { value: { length: 1, digest: 'again', born: null } }),
    ];
    expect(timelineOf({ events }).map(({ state }) => state)).toEqual(['before-choice', 'accepted', 'withdrawn', 'accepted']);
  });

  test('the same choice again is none', () => {
    expect(timelineOf({ events: [click('Принять все'), vanillaRecord(ALL), click('Принять все'), vanillaRecord(ALL)] })).toHaveLength(2);
    expect(timelineOf({ events: [click('Отклонить'), cookie('choice', 'x'), click('Отклонить'), cookie('choice', 'x')] })).toHaveLength(2);
  });

  test('the same words again without a record leave what is in force', () => {
    expect(statesOf({ events: [click('Принять все'), vanillaRecord(ALL), click('Принять все')] })).toEqual([START, 'accepted (cmp:vanilla-cookieconsent)']);
  });

  test('a record that is only renewed by a click about something else is no choice', () => {
    const kept = () => cookie('cookie_consent', 'analytics:yes,marketing:no');
    const events = [click('Save'), kept(), click('Menu'), kept()];
    expect(timelineOf({ events })).toHaveLength(2);
  });
});
