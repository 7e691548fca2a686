/** Records in which a site calls its categories by names of its own, says it in one word, or says less than it seems. */
import { describe, expect, test } from 'vitest';
import { click, cookie, mark, mode, statesOf, timelineOf, vanillaEvent, vanillaRecord } from './story.ts';

const START = 'before-choice (start)';
const json = (value: object) => encodeURIComponent(JSON.stringify(value));

describe('names that are no category of the policy', () => {
  const own = ['necessary', 'statistika', 'reklama'];

  test('in a list, after words that accept: everything was accepted', () => {
    const events = [click('Принять все'), vanillaEvent(own), vanillaRecord(own)];
    const [, entry] = timelineOf({ events });
    expect(entry).toMatchObject({ state: 'accepted', categories: { analytical: true, marketing: true, functional: true } });
  });

  test('in a list, after "save": nobody can tell whether that was all', () => {
    expect(statesOf({ events: [click('Сохранить выбор'), vanillaRecord(['necessary', 'statistika'])] })).toEqual([
      START,
      'unknown (click)',
    ]);
  });

  test('in a list beside one that is known, after "save": at most a part, and the rest may be any', () => {
    const [, entry] = timelineOf({ events: [click('Сохранить выбор'), vanillaRecord(['necessary', 'analytics', 'reklama'])] });
    expect(entry).toMatchObject({
      state: 'partial',
      categories: { analytical: true, marketing: null, functional: null },
      otherNames: { reklama: true },
    });
  });

  test("a list of what is necessary alone is a refusal; the auditor's mark speaks where the list does not", () => {
    expect(statesOf({ events: [click('Сохранить'), vanillaRecord(['necessary'])] }).at(-1)).toBe('rejected (cmp:vanilla-cookieconsent)');
    expect(statesOf({ events: [click('Сохранить'), vanillaRecord(own), mark('accepted')] }).at(-1)).toBe('accepted (mark)');
  });

  test.each([
    [{ analytics: false, reklama: true }, 'partial', { analytical: false, marketing: null }, { reklama: true }],
    [{ analytics: true, reklama: false }, 'partial', { analytical: true, marketing: null }, undefined],
    [{ statistika: true, reklama: false }, 'partial', { analytical: null, marketing: null }, { statistika: true, reklama: false }],
    [{ statistika: false, reklama: false }, 'rejected', { analytical: false, marketing: false }, undefined],
    [{ analytics: false, marketing: false, shown: true }, 'rejected', { analytical: false, marketing: false }, undefined],
    [{ analytics: true, marketing: true, isEU: false }, 'accepted', { analytical: true, marketing: true }, undefined],
  ])('in pairs, after "save": %j is %s', (value, state, categories, otherNames) => {
    const [, entry] = timelineOf({ events: [click('Save'), cookie('my_consent', json(value))] });
    expect(entry).toMatchObject({ state, categories });
    expect(entry?.otherNames).toEqual(otherNames);
  });

  test('beside Consent Mode, which says some of it in words that everybody knows', () => {
    const events = [
      click('Save'),
      cookie('tarteaucitron', '!gtag=true!pixel=false'),
      mode('update', { analytics_storage: true, ad_storage: false }),
    ];
    expect(timelineOf({ events })[1]).toMatchObject({
      state: 'partial',
      source: 'cmp:tarteaucitron',
      categories: { analytical: true, marketing: false, functional: null },
      otherNames: { gtag: true, pixel: false },
    });
  });

  test('in pairs of the site alone are no choice of anything without words', () => {
    expect(statesOf({ events: [click('Menu'), cookie('my_consent', json({ dark: true, sound: false }))] }).at(-1)).toBe('unknown (click)');
  });

  test.each([
    ['Accept all', { analytics: true, newsletter: false }, 'accepted'],
    ['Reject all', { analytics: false, banner: true }, 'rejected'],
  ])('words go before them: %s with %j', (label, value, state) => {
    expect(statesOf({ events: [click(label), cookie('my_consent', json(value))] }).at(-1)).toBe(`${state} (record)`);
  });

  test('taking back what was granted under them is a withdrawal', () => {
    const events = [
      click('Save'),
      cookie('my_consent', json({ statistika: true, reklama: false })),
      click('Only necessary'),
      cookie('my_consent', json({ statistika: false, reklama: false })),
    ];
    expect(statesOf({ events })).toEqual([START, 'partial (record)', 'withdrawn (record)']);
  });
});

