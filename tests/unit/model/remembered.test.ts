import { describe, expect, test } from 'vitest';
import { remembered } from '../../../lib/model/remembered.ts';

function counting(most: number) {
  const asked: string[] = [];
  const act = remembered((text) => {
    asked.push(text);
    return text.toUpperCase();
  }, most);
  return { act, asked };
}

describe('what is remembered', () => {
  test('is worked out once', () => {
    const { act, asked } = counting(10);
    expect([act('a'), act('b'), act('a')]).toEqual(['A', 'B', 'A']);
    expect(asked).toEqual(['a', 'b']);
  });

  test('never grows beyond its bound', () => {
    const { act, asked } = counting(2);
    for (const text of ['a', 'b', 'c', 'c', 'a']) act(text);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  test('is not kept of long texts', () => {
    const { act, asked } = counting(10);
    const long = 'x'.repeat(513);
    expect([act(long), act(long)]).toEqual([long.toUpperCase(), long.toUpperCase()]);
    expect(asked).toHaveLength(2);
  });
});
