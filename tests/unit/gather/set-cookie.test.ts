import fc from 'fast-check';
import { parseString } from 'set-cookie-parser';
import { Cookie, parseDate } from 'tough-cookie';
import { describe, expect, test } from 'vitest';
import { parseCookieDate, parseSetCookie } from '../../../lib/gather/set-cookie.ts';

const NOW = Date.parse('2026-11-02T10:00:00.000Z');
const DAY = 86_400;

describe('the life that is asked for', () => {
  test("two Expires, as Google's tag writes them: the last one wins, and it is a write", () => {
    const text = '_ga_X=deleted; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; expires=Thu, 02 Nov 2028 10:00:00 GMT';
    expect(parseSetCookie(text, NOW, 'chromium')).toMatchObject({
      name: '_ga_X',
      value: 'deleted',
      asked: 731 * DAY,
      session: false,
      refused: null,
    });
  });

  test('the other way round it is a deletion', () => {
    const text = 'a=b; expires=Thu, 02 Nov 2028 10:00:00 GMT; expires=Thu, 01 Jan 1970 00:00:00 GMT';
    expect(parseSetCookie(text, NOW, 'chromium')).toMatchObject({ asked: 0, session: false });
  });

  test.each([
    ['Max-Age before Expires', 'a=b; max-age=60; expires=Thu, 02 Nov 2028 10:00:00 GMT', 60],
    ['Max-Age after Expires', 'a=b; expires=Thu, 02 Nov 2028 10:00:00 GMT; Max-Age=60', 60],
    ['the last Max-Age', 'a=b; max-age=60; max-age=120', 120],
    ['a number after what is none', 'a=b; max-age=soon; max-age=60', 60],
    ['Expires where the last Max-Age is no number', 'a=b; max-age=9; expires=Mon, 02 Nov 2026 10:01:00 GMT; max-age=soon', 60],
    ['Expires where Max-Age is no number', 'a=b; max-age=1e3; expires=Mon, 02 Nov 2026 10:01:00 GMT', 60],
    ['a date after what is none', 'a=b; expires=tomorrow; expires=Mon, 02 Nov 2026 10:01:00 GMT', 60],
    ['730 days to the second', `a=b; max-age=${730 * DAY}`, 63_072_000],
    ['zero', 'a=b; max-age=0', 0],
    ['less than zero', 'a=b; max-age=-1', 0],
    ['a date in the past', 'a=b; expires=Sun, 01 Nov 2026 10:00:00 GMT', 0],
  ])('%s', (_what, text, asked) => {
    expect(parseSetCookie(text, NOW, 'chromium')).toMatchObject({ asked, session: false });
  });

  test('a number beyond all numbers stays a number', () => {
    const { asked } = parseSetCookie(`a=b; max-age=${'9'.repeat(400)}`, NOW, 'chromium');
    expect(asked).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('Expires is counted from the Date of the response where there is one', () => {
    const text = 'a=b; expires=Mon, 02 Nov 2026 11:00:00 GMT';
    expect(parseSetCookie(text, NOW, 'chromium', NOW + 3_000_000).asked).toBe(600);
    expect(parseSetCookie(text, NOW, 'chromium', null).asked).toBe(3600);
  });

  test('a script that adds N seconds to now and writes whole seconds asked for N', () => {
    const now = NOW + 700;
    const text = `a=b; expires=${new Date(now + 60_000).toUTCString()}`;
    expect(parseSetCookie(text, now, 'chromium').asked).toBe(60);
  });

  test.each([
    'a=b',
    'a=b; expires=',
    'a=b; expires=later; max-age=',
    'a=b; expires=0',
    'a=b; max-age="60"',
    'a=b; max-age=1.5',
    'a=b; max-age=60; max-age=soon',
    'a=b; max-age=60; max-age',
    'a=b; expires=Mon, 02 Nov 2026 10:01:00 GMT; expires=tomorrow',
  ])('%s is a session cookie', (text) => {
    expect(parseSetCookie(text, NOW, 'chromium')).toMatchObject({ asked: null, session: true });
    expect(parseSetCookie(text, NOW, 'firefox')).toMatchObject({ asked: null, session: true });
  });

  test.each([
    ['+500', 500, null],
    ['00600', 600, 600],
    ['-5', 0, 0],
    ['-', null, 0],
    ['-5x', null, 0],
    ['+-5', null, null],
    ['++5', null, null],
    ['+', null, null],
  ])('Max-Age=%s is %j to Chromium, %j to Firefox', (text, chromium, firefox) => {
    expect(parseSetCookie(`a=b; max-age=${text}`, NOW, 'chromium').asked).toBe(chromium);
    expect(parseSetCookie(`a=b; max-age=${text}`, NOW, 'firefox').asked).toBe(firefox);
  });
});

describe('the string', () => {
  test('attributes', () => {
    const text = 'sid=x=y; Domain=.Send-Box.com; Path=/kk; SECURE; HttpOnly; SameSite=None; Partitioned';
    expect(parseSetCookie(text, NOW, 'chromium')).toEqual({
      name: 'sid',
      value: 'x=y',
      domain: 'send-box.com',
      path: '/kk',
      asked: null,
      session: true,
      secure: true,
      httpOnly: true,
      sameSite: 'none',
      partitioned: true,
      refused: null,
    });
  });

  test.each([
    ['no equals sign: a value without a name', 'lonely', { name: '', value: 'lonely', refused: null }],
    ['an empty name', '=v', { name: '', value: 'v', refused: null }],
    ['an empty value', 'n=', { name: 'n', value: '', refused: null }],
    ['nothing at all', ' ; path=/', { name: '', value: '', refused: 'empty' }],
    ['a path without slash is the default path', 'a=b; path=kk', { path: null }],
    ['an empty Domain is none', 'a=b; domain=x.kz; domain=', { domain: null }],
    ['a SameSite that nobody knows', 'a=b; samesite=maybe', { sameSite: null }],
    ['spaces and tabs around', ' \ta \t= b\t ;  PATH = / ', { name: 'a', value: 'b', path: '/' }],
    ['a no-break space belongs to the value', 'a=\u00a0b', { value: '\u00a0b' }],
    ['a tab inside is no control character to a browser', 'a=b\tc', { value: 'b\tc', refused: null }],
  ])('%s', (_what, text, expected) => {
    expect(parseSetCookie(text, NOW, 'chromium')).toMatchObject(expected);
  });

  test.each([
    ['no equals sign: a name without a value', 'lonely; path=/', { name: 'lonely', value: '', path: '/', refused: null }],
    ['an empty name', '=v', { name: '', value: 'v', refused: 'nameless' }],
    ['nothing at all', ' ; path=/', { name: '', value: '', refused: 'empty' }],
  ])('to Firefox, %s', (_what, text, expected) => {
    expect(parseSetCookie(text, NOW, 'firefox')).toMatchObject(expected);
  });

  test.each(['\0', '\n', '\r', '\x1f', '\x7f'])('the control character %j refuses it, wherever it stands', (character) => {
    expect(parseSetCookie(`a=b${character}c`, NOW, 'chromium').refused).toBe('control-character');
    expect(parseSetCookie(`a=b; path=/${character}`, NOW, 'chromium').refused).toBe('control-character');
  });

  test('name and value may have 4096 bytes together, in UTF-8', () => {
    expect(parseSetCookie(`a=${'x'.repeat(4095)}`, NOW, 'chromium').refused).toBeNull();
    expect(parseSetCookie(`a=${'x'.repeat(4096)}`, NOW, 'chromium').refused).toBe('too-large');
    expect(parseSetCookie(`a=${'қ'.repeat(2047)}`, NOW, 'chromium').refused).toBeNull();
    expect(parseSetCookie(`a=${'қ'.repeat(2048)}`, NOW, 'chromium').refused).toBe('too-large');
    expect(parseSetCookie(`a=${'😀'.repeat(1024)}`, NOW, 'chromium').refused).toBe('too-large');
  });

  test('an attribute of more than 1024 characters is as if it were not there', () => {
    expect(parseSetCookie(`a=b; path=/${'x'.repeat(1024)}`, NOW, 'chromium')).toMatchObject({ path: null, refused: null });
    expect(parseSetCookie(`a=b; path=/${'x'.repeat(1023)}`, NOW, 'chromium').path).toHaveLength(1024);
  });
});

describe('cookie dates', () => {
  test.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
    ['06 Nov 69 08:49:37', '2069-11-06T08:49:37.000Z'],
    ['08:49:37 2028 november 6', '2028-11-06T08:49:37.000Z'],
    ['Tue, 29 Feb 2028 00:00:00 GMT', '2028-02-29T00:00:00.000Z'],
    ['1 jan 1601 0:0:0', '1601-01-01T00:00:00.000Z'],
  ])('%s', (text, iso) => {
    expect(new Date(parseCookieDate(text) ?? NaN).toISOString()).toBe(iso);
  });

  test.each([
    '',
    'tomorrow',
    'Sun, 06 Nov 1994',
    '06 Nov 08:49:37',
    '32 Nov 1994 08:49:37',
    '0 Nov 1994 08:49:37',
    '31 Feb 2027 00:00:00',
    '29 Feb 2027 00:00:00',
    '06 Nov 1994 24:00:00',
    '06 Nov 1994 23:60:00',
    '06 Nov 1994 23:59:60',
    '31 Dec 1600 23:59:59',
    '06 Nov 12345 08:49:37',
    '2028-11-06T08:49:37Z',
  ])('%j is no date', (text) => {
    expect(parseCookieDate(text)).toBeNull();
  });
});

