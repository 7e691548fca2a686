import fc from 'fast-check';
import { canonicalize } from 'json-canonicalize';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../lib/model/canonical-json.ts';

test('agrees with an independent implementation of RFC 8785 on any JSON', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }), (value) => canonicalJson(value) === canonicalize(value)));
});

test('the example of RFC 8785, section 3.2.3: properties by UTF-16 code units', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew',
    '1': 'One',
    '\ud83d\ude00': 'Emoji',
    '\u0080': 'Control',
    '\u00f6': 'o',
  };
  expect(Object.keys(JSON.parse(canonicalJson(value)) as object).length).toBe(7);
  expect(canonicalJson(value)).toBe(
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"o","\u20ac":"Euro Sign","\ud83d\ude00":"Emoji","\ufb33":"Hebrew"}',
  );
});

test('the order of insertion does not matter, undefined properties do not exist', () => {
  expect(canonicalJson({ b: 1, a: [1e21, -0, 0.1], c: undefined })).toBe('{"a":[1e+21,0,0.1],"b":1}');
});

test('__proto__ as an own property is a property like any other', () => {
  expect(canonicalJson(JSON.parse('{"z":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"z":1}');
});

test.each([[NaN], [Infinity], [[undefined]], [Array(1)], [undefined], [1n], [Symbol('x')], [{ f: () => 1 }]])(
  '%o is refused',
  (value: unknown) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  },
);
