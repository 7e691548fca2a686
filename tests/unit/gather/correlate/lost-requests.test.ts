import { describe, expect, test } from 'vitest';
import { lossWindows } from '../../../../lib/gather/correlate/lost-requests.ts';
import type { BrowserEvent, BrowserSegment } from '../../../../lib/model/capture.ts';

const start = (time: number): BrowserEvent => ({ type: 'background-start', time });
const request = (time: number): BrowserEvent => ({ type: 'request-headers', time, requestId: '1', cookies: [] });
const jar = (time: number): BrowserEvent => ({ type: 'step', time, index: 0, reason: 'other' });

/** Each life of the background with what it stored. */
const lives = (...all: BrowserEvent[][]): BrowserSegment[] =>
  all.map((events, index) => ({ id: `browser:life${index}:000000001`, source: 'browser', events }));

describe('what a stopped background may have lost', () => {
  test('is nothing where it was never stopped', () => {
    expect(lossWindows(lives([request(1000), request(2000)]))).toEqual([]);
  });

  test('lies between the last request that it stored and the start of the next one', () => {
    expect(lossWindows(lives([request(1000), request(2000)], [start(2400), request(2300)]))).toEqual([{ from: 1950, to: 2450 }]);
  });

  test('lies before a background that stored nothing but its own beginning, and before the one after it', () => {
    expect(lossWindows(lives([request(1000)], [start(1200)], [start(1600), request(1700)]))).toEqual([
      { from: 950, to: 1250 },
      { from: 1150, to: 1700 },
    ]);
  });

  test('goes on until the new one takes what comes up after its start, but no longer than a start lasts', () => {
    const to = (...taken: number[]): number | undefined => lossWindows(lives([request(1000)], [start(1200), ...taken.map(request)]))[0]?.to;
    expect(to(1190, 1600, 1650)).toBe(1600);
    expect(to(1190, 1210)).toBe(1250);
    expect(to(1190)).toBe(1250);
    expect(to(1190, 9000)).toBe(1250);
  });

  test('goes on until the first that reached the new one: of what had waited it may have taken a part', () => {
    const taken = [1680, 1690, 990, 1250, 1260].map(request);
    expect(lossWindows(lives([request(1000)], [start(1200), ...taken], [start(1800), request(1900)]))).toEqual([
      { from: 950, to: 1680 },
      { from: 1640, to: 1900 },
    ]);
  });

  test('lies before a background that goes on from one that stored nothing at all', () => {
    expect(lossWindows(lives([start(5000), request(4900)]))).toEqual([{ from: 3450, to: 5050 }]);
  });

  test('is not shortened by what the background stamps itself while requests wait to be taken', () => {
    expect(lossWindows(lives([request(1000), jar(1900)], [start(2000)]))).toEqual([{ from: 950, to: 2050 }]);
  });

  test('is at the two ends of a long silence, in which it was stopped for its idleness', () => {
    expect(lossWindows(lives([request(1000)], [start(100_000), request(100_000)]))).toEqual([
      { from: 950, to: 2500 },
      { from: 98_450, to: 100_050 },
    ]);
  });
});
