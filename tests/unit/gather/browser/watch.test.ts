import { describe, expect, test } from 'vitest';
import { createWatch, type WatchState } from '../../../../lib/gather/browser/watch.ts';

function setUp(initial: WatchState | null = null) {
  const states: WatchState[] = [];
  const watch = createWatch(
    (host) => host === 'send-box.com' || host.endsWith('.send-box.com'),
    initial,
    (state) => states.push(state),
  );
  return { watch, states };
}

describe('tabs', () => {
  test('are watched while an audited page is in them', () => {
    const { watch } = setUp();
    expect([watch.isWatched(1), watch.anyTab()]).toEqual([false, false]);
    watch.begin(1, 'send-box.com', {});
    expect([watch.isWatched(1), watch.isWatched(2), watch.anyTab()]).toEqual([true, false, true]);
    watch.end(1, 1000);
    expect([watch.isWatched(1), watch.anyTab()]).toEqual([false, false]);
  });

  test('are watched when a watched tab opened them, until something else is in them', () => {
    const { watch, states } = setUp();
    watch.open(2, 1);
    expect([watch.isWatched(2), states]).toEqual([false, []]);
    watch.begin(1, 'send-box.com', {});
    watch.open(2, 1);
    watch.open(3, 2);
    expect([watch.isWatched(2), states.at(-1)?.tabs]).toEqual([true, { 1: 'send-box.com', 2: 'send-box.com', 3: 'send-box.com' }]);
    watch.end(2, 1000);
    expect([watch.isWatched(1), watch.isWatched(2), watch.isWatched(3)]).toEqual([true, false, true]);
  });

  test('that were closed are still heard, the newest hundred of them, and keep nothing else going', () => {
    const { watch, states } = setUp();
    for (let tab = 0; tab <= 100; tab++) {
      watch.begin(tab, 'send-box.com', {});
      watch.close(tab, 1000);
    }
    watch.close(500, 1000);
    expect([0, 1, 100, 500].map((tab) => watch.isWatched(tab))).toEqual([false, true, true, false]);
    expect([watch.anyTab(), states.at(-1)?.tabs]).toEqual([false, {}]);
  });

  test('that show another site are known to have shown an audited page, until the next one', () => {
    const { watch } = setUp();
    const after = (act: () => void): boolean[] => [act(), watch.isWatched(1), watch.hasLeft(1)].slice(1) as boolean[];
    expect(after(() => watch.end(1, 1000))).toEqual([false, false]);
    expect(after(() => watch.begin(1, 'send-box.com', {}))).toEqual([true, false]);
    expect(after(() => watch.end(1, 1000))).toEqual([false, true]);
    expect(after(() => watch.end(1, 1000))).toEqual([false, false]);
    watch.begin(1, 'send-box.com', {});
    watch.end(1, 1000);
    expect(after(() => watch.begin(1, 'send-box.com', {}))).toEqual([true, false]);
  });

  test('are not yet those of an audited page in what is told late of the time before it', () => {
    const { watch } = setUp();
    const before = (): boolean[] => [999, 1000].map((time) => watch.isBefore(1, time));
    watch.expect(1, 'send-box.com', {});
    watch.begin(1, 'send-box.com', {}, 1000);
    expect(before()).toEqual([true, false]);
    watch.begin(1, 'send-box.com', {}, 2000);
    expect(before()).toEqual([true, false]);
    watch.end(1, 1000);
    expect(before()).toEqual([false, false]);
  });

  test('have frames that are known after they were left, the newest five thousand of them', () => {
    const { watch } = setUp();
    for (let frame = 1; frame <= 5001; frame++) watch.frame(frame);
    expect([1, 2, 5001, 5002].map((frame) => watch.hasFrame(frame))).toEqual([false, true, true, false]);
    watch.begin(1, 'send-box.com', {});
    watch.forget();
    expect(watch.hasFrame(2)).toBe(false);
  });

  test('are at work until a while after the last of them went', () => {
    const { watch } = setUp();
    const atWork = (): boolean[] => [1000, 11_000, 11_001].map((time) => watch.isAtWork(time));
    expect(atWork()).toEqual([false, false, false]);
    watch.begin(1, 'send-box.com', {});
    watch.begin(2, 'send-box.com', {});
    watch.end(1, 500);
    expect(atWork()).toEqual([true, true, true]);
    watch.close(2, 1000);
    watch.close(3, 2000);
    expect(atWork()).toEqual([true, true, false]);
  });

  test('every change is told, and nothing else', () => {
    const { watch, states } = setUp();
    watch.begin(1, 'send-box.com', {});
    const told = states.length;
    watch.begin(1, 'send-box.com', {});
    watch.end(9, 1000);
    watch.seenHost('send-box.com');
    watch.seenHost('');
    expect(states).toHaveLength(told);
    watch.seenHost('mc.yandex.ru');
    expect(states.at(-1)).toEqual({ tabs: { 1: 'send-box.com' }, hosts: ['send-box.com', 'mc.yandex.ru'], containers: [] });
  });

  test('are forgotten with everything that was seen, which is told once', () => {
    const { watch, states } = setUp({ tabs: { 1: 'send-box.com' }, hosts: ['mc.yandex.ru'], containers: ['firefox-container-1'] });
    watch.forget();
    watch.forget();
    expect([watch.anyTab(), watch.hasSeen('mc.yandex.ru')]).toEqual([false, false]);
    expect(states).toEqual([{ tabs: {}, hosts: [], containers: [] }]);
  });

  test('are known again after a restart of the background', () => {
    const { watch } = setUp();
    watch.begin(7, 'send-box.com', {});
    watch.seenHost('mc.yandex.ru');
    const again = setUp(JSON.parse(JSON.stringify(watch.state())) as WatchState).watch;
    expect([again.isWatched(7), again.concernsCookie('yandex.ru'), again.isWatched(8)]).toEqual([true, true, false]);
  });
});

