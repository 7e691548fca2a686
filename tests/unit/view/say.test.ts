import { expect, test } from 'vitest';
import { languageOf, sayIn } from '../../../lib/view/say.ts';

test.each([
  ['ru', [], 'ru'],
  ['ru-KZ', ['ru-KZ', 'kk'], 'ru'],
  ['kk', [], 'kk'],
  ['kk_KZ', ['en'], 'kk'],
  ['KK-Cyrl-KZ', [], 'kk'],
  ['en-GB', ['ru', 'en'], 'en'],
  ['de', ['de'], 'en'],
  ['kkj', [], 'en'],
  ['', [], 'en'],
] as const)('a browser in %j that prefers %j is spoken to in %s', (browser, preferred, language) => {
  expect(languageOf(browser, preferred)).toBe(language);
});

test('Kazakh counts as the most preferred language of pages, for desktop Chromium has no interface in it', () => {
  expect(languageOf('ru', ['kk-KZ', 'ru'])).toBe('kk');
  expect(languageOf('en-US', ['kk'])).toBe('kk');
});

test('speaks the language it was made for, and fills in', () => {
  expect(sayIn('ru')('popup_verdict_fail')).toBe('Нарушение');
  expect(sayIn('kk')('popup_clause', { clauses: '4.2' })).toBe('4.2-тармақ');
  expect(sayIn('en').language).toBe('en');
});

test('shows the key of a message that is not there, or what it is told to show instead', () => {
  expect(sayIn('en')('no_such_key')).toBe('no_such_key');
  expect(sayIn('en').or('as it is', 'no_such_key')).toBe('as it is');
  expect(sayIn('en').or('as it is', 'popup_verdict_fail')).toBe('Fail');
});
