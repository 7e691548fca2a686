import { describe, expect, test } from 'vitest';
import type { CaseObservation } from '../../../rules/builder.ts';
import { click, cookie, mark, present, statesOf, timelineOf, vanillaEvent, vanillaRecord } from './story.ts';

const ALL = ['necessary', 'functionality', 'analytics', 'marketing'];
const START = 'before-choice (start)';
const GRANTED = { mandatory: true, functional: true, analytical: true, marketing: true };
const REFUSED = { mandatory: true, functional: false, analytical: false, marketing: false };

describe('the start', () => {
  test('of a clean profile is before any choice, with nothing granted but what needs no consent', () => {
    const [start, ...rest] = timelineOf({ events: [] });
    expect(start).toEqual({
      at: '2026-11-02T10:00:00.000Z',
      visit: 'v1',
      state: 'before-choice',
      categories: REFUSED,
      source: 'start',
      byUser: false,
      observations: [],
    });
    expect(rest).toEqual([]);
  });

  test('of a used profile without a readable record is unknown, and so is every category', () => {
    const [start] = timelineOf({ clean: [false], events: [present('sid', 'abc')] });
    expect(start).toMatchObject({
      state: 'unknown',
      source: 'start',
      byUser: false,
      categories: { mandatory: true, analytical: null, marketing: null },
    });
  });

  test('of a profile that nobody looked into is unknown where something of the site was found, else clean', () => {
    expect(statesOf({ clean: [null], events: [present('sid', 'abc')] })).toEqual(['unknown (start)']);
    expect(statesOf({ clean: [null], events: [present('sid', 'abc', { host: 'elsewhere.example' })] })).toEqual([START]);
    expect(statesOf({ clean: [null], events: [] })).toEqual([START]);
  });

  test('of a used profile with a readable record is what the record says, by nobody', () => {
    const [start] = timelineOf({ clean: [false], events: [{ ...vanillaRecord(['necessary', 'analytics']), action: 'present' }] });
    expect(start).toMatchObject({
      state: 'partial',
      source: 'cmp:vanilla-cookieconsent',
      byUser: false,
      categories: { analytical: true, marketing: false },
    });
    expect(statesOf({ clean: [false], events: [{ ...vanillaRecord(['necessary']), action: 'present' }] })).toEqual([
      'rejected (cmp:vanilla-cookieconsent)',
    ]);
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
    expect(entry).toMatchObject({
      state,
      categories,
      source: 'click',
      byUser: true,
      observations: ['o1', 'o2'],
      at: '2026-11-02T10:00:00.100Z',
    });
    expect(rest).toEqual([]);
  });

  test('with nothing written after them: nobody can tell from there on', () => {
    const [, entry] = timelineOf({ events: [click('Принять все')] });
    expect(entry).toMatchObject({
      state: 'unknown',
      source: 'click',
      byUser: true,
      observations: ['o1'],
      categories: { mandatory: true, analytical: null },
    });
  });

  test("with only a tracker's cookie after them are not recorded either", () => {
    expect(statesOf({ events: [click('Accept all'), cookie('_ga', 'GA1.1.123456789.1790000000')] })).toEqual([START, 'unknown (click)']);
  });

  test("with only another site's cookie, a refused or a transient one are not recorded either", () => {
    for (const more of [{ host: 'elsewhere.example' }, { rejected: 'domain-mismatch' }, { transient: true }])
      expect(statesOf({ events: [click('Accept all'), cookie('choice', 'x', more)] })).toEqual([START, 'unknown (click)']);
  });

  test('what was there with the same value before them is no record of them; what they changed is', () => {
    expect(statesOf({ events: [cookie('sid', '1'), click('Accept all'), cookie('sid', '1')] })).toEqual([START, 'unknown (click)']);
    expect(statesOf({ events: [cookie('choice', 'no'), click('Accept all'), cookie('choice', 'yes')] })).toEqual([
      START,
      'accepted (click)',
    ]);
  });

  test('a record that comes much later is not theirs', () => {
    expect(statesOf({ events: [click('Accept all', { ms: 100 }), cookie('choice', 'x', { ms: 60_000 })] })).toEqual([
      START,
      'unknown (click)',
    ]);
  });

  test('after a choice are another one only where what holds that one changes: other dialogs have the same words', () => {
    const accepted = [click('Принять все'), cookie('choice', 'yes')];
    const said = (label: string, ...after: CaseObservation[]) => statesOf({ events: [...accepted, click(label), ...after] }).slice(2);
    for (const label of ['Бас тарту', 'Decline', 'Отклонить']) {
      expect(said(label, cookie('offer', 'no'))).toEqual(['unknown (click)']);
      expect(said(label, cookie('offer', 'no'), cookie('choice', 'no'))).toEqual(['withdrawn (click)']);
      expect(said(label, cookie('choice', '', { action: 'delete' }))).toEqual(['withdrawn (click)']);
    }
    expect(said('OK', cookie('offer', 'yes'))).toEqual([]);
    const rejected = [click('Отклонить'), cookie('choice', 'no')];
    expect(statesOf({ events: [...rejected, click('OK'), cookie('offer', 'yes')] }).slice(1)).toEqual([
      'rejected (click)',
      'unknown (click)',
    ]);
    expect(statesOf({ events: [...rejected, click('OK'), cookie('choice', 'yes')] }).slice(1)).toEqual([
      'rejected (click)',
      'accepted (click)',
    ]);
    // What was marked is held by what was stored for it.
    const marked = [...accepted, mark('accepted')];
    expect(statesOf({ events: [...marked, click('Decline'), cookie('choice', 'no')] }).slice(1)).toEqual([
      'accepted (mark)',
      'withdrawn (click)',
    ]);
  });

  test("that a script pressed are nobody's", () => {
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
      statesOf({
        events: [
          click('Принять все'),
          vanillaRecord(ALL),
          click('Cookie settings'),
          vanillaRecord(['necessary']),
          vanillaEvent(['necessary']),
        ],
      }),
    ).toEqual([START, 'accepted (cmp:vanilla-cookieconsent)']);
  });
});

