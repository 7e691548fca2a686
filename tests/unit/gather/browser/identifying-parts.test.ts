import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identifyingParts } from '../../../../lib/gather/browser/identifying-parts.ts';

/** Whether a request with this text carries the stored value. */
function carried(value: string, text: string): boolean {
  const sent = identifyingParts(text, 600);
  return identifyingParts(value, 60).some((part) => sent.includes(part));
}

const UUID = '123e4567-e89b-42d3-a456-426614174000';
const GA = 'GA1.1.123456789.1790000000';
const YM = '1790000000123456789';

describe('a stored identifier is found', () => {
  test.each([
    ["Google's client id in cid", GA, '/g/collect ?v=2&tid=G-ABC&cid=123456789.1790000000&ul=kk'],
    ['the same with a random part that reads like a time', 'GA1.1.1234567890.1790000000', '?cid=1234567890.1790000000'],
    ["Metrica's in browser-info", YM, `?browser-info=pv%3A1%3Avf%3Aabc%3Au%3A${YM}%3Aw%3A1280x720`],
    ['a UUID in JSON', UUID, `{"event":"$pageview","distinct_id":"${UUID}"}`],
    [
      'a UUID of a stored JSON value',
      JSON.stringify({ distinct_id: UUID, $sesid: [1, 'x'] }),
      `data=${encodeURIComponent(JSON.stringify({ id: UUID }))}`,
    ],
    ['in a Base64 body', UUID, `data=${Buffer.from(JSON.stringify({ distinct_id: UUID })).toString('base64')}`],
    [
      'in a Base64 body that is percent-encoded',
      UUID,
      `data=${encodeURIComponent(Buffer.from(JSON.stringify({ distinct_id: UUID, a: '??>>' })).toString('base64'))}`,
    ],
    ['in URL-safe Base64', UUID, `?d=${Buffer.from(JSON.stringify({ distinct_id: UUID, a: '??>>' })).toString('base64url')}`],
    ['encoded twice', UUID, `?state=${encodeURIComponent(encodeURIComponent(`"${UUID}"`))}`],
    ['a session token in the path', 'k3jH8sPq0ZxY7vN2mLr5', '/track k3jH8sPq0ZxY7vN2mLr5 '],
    ["Facebook's browser id", 'fb.1.1790000000123.987654321', '?fbp=fb.1.1790000000123.987654321'],
    ['a hex id', '0a1b2c3d4e5f60718293a4b5c6d7e8f9', 'uid=0a1b2c3d4e5f60718293a4b5c6d7e8f9'],
  ])('%s', (_what, value, text) => {
    expect(carried(value, text)).toBe(true);
  });
});

describe('what is the same for everybody identifies nobody', () => {
  test.each([
    ['seconds', '1790000000'],
    ['milliseconds', '1790000000123'],
    ['a date and time', '2026-11-02T10:00:00.000Z'],
    ['a date of digits', '20261102'],
    ['a date and time of digits', '20261102100000'],
    ['a clock with a fraction', '1790000000123.4'],
    ['a screen size', '1920x1080x24'],
    ['a version', '131.0.6778.86'],
    ['a package', 'vanilla-cookieconsent-3.1.0'],
    ['a user agent', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'],
    ['a host name', 'www.googletagmanager.com'],
    ['a host name with digits', 'static2.cdn1.send-box.com'],
    ['a counter', '12345678'],
    ['a tag', 'G-ABC123DEF4'],
    ['words', 'strictly-necessary-cookies-only'],
    ['a language list', 'kk-KZ,ru;q=0.9,en;q=0.8'],
    ['flags', 'true:false:null:undefined'],
    ['a consent record', '{"categories":["necessary","analytics"],"revision":0,"languageCode":"ru"}'],
    ['a colour', '#a1b2c3d4'],
    ['nothing', ''],
  ])('%s', (_what, text) => {
    expect(identifyingParts(text, 60)).toEqual([]);
  });
});

test('at most as many as asked for, each once, in order of appearance', () => {
  const ids = Array.from({ length: 100 }, (_, index) => String(900_000_000_000_000 + index));
  expect(identifyingParts([...ids, ...ids].join('&'), 7)).toEqual(ids.slice(0, 7));
});

test('a text without end is read to a limit', () => {
  expect(identifyingParts(`${' '.repeat(70_000)}${UUID}`, 10)).toEqual([]);
  expect(identifyingParts(`${' '.repeat(60_000)}${UUID}`, 10)).toEqual([UUID]);
});

test('whatever a page sends, it does not throw, and no part is short', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      for (const part of identifyingParts(text, 50)) expect(part.length).toBeGreaterThanOrEqual(9);
    }),
  );
});

test('a random identifier that is stored is found wherever it is sent as it is', () => {
  fc.assert(
    fc.property(fc.uuid({ version: 4 }), fc.constantFrom('?id=', '{"id":"', 'u:', '/x/'), (id, before) => {
      // One in a million is written with digits alone, and reads like a list of numbers.
      fc.pre(/[a-f]/.test(id));
      expect(carried(id, `${before}${id}"&x=1`)).toBe(true);
    }),
  );
});
