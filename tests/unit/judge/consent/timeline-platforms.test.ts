/** What the IAB's API, Consent Mode and Klaro say of a choice, beside an act and without one. */
import { describe, expect, test } from 'vitest';
import type { CaseObservation } from '../../../rules/builder.ts';
import { click, cookie, mark, mode, present, signal, statesOf, timelineOf } from './story.ts';

const START = 'before-choice (start)';

function tcf(name: string, granted: number[], more: CaseObservation & { gdprApplies?: boolean } = {}): CaseObservation {
  const { gdprApplies = true, ...rest } = more;
  const categories = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`purpose-${index + 1}`, granted.includes(index + 1)]));
  const facts = {
    cmpId: 31,
    policyVersion: 5,
    gdprApplies,
    vendors: 0,
    legitimateInterests: [2, 7],
    created: null,
    disclosesVendors: true,
  };
  return signal(name, { source: 'tcf', categories, tcf: facts }, rest);
}

const SERVICES = { counter: ['analytics'], pixel: ['marketing'], letters: ['functional'] };
const klaro = (name: string, categories: Record<string, boolean>, more: CaseObservation = {}): CaseObservation =>
  signal(name, { source: 'cmp:klaro', categories, services: SERVICES }, more);

describe('TCF', () => {
  const ALL = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

  test('useractioncomplete after an act is the choice, whatever the control says', () => {
    expect(statesOf({ events: [click('→'), tcf('useractioncomplete', ALL)] })).toEqual([START, 'accepted (tcf)']);
    expect(statesOf({ events: [click('→'), tcf('useractioncomplete', [])] })).toEqual([START, 'rejected (tcf)']);
    const [, entry] = timelineOf({ events: [click('→'), tcf('useractioncomplete', [1, 8])] });
    expect(entry).toMatchObject({
      state: 'partial',
      categories: { functional: false, analytical: true, marketing: false },
      observations: ['o1', 'o2'],
    });
  });

  test('the dialog, what is in force again, and a framework that does not apply are no choice', () => {
    for (const told of [tcf('cmpuishown', ALL), tcf('tcloaded', ALL), tcf('useractioncomplete', ALL, { gdprApplies: false })])
      expect(statesOf({ events: [click('→'), told] })).toEqual([START]);
  });

  test('without an act of the person nobody chose', () => {
    expect(statesOf({ events: [tcf('useractioncomplete', ALL)] })).toEqual([START]);
    expect(statesOf({ events: [click('→'), tcf('useractioncomplete', ALL, { ms: 5000 })] })).toEqual([START]);
  });

  test('after "accept all" a "no" is of what the page never asked for', () => {
    const [, entry] = timelineOf({ events: [click('Принять все'), tcf('useractioncomplete', [1, 8, 9])] });
    expect(entry).toMatchObject({ state: 'accepted', categories: { functional: null, analytical: true, marketing: null } });
  });

  test('goes before a mark and before words', () => {
    expect(statesOf({ events: [click('Принять все'), tcf('useractioncomplete', []), mark('accepted')] })).toEqual([
      START,
      'rejected (tcf)',
    ]);
  });

  test('a used profile starts with what is loaded, unless the person acted before', () => {
    expect(statesOf({ clean: [false], events: [tcf('tcloaded', [1, 8])] })).toEqual(['partial (tcf)']);
    expect(statesOf({ clean: [false], events: [click('→', { ms: 10 }), tcf('tcloaded', [1, 8], { ms: 5000 })] })[0]).toBe(
      'unknown (start)',
    );
  });
});

describe('Consent Mode', () => {
  const granted = { ad_storage: true, analytics_storage: true };
  const denied = { ad_storage: false, analytics_storage: false };

  test("an update by the control's own handler", () => {
    const [, entry] = timelineOf({
      events: [click('→', { ms: 1000 }), mode('update', { ad_storage: false, analytics_storage: true }, { ms: 1005 })],
    });
    expect(entry).toMatchObject({
      state: 'partial',
      source: 'consent-mode',
      categories: { analytical: true, marketing: false, functional: null },
    });
  });

  test('any signal of a category grants it', () => {
    const [, entry] = timelineOf({
      events: [click('Save'), mode('update', { ad_storage: false, ad_user_data: true, analytics_storage: false })],
    });
    expect(entry).toMatchObject({ categories: { marketing: true, analytical: false } });
  });

  test('a default, an update at another time, and one that lay there are no choice', () => {
    expect(statesOf({ events: [click('→'), mode('default', granted)] })).toEqual([START]);
    expect(statesOf({ events: [mode('update', granted)] })).toEqual([START]);
    expect(statesOf({ events: [click('Menu', { ms: 1000 }), mode('update', granted, { ms: 1500 })] })).toEqual([START]);
    expect(statesOf({ events: [click('→', { ms: 1000 }), mode('update', granted, { ms: 1001, found: true })] })).toEqual([START]);
  });

  test('yields to words that say the opposite, to a mark and to a readable record', () => {
    expect(statesOf({ events: [click('Отклонить'), mode('update', granted)] })).toEqual([START, 'rejected (click)']);
    expect(statesOf({ events: [click('Принять все'), mode('update', denied)] })).toEqual([START, 'accepted (click)']);
    expect(statesOf({ events: [click('Save'), mode('update', granted), mark('rejected')] })).toEqual([START, 'rejected (mark)']);
    expect(statesOf({ events: [click('Save'), cookie('cookie_consent', 'analytics:no,marketing:no'), mode('update', granted)] })).toEqual([
      START,
      'rejected (record)',
    ]);
  });

  test('with words that say the same it names the categories', () => {
    expect(statesOf({ events: [click('Отклонить'), mode('update', denied)] })).toEqual([START, 'rejected (consent-mode)']);
    const [, entry] = timelineOf({ events: [click('Принять все'), mode('update', { ad_storage: false, analytics_storage: true })] });
    expect(entry).toMatchObject({ state: 'accepted', categories: { analytical: true, marketing: null } });
  });

  test('a refusal after an acceptance is a withdrawal', () => {
    expect(
      statesOf({ events: [click('Принять все'), mode('update', granted), click('Отозвать согласие'), mode('update', denied)] }),
    ).toEqual([START, 'accepted (consent-mode)', 'withdrawn (consent-mode)']);
  });
});

