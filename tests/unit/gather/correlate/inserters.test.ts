import { describe, expect, test } from 'vitest';
import type { Initiator } from '../../../../lib/model/observation.ts';
import { claim, document, ended, evidenceOf, exchange, headers, request, response, sent, visit, type Told } from './captures.ts';
import type { BrowserEvent, DocumentSegment } from '../../../../lib/model/capture.ts';

const observe = (documents: DocumentSegment[], browser: BrowserEvent[] = []) =>
  evidenceOf([...visit(0), ...browser], documents).observations;
const by = (url: string): Initiator => ({ url, line: 1, column: 1, function: null, stack: [] });
const assigned = (at: number, url: string, inserter: string, mechanism = 'script'): Told => ({
  at,
  type: 'assigned',
  mechanism,
  url,
  urlDigest: url,
  initiator: by(inserter),
});

const [PAGE, GTM, TAG] = ['https://send-box.com/app.js', 'https://tags.example/gtm.js', 'https://stats.example/tag.js'];

test('who inserted the script that acted, the nearest first', () => {
  const cookie = observe([document([assigned(101, GTM, PAGE), assigned(102, TAG, GTM), claim(103, 'a=1', { initiator: by(TAG) })])]).find(
    ({ name }) => name === 'a',
  );
  expect(cookie?.initiator).toMatchObject({ url: TAG, insertedBy: [GTM, PAGE] });
});

test('a script that the page itself holds was inserted by nobody, and other documents know nothing of it', () => {
  const found = observe([
    document([assigned(101, TAG, GTM), claim(102, 'a=1', { initiator: by(PAGE) })]),
    document([claim(103, 'b=1', { initiator: by(TAG) })], { document: 'd2', frame: 3 }),
  ]);
  for (const name of ['a', 'b']) expect(found.find((o) => o.name === name)?.initiator, name).not.toHaveProperty('insertedBy');
});

test('scripts that insert each other are told once', () => {
  const cookie = observe([document([assigned(101, GTM, TAG), assigned(102, TAG, GTM), claim(103, 'a=1', { initiator: by(TAG) })])]).find(
    ({ name }) => name === 'a',
  );
  expect(cookie?.initiator?.insertedBy).toEqual([GTM]);
});

test('a chain ends at ten', () => {
  const scripts = Array.from({ length: 15 }, (_, index) => `https://s${index}.example/s.js`);
  const cookie = observe([
    document([
      ...scripts.slice(1).map((url, index) => assigned(100 + index, url, scripts[index] as string)),
      claim(130, 'a=1', { initiator: by(scripts[14] as string) }),
    ]),
  ]).find(({ name }) => name === 'a');
  expect(cookie?.initiator?.insertedBy).toEqual(scripts.slice(4, 14).toReversed());
});

