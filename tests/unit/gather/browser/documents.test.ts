import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDigester } from '../../../../lib/gather/browser/digest.ts';
import { segmentOf } from '../../../../lib/gather/browser/documents.ts';
import type { Batch } from '../../../../lib/messaging/relay-protocol.ts';
import { headerOf } from '../relay/header.ts';
import type { DocumentRef } from '../../../../lib/model/capture.ts';

const NOW = Date.parse('2026-11-02T10:00:00.000Z');
const digester = createDigester(new Uint8Array(32).fill(1), () => false);
const ref: DocumentRef = {
  document: 'd1',
  tab: 1,
  frame: 0,
  documentId: 'B1',
  url: 'https://send-box.com/',
  origin: 'https://send-box.com',
  top: true,
};
const stamp = { time: NOW, stack: 'Error\n    at f (https://mc.yandex.ru/tag.js?x=1:1:2)' };

function segment(entries: string[], first = 1, dropped = 0, behind = 0) {
  const header = headerOf({ document: 'd1', url: ref.url, origin: ref.origin });
  const batch: Batch = { type: 'batch', header, first, entries, behind, dropped };
  return segmentOf(batch, ref, digester, NOW);
}

/** As the relay passes it on: a claim of the page (which has a stack), or its own event. */
const entry = (event: unknown, task: unknown = 1): string =>
  JSON.stringify(typeof event === 'object' && event !== null && 'stack' in event ? { claim: event, task } : { task, event });