describe('cookies concern the audit', () => {
  const { watch } = setUp();
  watch.begin(1, 'send-box.com', {});
  watch.seenHost('mc.yandex.ru');

  test.each([
    ['of the site', 'send-box.com', true],
    ['of a host of the site that was not met', 'kk.send-box.com', true],
    ['of a host that the page talked to', 'mc.yandex.ru', true],
    ["of such a host's parent", 'yandex.ru', true],
    ['of a host below such a host that nobody asked', 'a.mc.yandex.ru', false],
    ['of a sibling', 'mail.yandex.ru', false],
    ['of a name that only ends alike', 'dex.ru', false],
    ['of somebody else', 'bank.kz', false],
  ])('%s', (_what, domain, concerns) => {
    expect(watch.concernsCookie(domain)).toBe(concerns);
  });
});

test('hosts are counted to a limit', () => {
  const { watch } = setUp();
  for (let index = 0; index < 3000; index++) watch.seenHost(`h${index}.example`);
  expect(watch.state().hosts).toHaveLength(2000);
});

test('of a container cookies concern the audit once an audited page was opened in it, those of the site before', () => {
  const { watch } = setUp();
  watch.begin(1, 'send-box.com', {});
  watch.seenHost('mc.yandex.ru');
  const concerned = (): boolean[] =>
    ['send-box.com', 'yandex.ru', 'bank.kz'].map((domain) => watch.concernsCookie(domain, 'firefox-container-2'));
  expect([watch.containers(), concerned()]).toEqual([[], [true, false, false]]);
  watch.begin(2, 'send-box.com', { cookieStore: 'firefox-container-2' });
  watch.end(2, 1000);
  expect([watch.containers(), concerned()]).toEqual([['firefox-container-2'], [true, true, false]]);
  const again = setUp(JSON.parse(JSON.stringify(watch.state())) as WatchState).watch;
  expect(again.containers()).toEqual(['firefox-container-2']);
});