describe('code that has its address in common with other code', () => {
  const digests = ['1', '2'];
  const blob = (urlDigest: string): Initiator => ({ ...by('blob:…'), urlDigest }) as Initiator;
  const given = (at: number, urlDigest: string, url = 'about:srcdoc'): Told => ({ at, type: 'given-content', url, urlDigest });
  const frame = (at: number, urlDigest: string, inserter: string, url = 'about:srcdoc'): Told => ({
    ...assigned(at, url, inserter, 'iframe'),
    urlDigest,
  });
  const named = (observed: ReturnType<typeof observe>, name: string) => observed.find((o) => o.name === name)?.initiator;

  test('each script has its own inserter, and what tells them apart is not told', () => {
    const found = observe([
      document([
        ...digests.map((urlDigest, index) => ({ ...assigned(101, 'blob:…', index ? TAG : GTM), urlDigest })),
        ...digests.map((digest, index) => claim(103, `c${index}=1`, { initiator: blob(digest) })),
        claim(104, 'unknown=1', { initiator: blob('3') }),
      ]),
    ]);
    expect(named(found, 'c0')).toEqual({ ...by('blob:…'), insertedBy: [GTM] });
    expect(named(found, 'c1')).toEqual({ ...by('blob:…'), insertedBy: [TAG] });
    expect(named(found, 'unknown')).toEqual(by('blob:…'));
  });

  test('a Blob that inserts another one', () => {
    const found = observe([
      document([
        { ...assigned(101, 'blob:…', GTM), urlDigest: '1' },
        { ...assigned(102, 'blob:…', ''), initiator: blob('1'), urlDigest: '2' },
        claim(103, 'a=1', { initiator: blob('2') }),
      ]),
    ]);
    expect(named(found, 'a')?.insertedBy).toEqual(['blob:…', GTM]);
  });

  test('what a document holds is by the script that gave its content to the frame, which has its own inserters', () => {
    const inside = { document: 'd2', frame: 3, url: 'about:srcdoc', top: false };
    const found = observe([
      document([assigned(101, TAG, GTM), frame(102, '1', TAG), frame(102, '2', PAGE)]),
      document(
        [
          { at: 103, type: 'resource', url: 'https://s.example/in.js', urlDigest: 'r', initiatorType: 'script', status: 200 },
          given(104, '1'),
          claim(105, 'inline=1', { initiator: by('about:srcdoc') }),
          claim(106, 'script=1', { initiator: by('https://s.example/in.js') }),
          claim(107, 'parent=1', { initiator: by(PAGE) }),
        ],
        inside,
      ),
    ]);
    expect(named(found, 'inline')?.insertedBy).toEqual([TAG, GTM]);
    expect(named(found, 'script')?.insertedBy).toEqual([TAG, GTM]);
    expect(named(found, 'parent')).not.toHaveProperty('insertedBy');
  });

  test('content that nobody was seen to give, or in another tab, is nobody else’s', () => {
    const inside = { document: 'd2', frame: 3, url: 'about:srcdoc', top: false };
    for (const [digest, tab] of [
      ['2', 1],
      ['1', 2],
    ] as const) {
      const found = observe([
        document([frame(102, digest, TAG)], { tab }),
        document([given(104, '1'), claim(105, 'inline=1', { initiator: by('about:srcdoc') })], inside),
      ]);
      expect(named(found, 'inline')).not.toHaveProperty('insertedBy');
    }
  });
});

test('a request of an element is by whoever gave the element its address last before it', () => {
  const image = 'https://stats.example/pixel.gif';
  const found = observe(
    [document([assigned(101, image, PAGE, 'image'), assigned(102, image, GTM, 'image'), assigned(600, image, TAG, 'image')])],
    [...exchange(105, 'r1', image, { resourceType: 'image' }), ...exchange(107, 'r2', image)],
  ).filter(({ request: asked }) => asked?.url === image);
  expect(found.map(({ initiator }) => initiator?.url ?? null)).toEqual([GTM, null]);
});

test('a preflight is by whoever sent what it precedes, and takes nothing from it', () => {
  const url = 'https://stats.example/hit';
  const found = observe(
    [document([sent(101, url, { method: 'POST' })])],
    [
      request(102, 'r1', url, { method: 'POST' }),
      request(103, 'r2', url, { method: 'OPTIONS' }),
      headers(104, 'r2'),
      response(105, 'r2'),
      ended(106, 'r2'),
      headers(107, 'r1'),
      response(108, 'r1'),
      ended(109, 'r1'),
    ],
  ).filter(({ request: asked }) => asked?.url === url);
  expect(found.map(({ request: asked, initiator }) => [asked?.method, initiator?.url])).toEqual([
    ['POST', 'https://mc.yandex.ru/metrika/tag.js'],
    ['OPTIONS', 'https://mc.yandex.ru/metrika/tag.js'],
  ]);
});

test('what Chromium only looked for in its cache was not sent', () => {
  const font = 'https://send-box.com/font.woff2';
  const found = observe(
    [document([])],
    [
      request(100, 'r1', font, { resourceType: 'font' }),
      headers(101, 'r1'),
      ended(102, 'r1', { status: null, ip: null, error: 'net::ERR_CACHE_MISS' }),
      ...exchange(103, 'r2', font, { resourceType: 'font' }),
    ],
  );
  expect(found.filter(({ request: asked }) => asked?.url === font)).toHaveLength(1);
});