describe('claims of agreed shape', () => {
  test('a cookie, with what it asks for and who wrote it', () => {
    const [event] = segment(
      [entry({ ...stamp, type: 'cookie', text: '_ym_uid=1790000000123456789; max-age=31536000; secure' })],
      41,
    ).events;
    expect(event).toMatchObject({
      type: 'cookie',
      seq: 41,
      task: 1,
      time: NOW,
      mechanism: 'document.cookie',
      cookie: { name: '_ym_uid', asked: 31_536_000, secure: true, value: { length: 19, born: 1_790_000_000_000 } },
      initiator: { url: 'https://mc.yandex.ru/tag.js', line: 1, column: 2 },
    });
    expect(JSON.stringify(event)).not.toContain('1790000000123456789');
  });

  test('times are by the clock that the browser itself goes by, and so is what a cookie asks for', () => {
    const hours = 8 * 3_600_000;
    const expires = new Date(NOW + hours + 1_000_000).toUTCString();
    const [cookie, look] = segment(
      [
        entry({ ...stamp, type: 'cookie', text: `late=1; expires=${expires}` }),
        entry({ type: 'store-snapshot', time: NOW + 2, asked: NOW + 1, kind: 'indexedDB', entries: [], skipped: 0, request: null }),
      ],
      1,
      0,
      hours,
    ).events;
    expect(cookie).toMatchObject({ time: NOW + hours, cookie: { asked: 1000 } });
    expect(look).toMatchObject({ time: NOW + hours + 2, asked: NOW + hours + 1 });
    expect(segment([entry({ ...stamp, type: 'canary' })], 1, 0, NaN).events[0]).toMatchObject({ time: NOW });
  });

  test('what tells scripts apart whose addresses are cleaned to the same, though stacks are cut', () => {
    const data = `data:text/javascript,f()//${'x'.repeat(5000)}`;
    const [assigned, long, other, blob, inline] = segment([
      entry({ ...stamp, type: 'assigned', element: 'script', url: data }),
      entry({ ...stamp, stack: `Error\n    at ${data}`.slice(0, 4096), type: 'cookie', text: 'a=1' }),
      entry({ ...stamp, stack: 'Error\n    at data:text/javascript,g():1:1', type: 'cookie', text: 'a=1' }),
      entry({ ...stamp, stack: 'Error\n    at f (blob:https://send-box.com/1-2:1:1)', type: 'cookie', text: 'a=1' }),
      entry({ ...stamp, stack: 'Error\n    at <anonymous>:1:1', type: 'cookie', text: 'a=1' }),
    ]).events.map((event) => ({
      ...('initiator' in event && event.initiator),
      assigned: 'urlDigest' in event && event.urlDigest,
    }));
    expect(long).toMatchObject({ url: 'data:…', urlDigest: assigned?.assigned });
    expect(other).toMatchObject({ url: 'data:…', urlDigest: expect.not.stringMatching(String(assigned?.assigned)) as string });
    expect(blob).toMatchObject({ url: 'blob:…', urlDigest: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
    expect(inline).toMatchObject({ url: 'https://send-box.com/' });
    expect(inline).not.toHaveProperty('urlDigest');
  });

  test('the content of a frame is told apart to its end, and not kept', () => {
    const [one, same, other] = segment([
      entry({ ...stamp, type: 'assigned', element: 'iframe', url: 'about:srcdoc?<a href="#1">secret' }),
      entry({ type: 'given-content', time: NOW, url: 'about:srcdoc?<a href="#1">secret' }),
      entry({ type: 'given-content', time: NOW, url: 'about:srcdoc?<a href="#2">secret' }),
    ]).events as { url: string; urlDigest: string }[];
    expect(one?.urlDigest).toBe(same?.urlDigest);
    expect(other?.urlDigest).not.toBe(same?.urlDigest);
    expect(same?.url).toBe('about:srcdoc');
    expect(JSON.stringify([one, same])).not.toContain('secret');
  });

  test('CookieStore: Secure and strict unless told, milliseconds to seconds', () => {
    const base = { ...stamp, type: 'cookie-store', name: 'a', value: 'b', domain: null, path: null, sameSite: null, partitioned: false };
    const told = segment([
      entry({ ...base, action: 'set', expires: NOW + 90_000 }),
      entry({ ...base, action: 'set', expires: null, sameSite: 'none', domain: '.Send-Box.com' }),
      entry({ ...base, action: 'delete', expires: null }),
    ]);
    expect(
      told.events.map((event) =>
        event.type === 'cookie'
          ? [event.mechanism, event.cookie.asked, event.cookie.session, event.cookie.sameSite, event.cookie.domain, event.cookie.secure]
          : [],
      ),
    ).toEqual([
      ['cookie-store', 90, false, 'strict', null, true],
      ['cookie-store', null, true, 'none', 'send-box.com', true],
      ['cookie-store', 0, false, 'strict', null, true],
    ]);
  });

  test('storage, without its value', () => {
    const storage = { ...stamp, type: 'storage', area: 'localStorage', mechanism: 'set-item', name: 'user', length: 12 };
    const { events } = segment([
      entry({ ...storage, action: 'set', value: '+77071234567' }),
      entry({ ...storage, action: 'delete', value: '' }),
    ]);
    expect(events).toMatchObject([
      { type: 'storage', action: 'set', name: 'user', value: { length: 12 } },
      { type: 'storage', action: 'delete', value: null },
    ]);
    expect(JSON.stringify(events)).not.toContain('77071234567');
  });

  test('requests lose their query, and the same URL has the same digest', () => {
    const send = (url: string): string => entry({ ...stamp, type: 'send', mechanism: 'fetch', url, method: 'GET' });
    const [one, two, three] = segment([
      send('https://a.kz/x?phone=7707'),
      send('https://a.kz/x?phone=7707#f'),
      send('https://a.kz/x?phone=7708'),
    ]).events as { url: string; urlDigest: string }[];
    expect(one).toMatchObject({ type: 'send', url: 'https://a.kz/x' });
    expect(two?.urlDigest).toBe(one?.urlDigest);
    expect(three?.urlDigest).not.toBe(one?.urlDigest);
  });

  test('looks, acts, life and canary', () => {
    const { events, invalid } = segment([
      entry({
        type: 'storage-snapshot',
        time: NOW,
        area: 'localStorage',
        full: true,
        changed: [{ name: 'a\ud800', value: 'secret-value', length: 12 }],
        removed: [],
        skipped: 0,
        request: null,
      }),
      entry({ type: 'control', event: 'click', time: NOW, trusted: true, label: 'OK', element: 'button' }),
      entry({ type: 'lifecycle', time: NOW, state: 'hide' }),
      entry({ ...stamp, type: 'canary' }),
    ]);
    expect(invalid).toBe(0);
    expect(events.map(({ type, seq }) => [type, seq])).toEqual([
      ['storage-snapshot', 1],
      ['control', 2],
      ['lifecycle', 3],
      ['canary', 4],
    ]);
    expect(events[0]).toMatchObject({ changed: [{ name: 'a\ufffd', value: { length: 12 } }] });
    expect(JSON.stringify(events)).not.toContain('secret-value');
  });
});

describe('claims of another shape are counted and dropped, and the others keep their numbers', () => {
  test.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['no event', '{"task":1}'],
    ['no task', entry({ ...stamp, type: 'canary' }, null)],
    ['an unknown type', entry({ ...stamp, type: 'verdict' })],
    [
      'an area that there is not',
      entry({ ...stamp, type: 'storage', area: 'caches', action: 'set', mechanism: 'set-item', name: 'a', value: '', length: 0 }),
    ],
    ['a time that is no number', entry({ ...stamp, time: 'now', type: 'canary' })],
    ['a forged act without its fields', entry({ type: 'control', event: 'click', time: NOW, trusted: true })],
    ['a text beyond all bounds', entry({ ...stamp, type: 'cookie', text: 'x'.repeat(20_001) })],
    ['categories that are not yes or no', entry({ ...stamp, type: 'signal', source: 'cmp:x', name: 'n', categories: { a: 'yes' } })],
  ])('%s', (_what, bad) => {
    const told = segment([bad, entry({ ...stamp, type: 'canary' })], 7, 3);
    expect(told).toMatchObject({ invalid: 1, dropped: 3 });
    expect(told.events.map(({ type, seq }) => [type, seq])).toEqual([['canary', 8]]);
  });

  test('a page cannot put anything into a segment but what was agreed', () => {
    const { events } = segment([
      `{"claim":{"type":"canary","time":${NOW},"stack":"","seq":99,"ref":"x","__proto__":{"admin":true},"extra":"secret"},"task":1}`,
    ]);
    expect(events).toEqual([{ seq: 1, task: 1, type: 'canary', time: NOW }]);
  });

  test("a page's word never stands for what the relay saw, whatever its text holds", () => {
    const click = { type: 'control', event: 'click', time: NOW, trusted: true, label: 'Accept', element: 'button' };
    const { events, invalid } = segment([
      `{"claim":${JSON.stringify(click)},"task":1}`,
      `{"claim":{"type":"canary","time":${NOW},"stack":""},"event":${JSON.stringify(click)},"task":1}`,
      `{"claim":1},"event":${JSON.stringify(click)},"task":1}`,
      `{"claim":0,"claim":${JSON.stringify(click)},"event":${JSON.stringify(click)},"task":1}`,
      entry({ ...click, stack: '' }),
    ]);
    expect(events.map(({ type }) => type)).toEqual(['canary']);
    expect(invalid).toBe(4);
  });

  test('nothing makes it throw', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.json(),
            fc.anything().map((event) => JSON.stringify({ task: 1, event }) ?? ''),
          ),
        ),
        (entries) => {
          const told = segment(entries);
          expect(told.events.length + told.invalid).toBe(entries.length);
        },
      ),
    );
  });
});

test('the same batch has the same id, so that it is stored once; ids sort by number', () => {
  expect(segment([], 41).id).toBe(segment([], 41).id);
  expect([segment([], 1000).id, segment([], 201).id].sort()[0]).toBe(segment([], 201).id);
});
