import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunningBrowser } from '../../../cli/browser.ts';
import { settle } from '../../../cli/steps.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How long a step waits where the page has been quiet since its beginning, and an answer comes after so long. */
async function waited(answeredAfter: number, override?: number): Promise<number> {
  const began = Date.now();
  const asked: string[] = [];
  const browser = {
    ask: (command: string) => {
      asked.push(command);
      const time = Date.now() - began;
      const isAnswered = time >= answeredAfter;
      return Promise.resolve({
        milliseconds: isAnswered ? time - answeredAfter : time,
        unanswered: isAnswered ? 0 : 1,
      });
    },
  } as unknown as RunningBrowser;
  let ended = NaN;
  void settle(browser, override).then(() => (ended = Date.now() - began));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.filter((command) => command === 'snapshot')).toEqual(['snapshot']);
  return ended;
}

test('a step waits for half a second of quiet', async () => {
  expect(await waited(0)).toBeGreaterThanOrEqual(500);
  expect(await waited(0)).toBeLessThan(700);
});

test('and for what was asked for, and the quiet after it', async () => {
  const ended = await waited(1200);
  expect(ended).toBeGreaterThanOrEqual(1700);
  expect(ended).toBeLessThan(2000);
});

test('but no longer than five seconds', async () => {
  expect(await waited(20_000)).toBeLessThan(5200);
});

test('nor longer than the scenario says', async () => {
  expect(await waited(20_000, 300)).toBeLessThan(500);
});
