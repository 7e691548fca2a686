import { expect, test } from 'vitest';
import { headerFields } from '../../../../lib/gather/browser/header-fields.ts';

const WANTED = new Set(['set-cookie', 'date', 'etag']);

test('the wanted fields by their names in lower case, of several the first, and every line of Set-Cookie', () => {
  const headers = [
    { name: 'Set-Cookie', value: 'a=1' },
    { name: 'ETag', value: '"x"' },
    { name: 'Server', value: 'nobody asked' },
    { name: 'set-cookie', value: 'b=2\nc=3' },
    { name: 'etag', value: '"y"' },
    { name: 'Date' },
  ];
  expect([...headerFields(headers, WANTED)]).toEqual([
    ['set-cookie', 'a=1\nb=2\nc=3'],
    ['etag', '"x"'],
    ['date', ''],
  ]);
  expect(headerFields(undefined, WANTED).size).toBe(0);
});