describe('Consent Mode', () => {
  test('changes only what a command names', () => {
    const events = [
      mode('default', { analytics_storage: false, ad_storage: false }),
      click('Save'),
      mode('update', { analytics_storage: true }),
      click('Save'),
      mode('update', { ad_storage: true }),
      click('Save'),
      mode('update', { analytics_storage: false }),
    ];
    expect(timelineOf({ events }).map(({ state, categories: { analytical, marketing } }) => [state, analytical, marketing])).toEqual([
      ['before-choice', false, false],
      ['partial', true, false],
      ['accepted', true, true],
      ['partial', false, true],
    ]);
  });
});

describe('one word', () => {
  test('after a control that says nothing of consent may be presumed', () => {
    expect(statesOf({ events: [click('Продолжить'), cookie('cookie_consent', '1')] })).toEqual([START, 'unknown (click)']);
    expect(statesOf({ events: [click('Принять'), cookie('cookie_consent', '1')] })).toEqual([START, 'accepted (record)']);
  });

  test.each(['cookie_banner_closed', 'cookie_notice_closed', 'viewed_cookie_policy', 'hide_cookie_bar', 'cookie_popup_shown'])(
    'under %s says that something was seen: the words decide, or nobody chose',
    (name) => {
      expect(statesOf({ events: [click('Отклонить'), cookie(name, '1')] })).toEqual([START, 'rejected (click)']);
      expect(statesOf({ events: [click('×'), cookie(name, '1')] })).toEqual([START]);
    },
  );

  test('of each category, where only those are written that change', () => {
    const box = (name: string, value: string) => cookie(`cookielawinfo-checkbox-${name}`, value);
    const defaults = ['functional', 'analytics', 'advertisement'].map((name) => box(name, 'no'));
    const some = [...defaults, click('Analytics'), box('analytics', 'yes')];
    const categories = { functional: false, analytical: true, marketing: false };
    expect(timelineOf({ events: some })[1]).toMatchObject({ state: 'partial', categories });
    expect(statesOf({ events: [...some, click('Reject'), box('analytics', 'no')] }).at(-1)).toBe('withdrawn (cmp:cookie-law-info)');
  });

  test('of each category, as cookie-law-info keeps them', () => {
    const events = [
      click('Save'),
      ...Object.entries({ necessary: 'yes', functional: 'no', analytics: 'yes', performance: 'no', advertisement: 'no' }).map(
        ([name, value]) => cookie(`cookielawinfo-checkbox-${name}`, value),
      ),
      cookie('viewed_cookie_policy', 'yes'),
    ];
    expect(timelineOf({ events })[1]).toMatchObject({
      state: 'partial',
      source: 'cmp:cookie-law-info',
      categories: { functional: false, analytical: true, marketing: false },
    });
  });
});

describe('a withdrawal', () => {
  const accepted = [click('Принять'), cookie('cookie_consent', 'yes')];

  test('may delete the record', () => {
    const events = [...accepted, click('Отозвать согласие'), cookie('cookie_consent', '', { action: 'delete' })];
    expect(statesOf({ events })).toEqual([START, 'accepted (record)', 'withdrawn (click)']);
  });

  test('deletes nothing where only something else goes', () => {
    const events = [...accepted, click('Отозвать согласие'), cookie('cart', '', { action: 'delete' })];
    expect(statesOf({ events }).at(-1)).toBe('unknown (click)');
  });

  test('after a moment that nobody could read takes back what was granted before it', () => {
    const events = [...accepted, click('Decline all'), click('Save'), cookie('cookie_consent', 'no')];
    expect(statesOf({ events })).toEqual([START, 'accepted (record)', 'unknown (click)', 'withdrawn (record)']);
  });
});

test('a record that comes late is of the words before it, whatever was pressed meanwhile', () => {
  const events = [click('Принять'), click('Купить', { ms: 2000 }), cookie('cookie_consent', 'yes', { ms: 2400 })];
  expect(statesOf({ events })).toEqual([START, 'accepted (record)']);
});