describe('against other parsers', () => {
  const token = fc.stringMatching(/^[A-Za-z0-9_.-]{1,12}$/);
  const date = fc.integer({ min: -3_000_000_000, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000).toUTCString());
  const attribute = fc.oneof(
    fc.integer({ min: -100, max: 100_000_000 }).map((age) => `Max-Age=${age}`),
    date.map((text) => `Expires=${text}`),
    fc.constantFrom('Expires=never', 'Max-Age=ten', 'Max-Age='),
    token.map((word) => `Path=/${word}`),
    fc.domain().map((host) => `Domain=.${host}`),
    fc.constantFrom('Secure', 'HttpOnly', 'SameSite=Lax', 'SameSite=Strict', 'SameSite=None'),
  );
  const text = fc
    .tuple(token, token, fc.array(attribute, { maxLength: 6 }))
    .map(([name, value, list]) => [`${name}=${value}`, ...list].join('; '));

  test('tough-cookie reads the same', () => {
    fc.assert(
      fc.property(text, (written) => {
        // It stays with the last valid life; browsers go by the last.
        fc.pre(!/max-age=-?\d.*max-age=(?!-?\d)|expires=(?!never).*expires=never/i.test(written));
        const ours = parseSetCookie(written, NOW, 'chromium');
        const oracle = Cookie.parse(written) as Cookie;
        const lastSameSite = /samesite=(\w+)(?!.*samesite)/i.exec(written)?.[1]?.toLowerCase() ?? null;
        expect(ours).toMatchObject({
          name: oracle.key,
          value: oracle.value,
          domain: oracle.domain,
          path: oracle.path,
          secure: oracle.secure,
          httpOnly: oracle.httpOnly,
          sameSite: lastSameSite,
        });
        const life =
          typeof oracle.maxAge === 'number'
            ? oracle.maxAge
            : oracle.expires instanceof Date
              ? (oracle.expires.getTime() - NOW) / 1000
              : null;
        expect(ours.asked).toBe(life === null ? null : Math.max(0, life));
        expect(ours.session).toBe(life === null);
      }),
    );
  });

  test('set-cookie-parser reads the same name and value', () => {
    fc.assert(
      fc.property(text, (written) => {
        // It drops names that every object has.
        fc.pre(!((written.split('=')[0] as string) in Object.prototype));
        const oracle = parseString(written, { decodeValues: false, silent: true });
        expect(parseSetCookie(written, NOW, 'chromium')).toMatchObject({ name: oracle?.name, value: oracle?.value });
      }),
    );
  });

  test('dates in any order and dress are read as tough-cookie reads them', () => {
    const parts = fc.tuple(
      fc.integer({ min: 0, max: 33 }),
      fc.constantFrom('Jan', 'FEBRUARY', 'apr', 'Nov', 'December', 'Foo'),
      fc.oneof(
        fc.integer({ min: 1590, max: 2100 }).map(String),
        fc.integer({ min: 0, max: 99 }).map((year) => String(year).padStart(2, '0')),
      ),
      fc
        .tuple(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 61 }), fc.integer({ min: 0, max: 61 }))
        .map((clock) => clock.map((part) => String(part).padStart(2, '0')).join(':')),
    );
    const dressed = fc.tuple(
      parts,
      fc.shuffledSubarray([1, 3], { minLength: 2, maxLength: 2 }),
      fc.constantFrom(' ', '-', ', ', '\t', '/'),
    );
    fc.assert(
      fc.property(dressed, ([[day, month, year, clock], order, gap]) => {
        const words = [String(day), month, year, clock];
        const written = [words[0], ...order.map((at) => words[at]), words[2]].join(gap);
        expect(parseCookieDate(written)).toBe(parseDate(written)?.getTime() ?? null);
      }),
    );
  });

  test('nothing makes it throw, and what it says is within bounds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((tail) => `a=b; expires=${tail}; max-age=${tail}`),
        ),
        (written) => {
          const { asked, session, path } = parseSetCookie(written, NOW, 'chromium');
          expect(asked === null || asked >= 0).toBe(true);
          expect(session).toBe(asked === null);
          expect(path === null || path.startsWith('/')).toBe(true);
        },
      ),
    );
  });
});
