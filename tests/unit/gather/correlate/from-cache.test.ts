/** A script that is loaded again, as Chromium shows it: docs/browsers.md. */
import { expect, test } from 'vitest';
import type { BrowserEvent } from '../../../../lib/model/capture.ts';
import { acts, document, ended, evidenceOf, headers, request, response, visit } from './captures.ts';

const SCRIPT = 'https://tracker.example/tag.js';

interface Told {
  date?: number;
  fromCache?: boolean;
  ip?: string | null;
  returned?: string;
}

function asked(at: number, { date, fromCache = false, ip = '192.0.2.1', returned }: Told): BrowserEvent[] {
  const id = String(at);
  const sent = headers(at + 1, id) as Extract<BrowserEvent, { type: 'request-headers' }>;
  return [
    request(at, id, SCRIPT, { resourceType: 'script' }),
    { ...sent, ...(returned !== undefined && { returned }) },
    response(at + 2, id, [], { status: 200, ip, ...(date !== undefined && { date }) }),
    ended(at + 4, id, { status: 200, fromCache, ip }),
  ];
}

function internal(...told: BrowserEvent[][]): (boolean | undefined)[] {
  const requests = acts(evidenceOf([...visit(0), ...told.flat()], [document([])]), 'request');
  return requests.filter(({ host }) => host === 'tracker.example').map(({ request: facts }) => facts?.internal);
}

const FIRST = asked(100, { date: 0 });

test.each<[string, boolean, Told]>([
  ['of the same date a second later was sent to nobody', true, { date: 0, fromCache: true }],
  ['with a newer date was confirmed by the server', false, { date: 1000, fromCache: true }],
  ['that the server gave anew was sent', false, { date: 0 }],
  ['without a date may have been sent', false, { fromCache: true }],
  ['for which a tag went out was sent', false, { date: 0, fromCache: true, returned: 'tag' }],
  ['without an address of a server was sent to nobody', true, { fromCache: true, ip: null }],
])('an answer %s', (_, expected, told) => {
  expect(internal(FIRST, asked(1102, told))).toEqual([false, expected]);
});

test('within the second nobody can tell, and the request counts as sent', () => {
  expect(internal(FIRST, asked(1101, { date: 0, fromCache: true }))).toEqual([false, false]);
});
