import { expect, test } from 'vitest';
import { assignedText, decoded, toldText } from '../../../lib/gather/cookie-reader.ts';

/** As Firefox tells it: each byte the character of that number. */
const byBytes = (text: string): string => Buffer.from(text).toString('latin1');

test.each(['plain', 'город', 'café', 'эм😀', ''])('what Firefox tells of %j byte by byte is that text', (text) => {
  expect(toldText(byBytes(text), 'firefox')).toBe(text);
});

test('Chromium tells characters, and a Firefox that does so is believed', () => {
  expect(toldText('café', 'chromium')).toBe('café');
  expect(toldText('город', 'firefox')).toBe('город');
});

test('what is no UTF-8 is read as the page reads it', () => {
  expect(toldText('l\xe9=x', 'firefox')).toBe('l\ufffd=x');
  expect(decoded(Buffer.from('\xed\xa0\xbdx', 'latin1'))).toBe('\ufffd\ufffd\ufffdx');
});

test('half a character is what each browser keeps of it', () => {
  expect(assignedText('a=\ud83dx😀', 'chromium')).toBe('a=\ufffd\ufffd\ufffdx😀');
  expect(assignedText('a=x\ude00', 'firefox')).toBe('a=x\ufffd');
});
