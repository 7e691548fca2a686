import { expect, test } from 'vitest';
import { languageOfEnvironment } from '../../../cli/language.ts';

test.each([
  [{}, 'en'],
  [{ LANG: 'kk_KZ.UTF-8' }, 'kk'],
  [{ LANG: 'ru_RU.UTF-8' }, 'ru'],
  [{ LANG: 'ru' }, 'ru'],
  [{ LC_ALL: 'kk_KZ', LANG: 'ru_RU.UTF-8' }, 'kk'],
  [{ LC_ALL: '', LANG: 'ru_RU.UTF-8' }, 'ru'],
  [{ LC_MESSAGES: 'ru_KZ@euro', LANG: 'kk_KZ' }, 'ru'],
  [{ LC_ALL: 'C', LANG: 'kk_KZ' }, 'en'],
  [{ LANG: 'de_DE.UTF-8' }, 'en'],
  [{ LANG: 'constructor' }, 'en'],
])('%j speaks %s', (environment, language) => {
  expect(languageOfEnvironment(environment)).toBe(language);
});
