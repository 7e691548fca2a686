/** Another address within the same document: nothing that was chosen, said or found there is of another visit to the site. */
import { expect, test } from 'vitest';
import { click, cookie, mark, present, statesOf, timelineOf, vanillaEvent, vanillaRecord } from './story.ts';

const VISITS = [{}, { reason: 'route' as const, routeOf: 'v1' }];
const START = 'before-choice (start)';

test("a platform's event after its click led to another address is still news", () => {
  const events = [click('OK', { ms: 1000 }), vanillaEvent(['necessary', 'analytics'], { ms: 1050, visit: 'v2' })];
  expect(statesOf({ visits: VISITS, events })).toEqual([START, 'accepted (cmp:vanilla-cookieconsent)']);
  expect(statesOf({ visits: [{}, { reason: 'reload' }], events })).toEqual([START, 'unknown (click)']);
});

test('a mark binds to the click before it, however many addresses and seconds ago', () => {
  const events = [click('Go on', { ms: 1000 }), mark('accepted', { ms: 9000, visit: 'v2' })];
  expect(timelineOf({ visits: VISITS, events })[1]).toMatchObject({ visit: 'v1', observations: ['o1', 'o2'] });
});

test('a mark on the page that a form led to, at the address that it went on to by itself', () => {
  const at = (ms: number): string => new Date(Date.parse('2026-11-02T10:00:00.000Z') + ms).toISOString();
  const visits = [{}, { reason: 'visit' as const, startedAt: at(1100) }, { reason: 'route' as const, routeOf: 'v2', startedAt: at(3000) }];
  const events = [click('Go on', { ms: 1000 }), mark('accepted', { ms: 4000, visit: 'v3' })];
  expect(timelineOf({ visits, events })[1]).toMatchObject({ visit: 'v1', observations: ['o1', 'o2'] });
});

test('what was chosen stays in force', () => {
  const events = [click('Принять все'), vanillaRecord(['necessary', 'analytics']), cookie('sid', '1', { visit: 'v2' })];
  expect(statesOf({ visits: VISITS, events })).toEqual([START, 'accepted (cmp:vanilla-cookieconsent)']);
});

test('what the first look finds counts for the start, also where the page had gone on by then', () => {
  expect(statesOf({ clean: [null], visits: VISITS, events: [present('sid', 'abc', { visit: 'v2' })] })).toEqual(['unknown (start)']);
});