describe('Klaro', () => {
  test('its services say the categories by their purposes', () => {
    const save = (counter: boolean, pixel: boolean, letters: boolean) => klaro('saveConsents', { counter, pixel, letters });
    expect(statesOf({ events: [click('→'), save(true, true, true)] })).toEqual([START, 'accepted (cmp:klaro)']);
    expect(statesOf({ events: [click('Accept selected'), save(false, false, false)] })).toEqual([START, 'rejected (cmp:klaro)']);
    expect(timelineOf({ events: [click('→'), save(true, false, false)] })[1]).toMatchObject({
      state: 'partial',
      categories: { functional: false, analytical: true, marketing: false },
    });
  });

  test('a category that no service serves was not offered', () => {
    const told = signal('saveConsents', { source: 'cmp:klaro', categories: { counter: true }, services: { counter: ['analytics'] } });
    expect(timelineOf({ events: [click('→'), told] })[1]).toMatchObject({
      state: 'accepted',
      categories: { analytical: true, marketing: null },
    });
  });

  test("a service that the policy declares is of the policy's category", () => {
    const told = signal('saveConsents', {
      source: 'cmp:klaro',
      categories: { 'google-analytics': true, other: false },
      services: { 'google-analytics': ['things'], other: ['marketing'] },
    });
    expect(timelineOf({ events: [click('→'), told] })[1]).toMatchObject({
      state: 'partial',
      categories: { analytical: true, marketing: false },
    });
  });

  test('what it says when it is found is no choice', () => {
    expect(statesOf({ events: [click('→'), klaro('unconfirmed', { counter: true, pixel: true, letters: true })] })).toEqual([START]);
  });

  test('a used profile starts with its record, read by the purposes', () => {
    const value = JSON.stringify({ session: true, counter: true, pixel: false, letters: false });
    const [entry] = timelineOf({
      clean: [false],
      events: [klaro('confirmed', { counter: true, pixel: false, letters: false }), present('klaro', value)],
    });
    expect(entry).toMatchObject({
      state: 'partial',
      source: 'cmp:klaro',
      categories: { analytical: true, marketing: false, functional: false },
    });
  });
});

describe('OneTrust', () => {
  const record = (groups: string, date: string) => cookie('OptanonConsent', `datestamp=${date}&groups=${groups}`);
  const closed = () => cookie('OptanonAlertBoxClosed', '2026-11-02T10:00:01.000Z');

  test('renews its record at any click: no choice without words or the cookie that proves one', () => {
    expect(statesOf({ events: [record('C0001:1,C0002:0', 'a'), click('Menu'), record('C0001:1,C0002:0', 'b')] })).toEqual([START]);
    expect(statesOf({ events: [click('→'), record('C0001:1,C0002:1', 'b'), closed()] })).toEqual([START, 'accepted (cmp:onetrust)']);
    expect(statesOf({ events: [click('Отклонить'), record('C0001:1,C0002:0', 'b')] })).toEqual([START, 'rejected (cmp:onetrust)']);
  });

  test('a group that it does not ask for was not offered', () => {
    expect(timelineOf({ events: [click('→'), record('C0001:1,C0002:1', 'b'), closed()] })[1]).toMatchObject({
      state: 'accepted',
      categories: { analytical: true, functional: null, marketing: null },
    });
  });

  test('in a used profile the record alone tells of no choice', () => {
    const there = present('OptanonConsent', 'groups=C0001:1,C0002:1,C0004:0');
    expect(statesOf({ clean: [false], events: [there] })).toEqual(['unknown (start)']);
    expect(statesOf({ clean: [false], events: [there, present('OptanonAlertBoxClosed', 'x')] })).toEqual(['partial (cmp:onetrust)']);
  });
});

describe('records that say that nobody chose', () => {
  test('are no sign, though a click was near', () => {
    expect(
      statesOf({ events: [click('→'), cookie('cookieyes-consent', 'consentid:a,consent:yes,action:,necessary:yes,analytics:yes')] }),
    ).toEqual([START]);
    expect(statesOf({ events: [click('→'), cookie('tarteaucitron', '!gtag=wait')] })).toEqual([START]);
  });

  test('nor the start of a used profile', () => {
    expect(statesOf({ clean: [false], events: [present('cookieyes-consent', 'consent:yes,action:,analytics:yes')] })).toEqual([
      'unknown (start)',
    ]);
  });
});
