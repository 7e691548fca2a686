import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_DEPTH, findSyntaxFault } from '../../../lib/policy/json-syntax.ts';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The engine's own verdict is what is asked.
    return false;
  }
}

describe('findSyntaxFault', () => {
  // The one name that is refused although any JSON may hold it has its own case below.
  const json = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('"__proto__"'));

  test('finds nothing in what JSON.stringify writes', () => {
    fc.assert(fc.property(json, fc.nat(3), (value, indent) => findSyntaxFault(JSON.stringify(value, null, indent)) === null));
  });

  test('refuses whatever the engine refuses', () => {
    // Damaged JSON is nearer to what people get wrong than arbitrary text is.
    const damaged = fc
      .tuple(json, fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', '\\', '0', 'x', '\n', '1.'))
      .map(([value, seed, insert]) => {
        const text = JSON.stringify(value, null, 1);
        const at = seed % (text.length + 1);
        return text.slice(0, at) + insert + text.slice(at + 1);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        const fault = findSyntaxFault(text);
        // Stricter than the engine only where a name stands twice.
        if (fault?.expected !== 'each property name once') expect(fault === null).toBe(parses(text));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['{"a": 1,}', 8, []],
    ['{"a": [1, 2,, 3]}', 12, ['a', 2]],
    ['{"a": {"b": tru}}', 12, ['a', 'b']],
    ['', 0, []],
    ['[1', 2, [0]],
    ['1 2', 2, []],
    ['{"a": 1, "a": 2}', 9, ['a']],
    ['{"a": {"__proto__": {}}}', 7, ['a', '__proto__']],
    ['["\\ud800"]', 1, [0]],
    ['[01]', 2, [0]],
  ])('%o: offset %d in %j', (text, offset, path) => {
    expect(findSyntaxFault(text)).toMatchObject({ offset, path });
  });

  test('nesting is limited, and measuring it needs no stack', () => {
    expect(findSyntaxFault('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH))).toBeNull();
    expect(findSyntaxFault('['.repeat(400_000))).toMatchObject({ offset: MAX_DEPTH });
  });

  test('strings of any length are read, closed or not', () => {
    const long = 'a\\n'.repeat(300_000);
    expect(findSyntaxFault(`"${long}"`)).toBeNull();
    expect(findSyntaxFault(`"${long}`)).toMatchObject({ offset: 0 });
  });
});
