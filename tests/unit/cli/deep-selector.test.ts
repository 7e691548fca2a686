import { expect, test } from 'vitest';
import { deepSelectors } from '../../../cli/deep-selector.ts';

test.each([
  ['#x', ['>>> #x']],
  ['#host .inner', ['>>> #host .inner', '>>> #host >>> .inner']],
  ['#a > .b', ['>>> #a > .b']],
  ['.a,.b .c', ['>>> .a, >>> .b .c', '>>> .a, >>> .b >>> .c']],
  ['#a ~ b [data-x="p, q r"]', ['>>> #a ~ b [data-x="p, q r"]', '>>> #a ~ b >>> [data-x="p, q r"]']],
  [':is(.a .b, .c) d', ['>>> :is(.a .b, .c) d', '>>> :is(.a .b, .c) >>> d']],
  ['.a\\ b', ['>>> .a\\ b']],
])('%s', (selector, expected) => {
  expect(deepSelectors(selector)).toEqual(expected);
});
