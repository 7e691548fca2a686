import { expect, test } from 'vitest';
import {
  acts,
  document,
  ended,
  evidenceOf,
  exchange,
  headers,
  moment,
  redirect,
  request,
  response,
  SCRIPT,
  sent,
  visit,
} from './captures.ts';
import type { BrowserEvent } from '../../../../lib/model/capture.ts';

const STREAM = 'https://send-box.com/stream';
const source = sent(100, STREAM, { mechanism: 'event-source' });

function streams(browser: BrowserEvent[], ...told: (typeof source)[]) {
  return acts(evidenceOf([...visit(0), ...browser], [document([source, ...told])]), 'request')
    .filter(({ request: asked }) => asked?.url === STREAM)
    .map((one) => [one.mechanism, one.initiator?.url ?? null, moment(one)]);
}

test('a stream that ended and is asked for again has the script that opened it, at the moment of its own', () => {
  expect(streams([...exchange(101, 'r1', STREAM), ...exchange(9000, 'r2', STREAM), ...exchange(15_000, 'r3', STREAM)])).toEqual([
    ['event-source', SCRIPT.url, 100],
    ['event-source', SCRIPT.url, 9000],
    ['event-source', SCRIPT.url, 15_000],
  ]);
});

test('while it is open, another request of the address is not its own; nor one that a script sends', () => {
  const open = [request(101, 'r1', STREAM), headers(102, 'r1'), response(103, 'r1')];
  expect(streams([...open, ...exchange(9000, 'r2', STREAM)])[1]).toEqual(['xhr', null, 9000]);
  expect(streams([...exchange(101, 'r1', STREAM), ...exchange(9001, 'r2', STREAM)], sent(9000, STREAM))[1]).toEqual([
    'fetch',
    SCRIPT.url,
    9000,
  ]);
});

test('another document did not open it', () => {
  expect(streams([...exchange(101, 'r1', STREAM), ...exchange(9000, 'r2', STREAM, { documentId: 'B-d2' })])[1]).toEqual([
    'xhr',
    null,
    9000,
  ]);
});

test('one that is redirected has ended when the last answer has', () => {
  const led = (at: number, more: BrowserEvent[] = []): BrowserEvent[] => [
    request(at, `r${at}`, STREAM),
    headers(at + 1, `r${at}`),
    redirect(at + 2, `r${at}`),
    request(at + 3, `r${at}`, 'https://send-box.com/led'),
    headers(at + 4, `r${at}`),
    ...more,
  ];
  expect(streams([...led(101, [ended(110, 'r101')]), ...led(9000)])[1]).toEqual(['event-source', SCRIPT.url, 9000]);
  expect(streams([...led(101), ...led(9000)])[1]).toEqual(['xhr', null, 9000]);
});
