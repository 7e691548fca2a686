import { describe, expect, test, vi } from 'vitest';
import { textIn } from '../../../../lib/gather/page/stored-text.ts';
import { MOST_STORE_TEXT } from '../../../../lib/gather/store-claim.ts';

// The saved functions of a page are taken when the module is read; Node has no documents.
vi.hoisted(() => vi.stubGlobal('Document', { prototype: {} }));

describe('texts are found', () => {
  test.each([
    ['a text', 'abc', 'abc'],
    ['a large number', 1_700_000_000, '1700000000'],
    ['properties', { a: 'x', b: { c: 'y' }, d: 5 }, 'x\ny'],
    ['elements', ['x', [['y']]], 'x\ny'],
    ['an object without prototype', Object.assign(Object.create(null) as object, { a: 'x' }), 'x'],
    [
      'an instance of a class',
      new (class {
        id = 'x';
      })(),
      'x',
    ],
  ])('in %s', (_, value, text) => {
    expect(textIn(value)).toEqual({ text, length: text.length });
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a small number', 42],
    ['an empty object', {}],
    ['bytes', new Uint8Array(1_000_000)],
    ['a map', new Map([['a', 'b']])],
    ['a date', new Date(0)],
    ['deep nesting', { a: { a: { a: { a: { a: 'x' } } } } }],
  ])('none in %s', (_, value) => {
    expect(textIn(value)).toBeNull();
  });
});

test('no accessor is asked', () => {
  let asked = 0;
  const value = {
    get a() {
      asked++;
      return 'x';
    },
    b: 'y',
  };
  expect(textIn(value)?.text).toBe('y');
  expect(asked).toBe(0);
});

test('circles and multitudes end', () => {
  const circle: Record<string, unknown> = { a: 'x' };
  circle.self = circle;
  expect(textIn(circle)?.text).toMatch(/^x(\nx)*$/);
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, 'v']));
  expect(textIn(many)?.text).toBe(Array.from({ length: 40 }, () => 'v').join('\n'));
});

test('a long text is cut and its whole length told', () => {
  const long = 'v'.repeat(MOST_STORE_TEXT);
  expect(textIn([long, long])).toEqual({ text: long, length: 2 * MOST_STORE_TEXT + 1 });
  expect(textIn(['a', `${long}more`])?.length).toBe(MOST_STORE_TEXT + 6);
});
