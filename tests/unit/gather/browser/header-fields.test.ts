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
  expect([...headerFields(headers, WANTED, 'chromium')]).toEqual([
    ['set-cookie', 'a=1\nb=2\nc=3'],
    ['etag', '"x"'],
    ['date', ''],
  ]);
  expect(headerFields(undefined, WANTED, 'chromium').size).toBe(0);
});

test('bytes that are no UTF-8 hide nothing beside them', () => {
  const bytes = (text: string): number[] => [...Buffer.from(text, 'latin1')];
  const headers = [
    { name: 'Set-Cookie', binaryValue: bytes('half=\xed\xa0\x80x; Path=/') },
    { name: 'Set-Cookie', binaryValue: bytes('\xd0\xb3\xd0\xbe\xd1\x80\xd0\xbe\xd0\xb4=caf\xe9') },
    { name: 'Set-Cookie', value: 'whole=1' },
  ];
  expect(headerFields(headers, WANTED, 'chromium').get('set-cookie')).toBe('half=\ufffd\ufffd\ufffdx; Path=/\nгород=caf\ufffd\nwhole=1');
});

test('Firefox tells fields byte by byte', () => {
  const value = Buffer.from('город=да; Path=/\nb=2').toString('latin1');
  expect(headerFields([{ name: 'set-cookie', value }], WANTED, 'firefox').get('set-cookie')).toBe('город=да; Path=/\nb=2');
});
