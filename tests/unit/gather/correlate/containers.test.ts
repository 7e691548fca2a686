import { describe, expect, test } from 'vitest';
import type { BrowserEvent } from '../../../../lib/model/capture.ts';
import { acts, BEGIN, changed, claim, document, evidenceOf, exchange, jar, jarCookie, look, stored, visit } from './captures.ts';

const WORK = 'firefox-container-2';
const inWork = (events: BrowserEvent[]): BrowserEvent[] => events.map((event) => ({ ...event, cookieStore: WORK }));
const workDocument = (events: Parameters<typeof document>[0]) => document(events, { document: 'd2', tab: 2, cookieStore: WORK });
const workPage = (at: number): BrowserEvent[] => inWork(visit(at, 'd2').map((event) => ('tab' in event ? { ...event, tab: 2 } : event)));

describe('two containers in one recording', () => {
  const evidence = evidenceOf(
    [
      { type: 'profile', time: BEGIN - 1, clean: true },
      ...visit(0),
      ...workPage(50),
      changed(105, '_x', '1'),
      ...inWork([changed(115, '_x', '1')]),
      ...inWork([changed(205, '_x', '1', { removed: true })]),
      ...exchange(300, '1', 'https://mc.yandex.ru/x', { setCookies: ['yuid=1'] }),
      ...inWork(exchange(310, '2', 'https://mc.yandex.ru/x', { tab: 2, documentId: 'B-d2', setCookies: ['yuid=2'] })),
      jar(900, [jarCookie('_x', '1')]),
      ...inWork([jar(901, [])]),
      { type: 'gap', time: BEGIN, from: BEGIN, to: BEGIN + 1, reason: 'of all', lost: 2 },
      ...inWork([{ type: 'gap', time: BEGIN, from: BEGIN, to: BEGIN + 1, reason: 'of a tab', lost: 0, tab: 2 }]),
    ],
    [
      document([claim(100, '_x=1'), stored(120, 'id', 'a'), look(800, { id: 'a' })]),
      workDocument([claim(110, '_x=1'), stored(130, 'id', 'b'), claim(200, '_x=; max-age=0'), look(810, { id: 'b' })]),
    ],
  );
  const profileOf = ({ visit: id }: { visit: string }) => evidence.visits.find((one) => one.id === id)?.profile;

  test('are two profiles, whose observations are in the order of happening', () => {
    expect(evidence.visits.map(({ id, profile, cookieStore }) => [id, profile, cookieStore])).toEqual([
      ['v1', 1, undefined],
      ['v2', 2, WORK],
    ]);
    // Nobody looked into the container's jar when the recording began.
    expect(evidence.profiles).toEqual([
      { profile: 1, clean: true },
      { profile: 2, clean: null },
    ]);
    const moments = evidence.observations.map(({ at }) => at);
    expect(moments).toEqual(moments.toSorted());
    expect(evidence.observations.map(({ seq }) => seq)).toEqual(moments.map((_at, index) => index + 1));
  });

  test('have each its own cookies', () => {
    expect(acts(evidence, 'cookie', '_x').map((one) => [profileOf(one), one.action, one.confirmed])).toEqual([
      [1, 'set', 'jar'],
      [2, 'set', 'jar'],
      [2, 'delete', 'jar'],
    ]);
    const present = evidence.observations.filter(({ kind, action }) => kind === 'cookie' && action === 'present');
    expect(present.map((one) => [profileOf(one), one.name])).toEqual([[1, '_x']]);
    for (const cookie of acts(evidence, 'cookie', 'yuid'))
      expect(profileOf(evidence.observations.find(({ id }) => id === cookie.cause) ?? { visit: '' })).toBe(profileOf(cookie));
  });

  test('have each its own storage', () => {
    expect(acts(evidence, 'localStorage', 'id').map((one) => [profileOf(one), one.action, one.confirmed])).toEqual([
      [1, 'set', 'snapshot'],
      [2, 'set', 'snapshot'],
    ]);
  });

  test('share what is of the browser as a whole, which is told once', () => {
    expect(evidence.gaps.map(({ reason }) => reason).sort()).toEqual(['of a tab', 'of all']);
    expect(evidence.lost).toBe(2);
  });
});

test('a container without a page of the site has no part', () => {
  const evidence = evidenceOf([...visit(0), ...inWork([changed(105, '_x', '1'), jar(200, [jarCookie('_x', '1')])])], [document([])]);
  expect(evidence.profiles).toHaveLength(1);
  expect(evidence.observations.filter(({ kind }) => kind === 'cookie')).toEqual([]);
});

test('pages in a container alone are the first profile', () => {
  const evidence = evidenceOf(
    [{ type: 'profile', time: BEGIN, clean: false }, ...inWork([{ type: 'profile', time: BEGIN, clean: true }, ...visit(1)])],
    [document([], { cookieStore: WORK })],
  );
  expect(evidence).toMatchObject({ profiles: [{ profile: 1, clean: true }], visits: [{ profile: 1, cookieStore: WORK }] });
});
