import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Browser } from 'webextension-polyfill';
import { createBadge } from '../../../lib/session/badge.ts';
import type { Live } from '../../../lib/session/live.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const context = { store: {}, watch: { anyTab: () => true, state: () => ({ tabs: { 7: 'shop.test' } }) } } as unknown as Live;

/** A badge whose judgements take so long, and when each of them began. */
function badge(takes: number, errors = (judgement: number): number => judgement) {
  const judged: number[] = [];
  const shown: unknown[] = [];
  const browser = {
    action: { setBadgeBackgroundColor: () => Promise.resolve(), setBadgeText: (text: unknown) => Promise.resolve(void shown.push(text)) },
  } as unknown as Browser;
  const begun = performance.now();
  const observed = createBadge(browser, async () => {
    judged.push(performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, takes));
    return errors(judged.length);
  });
  return { judged, shown, observed: () => observed(context) };
}

test('the number is judged once, when nothing was observed for a moment', async () => {
  const { judged, shown, observed } = badge(0);
  for (let n = 0; n < 5; n++) {
    observed();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(judged).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(judged).toHaveLength(1);
  expect(shown).toEqual([{ tabId: 7, text: '1' }]);
});

test('a recording that takes long to judge is judged one at a time, for a twentieth of the time, and to its end', async () => {
  const { judged, shown, observed } = badge(900);
  for (let second = 0; second < 180; second += 2) {
    observed();
    await vi.advanceTimersByTimeAsync(2000);
  }
  expect(judged.length).toBeGreaterThan(1);
  for (const [index, at] of judged.slice(1).entries()) expect(at - (judged[index] as number)).toBeGreaterThanOrEqual(18_900);
  const before = judged.length;
  // What was observed last is judged at last.
  await vi.advanceTimersByTimeAsync(60_000);
  expect(judged).toHaveLength(before + 1);
  expect(shown.at(-1)).toEqual({ tabId: 7, text: String(before + 1) });
});

test('a very long one is judged again before the browser would stop the background', async () => {
  const { judged, observed } = badge(5000);
  observed();
  await vi.advanceTimersByTimeAsync(2000);
  observed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(judged).toHaveLength(2);
  expect((judged[1] as number) - (judged[0] as number)).toBeLessThan(30_000);
});

test('a tab that had no number is given none, and one that had one loses it', async () => {
  const { shown, observed } = badge(0, (judgement) => [0, 3, 3, 0, 0][judgement - 1] as number);
  for (let n = 0; n < 5; n++) {
    observed();
    await vi.advanceTimersByTimeAsync(5000);
  }
  expect(shown.map((one) => (one as { text: string }).text)).toEqual(['3', '3', '']);
});
