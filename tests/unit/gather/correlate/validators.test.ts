/** The ETag of a tracker's pixel over two visits, as either browser shows that it came back: docs/browsers.md. */
import { describe, expect, test } from 'vitest';
import type { BrowserEvent, ValidatorCapture } from '../../../../lib/model/capture.ts';
import type { ValidatorFacts } from '../../../../lib/model/observation.ts';
import { acts, changed, document, ended, evidenceOf, headers, request, response, value, visit } from './captures.ts';

const PIXEL = 'https://tracker.example/1.gif';
const TAG: ValidatorCapture = { digest: 'tag', parts: ['part'], of: 'nothing' };

interface Told {
  url?: string;
  status?: number;
  validator?: ValidatorCapture;
  /** Milliseconds after the first answer's date. */
  date?: number;
  returned?: string;
  fromCache?: boolean;
}

function asked(at: number, { url = PIXEL, status = 200, returned, fromCache = false, ...answer }: Told): BrowserEvent[] {
  const id = String(at);
  const sent = headers(at + 1, id) as Extract<BrowserEvent, { type: 'request-headers' }>;
  return [
    request(at, id, url, { resourceType: 'image' }),
    { ...sent, ...(returned !== undefined && { returned }) },
    response(at + 2, id, [], { status, ...answer }),
    ended(at + 4, id, { status, fromCache }),
  ];
}

function validators(...told: BrowserEvent[][]): (ValidatorFacts | undefined)[] {
  const requests = acts(evidenceOf([...visit(0), ...told.flat()], [document([])]), 'request');
  return requests.filter(({ host }) => host === 'tracker.example').map((one) => one.request?.validator);
}

const FIRST = asked(100, { validator: TAG, date: 0 });
const facts = (returned: boolean): ValidatorFacts => ({ digest: 'tag', address: PIXEL, returned, of: 'nothing', identifiers: [] });

describe('the tag came back', () => {
  test.each<[string, BrowserEvent[]]>([
    ["out of Chromium's memory: with the header", asked(200, { status: 304, validator: { ...TAG, of: 'content' }, returned: 'tag' })],
    ['and the 304 does not repeat it', asked(200, { status: 304, returned: 'tag' })],
    ['and the server answers in full', asked(200, { validator: TAG, returned: 'tag' })],
    ["out of Chromium's cache: a stored answer with a newer date", asked(200, { validator: TAG, date: 1000, fromCache: true })],
    [
      "out of Firefox's cache: the 304, then the stored answer",
      asked(200, { validator: TAG, fromCache: true }).toSpliced(
        2,
        0,
        response(201, '200', [], { status: 304, validator: { ...TAG, of: 'content' } }),
      ),
    ],
  ])('%s', (_how, second) => {
    expect(validators(FIRST, second)).toEqual([facts(false), facts(true)]);
  });
});

describe('it did not, or nobody can tell', () => {
  test.each<[string, BrowserEvent[]]>([
    ['the stored answer was used and nobody asked', asked(200, { validator: TAG, date: 0, fromCache: true })],
    ['the server gave it again of its own', asked(200, { validator: TAG, date: 1000 })],
    ['another tag was returned', asked(200, { validator: TAG, date: 1000, returned: 'other' })],
    ['no answer has a date', asked(200, { validator: TAG, fromCache: true })],
  ])('%s', (_how, second) => {
    expect(validators(FIRST, second)).toEqual([facts(false), facts(false)]);
  });

  test('of a 304 to a tag from before the recording nobody knows the content', () => {
    expect(validators(asked(100, { status: 304, validator: TAG, returned: 'tag' }))).toEqual([undefined]);
  });

  test('two stores of one answer, each asked again for nothing', () => {
    const answer = (at: number, date: number, fromCache: boolean): BrowserEvent[] => asked(at, { validator: TAG, date, fromCache });
    const told = validators(answer(100, 0, false), answer(200, 1000, false), answer(300, 0, true), answer(400, 1000, true));
    expect(told.map((one) => one?.returned)).toEqual([false, false, false, false]);
  });

  test('another address keeps its own', () => {
    const [, second] = validators(FIRST, asked(200, { url: `${PIXEL}?2`, validator: TAG, date: 1000, fromCache: true }));
    expect(second).toMatchObject({ address: `${PIXEL}?2`, returned: false });
  });
});

test('names what is stored with the same value; a file that names nothing is left out', () => {
  const cookie = changed(50, 'uid', 'Zk81mQ0v7TtX2pLw93Ha', { domain: 'tracker.example' });
  const { parts } = value('uid', 'Zk81mQ0v7TtX2pLw93Ha');
  const file: ValidatorCapture = { ...TAG, of: 'file' };
  expect(validators([cookie], asked(100, { validator: { ...file, parts } }), asked(200, { validator: file, url: `${PIXEL}?2` }))).toEqual([
    { ...facts(false), of: 'file', identifiers: [{ kind: 'cookie', name: 'uid', host: 'tracker.example' }] },
    undefined,
  ]);
});
