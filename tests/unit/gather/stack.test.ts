import { describe, expect, test } from 'vitest';
import { initiatorOf as read } from '../../../lib/gather/stack.ts';

const PAGE = 'https://send-box.com/kk/';
const initiatorOf = (stack: string) => read(stack, PAGE, (url) => `digest of ${url}`);

const HOOK = 'chrome-extension://abcdef/content-scripts/site-hooks.js';
const v8 = (...frames: string[]): string =>
  ['Error', `    at stackText (${HOOK}:1:100)`, `    at Object.apply (${HOOK}:1:200)`, ...frames.map((frame) => `    at ${frame}`)].join(
    '\n',
  );
const spiderMonkey = (...frames: string[]): string =>
  ['stackText@moz-extension://0a-1b/content-scripts/site-hooks.js:1:100', ...frames, ''].join('\n');

describe('V8', () => {
  test('the innermost frame that is not ours', () => {
    expect(initiatorOf(v8('setCookie (https://mc.yandex.ru/metrika/tag.js?v=2:12:34)', 'https://send-box.com/:5:6'))).toEqual({
      url: 'https://mc.yandex.ru/metrika/tag.js',
      line: 12,
      column: 34,
      function: 'setCookie',
      stack: ['setCookie https://mc.yandex.ru/metrika/tag.js:12:34', '(anonymous) https://send-box.com/:5:6'],
    });
  });

  test.each([
    ['without a name', 'https://a.kz/x.js:1:2', { url: 'https://a.kz/x.js', line: 1, column: 2, function: null }],
    ['with a port', 'https://a.kz:8443/x.js:1:2', { url: 'https://a.kz:8443/x.js', line: 1, column: 2 }],
    ['of a method', 'Object.set [as cookie] (https://a.kz/x.js:1:2)', { url: 'https://a.kz/x.js', function: 'Object.set [as cookie]' }],
    ['of a constructor', 'new Tracker (https://a.kz/x.js:1:2)', { url: 'https://a.kz/x.js', function: 'new Tracker' }],
    ['after an await', 'async load (https://a.kz/x.js:1:2)', { url: 'https://a.kz/x.js', function: 'load' }],
    ['of an address with brackets', 'f (https://a.kz/x(1).js:1:2)', { url: 'https://a.kz/x(1).js', line: 1, function: 'f' }],
    ['of an inline handler', 'HTMLButtonElement.onclick (https://send-box.com/kk/:10:3)', { url: 'https://send-box.com/kk/', line: 10 }],
  ])('a frame %s', (_what, frame, expected) => {
    expect(initiatorOf(v8(frame))).toMatchObject(expected);
  });

  test('evaluated code is the deed of the script that evaluated it', () => {
    const frame = 'eval (eval at foo (https://x.kz/y.js:1:2), <anonymous>:1:1)';
    expect(initiatorOf(v8(frame, 'foo (https://x.kz/y.js:1:2)', 'https://send-box.com/:9:9'))).toMatchObject({
      url: 'https://x.kz/y.js',
      line: 1,
      column: 2,
      function: null,
    });
  });

  test('also evaluated within evaluated code, and by a function made of text', () => {
    const nested = 'inner (eval at outer (eval at foo (https://x.kz/y.js:7:8), <anonymous>:1:1), <anonymous>:2:2)';
    expect(initiatorOf(v8(nested))).toMatchObject({ url: 'https://x.kz/y.js', line: 7, column: 8, function: 'inner' });
    expect(initiatorOf(v8('eval (eval at <anonymous> (https://x.kz/y.js:3:4), <anonymous>:1:1)'))).toMatchObject({
      url: 'https://x.kz/y.js',
      line: 3,
    });
  });

  test.each([
    [
      'by nobody who can be told',
      ['<anonymous>:2:5'],
      { url: PAGE, line: 2, column: 5, function: null, stack: [`(anonymous) ${PAGE}:2:5`] },
    ],
    ['in a function', ['late (<anonymous>:2:5)'], { url: PAGE, line: 2, column: 5, function: 'late' }],
    ['in a function that another script calls', ['late (<anonymous>:2:5)', 'f (https://a.kz/x.js:1:2)'], { url: PAGE, function: 'late' }],
    [
      'by its insertion',
      ['<anonymous>:2:5', 'f (https://a.kz/x.js:1:2)'],
      { url: 'https://a.kz/x.js', stack: ['f https://a.kz/x.js:1:2'] },
    ],
    [
      'in a function by its insertion',
      ['set (<anonymous>:2:5)', '<anonymous>:9:1', 'https://a.kz/x.js:1:2'],
      { url: 'https://a.kz/x.js', line: 1 },
    ],
    ['which evaluates', ['eval (eval at late (<anonymous>:2:5), <anonymous>:1:1)', 'late (<anonymous>:2:5)'], { url: PAGE, line: 2 }],
  ])('inline code that was inserted, run %s', (_what, frames, expected) => {
    expect(initiatorOf(v8(...frames))).toMatchObject(expected);
  });

  test.each(['blob:https://a.kz/b4-c1', 'data:text/javascript,f (x);/* @g (y) */'])('code in its own address: %s', (url) => {
    for (const frame of [`${url}:1:2`, `late (${url}:1:2)`])
      expect(initiatorOf(v8(frame))).toMatchObject({ url: `${url.slice(0, 5)}…`, line: 1, column: 2, urlDigest: `digest of ${url}` });
  });

  test('native frames and anonymous ones name nobody', () => {
    expect(
      initiatorOf(v8('Array.forEach (<anonymous>)', 'new Promise (<anonymous>)', 'f (native)', 'g (https://a.kz/x.js:1:2)'))?.stack,
    ).toEqual(['g https://a.kz/x.js:1:2']);
  });
});