describe('the record of vanilla-cookieconsent, a list of what was accepted', () => {
  test('everything', () => {
    const [, entry] = timelineOf({ events: [click('Принять все'), vanillaRecord(ALL)] });
    expect(entry).toMatchObject({
      state: 'accepted',
      categories: GRANTED,
      source: 'cmp:vanilla-cookieconsent',
      observations: ['o1', 'o2'],
    });
  });

  test('everything that was offered: what is neither listed nor refused was not offered', () => {
    const [, entry] = timelineOf({ events: [click('Принять все'), vanillaRecord(['necessary', 'analytics'])] });
    expect(entry).toMatchObject({
      state: 'accepted',
      categories: { mandatory: true, functional: null, analytical: true, marketing: null },
    });
  });

  test('a part', () => {
    const [, entry] = timelineOf({ events: [click('Сохранить выбор'), vanillaRecord(['necessary', 'analytics'])] });
    expect(entry).toMatchObject({
      state: 'partial',
      categories: { mandatory: true, functional: false, analytical: true, marketing: false },
    });
  });

  test('nothing but what is necessary', () => {
    const [, entry] = timelineOf({ events: [click('Отклонить'), vanillaRecord(['necessary'])] });
    expect(entry).toMatchObject({ state: 'rejected', categories: REFUSED });
  });

  test('taken back', () => {
    const events = [
      click('Принять все'),
      vanillaRecord(ALL),
      click('Cookie settings'),
      click('Отклонить все'),
      vanillaRecord(['necessary']),
    ];
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
    expect(statesOf({ events: [click('Принять все'), vanillaRecord(['necessary'])] })).toEqual([
      START,
      'rejected (cmp:vanilla-cookieconsent)',
    ]);
  });

  test('its event alone is enough, and is one choice together with the record', () => {
    const alone = timelineOf({ events: [click('Save'), vanillaEvent(['necessary', 'marketing'])] });
    expect(alone[1]).toMatchObject({
      state: 'partial',
      source: 'cmp:vanilla-cookieconsent',
      categories: { marketing: true, analytical: false },
    });
    const both = timelineOf({
      events: [click('Save'), vanillaRecord(['necessary', 'marketing']), vanillaEvent(['necessary', 'marketing'])],
    });
    expect(both).toHaveLength(2);
    expect(both[1]?.observations).toEqual(['o1', 'o2', 'o3']);
  });

  test('its event on the next page says what is in force and is no news', () => {
    const events = [
      click('Принять все', { ms: 1000 }),
      vanillaRecord(ALL, { ms: 1100 }),
      vanillaEvent(['necessary'], { ms: 1900, visit: 'v2' }),
    ];
    expect(statesOf({ visits: [{}, { reason: 'reload' }], events })).toEqual([START, 'accepted (cmp:vanilla-cookieconsent)']);
  });

  test('written without any act leaves the state before the choice', () => {
    expect(statesOf({ events: [vanillaRecord(ALL), vanillaEvent(ALL)] })).toEqual([START]);
    expect(statesOf({ events: [click('Menu', { ms: 100 }), vanillaRecord(ALL, { ms: 5000 })] })).toEqual([START]);
  });
});