describe('SpiderMonkey', () => {
  test('the innermost frame that is not ours', () => {
    expect(initiatorOf(spiderMonkey('setCookie@https://a.kz/x.js?v=1:12:34', '@https://send-box.com/:5:6'))).toEqual({
      url: 'https://a.kz/x.js',
      line: 12,
      column: 34,
      function: 'setCookie',
      stack: ['setCookie https://a.kz/x.js:12:34', '(anonymous) https://send-box.com/:5:6'],
    });
  });

  test.each([
    ['of a nested function', 'a/b/<@https://a.kz/x.js:1:2', { url: 'https://a.kz/x.js', function: 'a/b/<' }],
    ['of a package with a version', 'f@https://cdn.kz/npm/pkg@3.1.0/x.js:1:2', { url: 'https://cdn.kz/npm/pkg@3.1.0/x.js', function: 'f' }],
    ['of a timer', 'setTimeout handler*f@https://a.kz/x.js:1:2', { url: 'https://a.kz/x.js', function: 'f' }],
    ['after an await', 'async*load@https://a.kz/x.js:1:2', { url: 'https://a.kz/x.js', function: 'load' }],
    ['of code in its own address', '@data:text/javascript,f(1):1:2', { url: 'data:…', urlDigest: 'digest of data:text/javascript,f(1)' }],
    ['of inline code that was inserted', `late@${PAGE} line 7 > injectedScript:2:3`, { url: PAGE, line: 2, column: 3, function: 'late' }],
    ['of a module so', `@${PAGE} line 7 > injectedScript:2:3`, { url: PAGE, line: 2, column: 3, function: null }],
    ['of what such code evaluates', `f@${PAGE} line 7 > injectedScript line 2 > eval:1:1`, { url: PAGE, line: 2, column: null }],
    ['of evaluated code', '@https://x.kz/y.js line 5 > eval:1:1', { url: 'https://x.kz/y.js', line: 5, column: null, function: null }],
    [
      'of evaluated code within evaluated code',
      'f@https://x.kz/y.js line 5 > eval line 2 > Function:1:1',
      { url: 'https://x.kz/y.js', line: 5, function: 'f' },
    ],
  ])('a frame %s', (_what, frame, expected) => {
    expect(initiatorOf(spiderMonkey(frame))).toMatchObject(expected);
  });
});

describe('what stands below, in SpiderMonkey', () => {
  test.each([
    ['has inserted inline code', [`@${PAGE} line 7 > injectedScript:2:3`], { url: 'https://x.kz/y.js', line: 5, column: 9 }],
    ['has called a function of such code', [`late@${PAGE} line 7 > injectedScript:2:3`], { url: PAGE, line: 2, column: 3 }],
    ['has evaluated', ['@https://x.kz/y.js line 5 > eval:1:1'], { url: 'https://x.kz/y.js', line: 5, column: 9 }],
    ['has called what was evaluated', ['f@https://x.kz/y.js line 5 > eval:1:1'], { line: 5, column: null }],
    ['has evaluated elsewhere', ['@https://x.kz/y.js line 6 > eval:1:1'], { line: 6, column: null }],
  ])('%s', (_what, frames, expected) => {
    expect(initiatorOf(spiderMonkey(...frames, 'g@https://x.kz/y.js:5:9'))).toMatchObject(expected);
  });
});

describe('what names no script', () => {
  test.each([
    '',
    'Error',
    'Error: https://a.kz/x.js is not what it seems',
    v8(),
    v8('<anonymous>'),
    v8('f (<anonymous>)'),
    spiderMonkey(),
    spiderMonkey('@<anonymous>:1:1'),
    'x'.repeat(4096),
  ])('%j', (stack) => {
    expect(initiatorOf(stack)).toBeNull();
  });

  test('our own frames are never the initiator, wherever they stand', () => {
    expect(initiatorOf(v8(`f (${HOOK}:1:1)`, 'g (https://a.kz/x.js:1:2)', `h (${HOOK}:1:1)`))?.stack).toEqual(['g https://a.kz/x.js:1:2']);
  });
});

test("tokens in a script's address are masked, names and stacks are bounded", () => {
  const frames = Array.from({ length: 100 }, (_, index) => `f${index} (https://a.kz/d41d8cd98f00b204e9800998ecf8427e/x.js:1:${index})`);
  const initiator = initiatorOf(v8(`${'n'.repeat(1000)} (https://a.kz/x.js:1:2)`, ...frames));
  expect(initiator?.function).toHaveLength(200);
  expect(initiator?.stack).toHaveLength(20);
  expect(initiator?.stack[1]).toBe('f0 https://a.kz/[token]/x.js:1:0');
});
