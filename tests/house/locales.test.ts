/** The sentences that people read: the same keys and placeholders in every language, and none cited that does not exist. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isArgumentElement, isPluralElement, isSelectElement, parse, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../lib/model/policy.ts';
import { filesBelow, read, ROOT } from './tree.ts';

type Messages = Record<string, { message: string }>;
const locales = Object.fromEntries(
  LANGUAGES.map((language) => [language, JSON.parse(read(`public/_locales/${language}/messages.json`)) as Messages]),
) as Record<Language, Messages>;
const keys = Object.keys(locales.en).sort();

/** A placeholder named like a language is the argument in that language: in each locale its own. */
function placeholders(message: string, language: Language): string {
  const names = argumentsOf(parse(message, { ignoreTag: true })).map((name) => (name === language ? 'this language' : name));
  return [...new Set(names)].sort().join(', ');
}

function argumentsOf(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (isPluralElement(element) || isSelectElement(element)) {
      const parts = Object.values(element.options).flatMap(({ value }) => argumentsOf(value));
      return [element.value, ...parts];
    }
    return isArgumentElement(element) ? [element.value] : [];
  });
}

/** Every form that the language's numbers need, so that no number is left without its sentence. */
function missingPlurals(message: string, language: Language): string[] {
  return parse(message, { ignoreTag: true })
    .filter(isPluralElement)
    .flatMap(({ options }) => new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => !(form in options)));
}

test('there is a folder per language and nothing else: browsers refuse an extension with any other', () => {
  expect(readdirSync(join(ROOT, 'public/_locales')).sort()).toEqual([...LANGUAGES].sort());
});

describe.each(LANGUAGES)('%s', (language) => {
  test('has the same keys as English', () => {
    expect(Object.keys(locales[language]).sort()).toEqual(keys);
  });

  test('has the same placeholders in each', () => {
    const different = keys.filter(
      (key) => placeholders(locales[language][key]?.message ?? '', language) !== placeholders(locales.en[key]?.message ?? '', 'en'),
    );
    expect(different).toEqual([]);
  });

  test('has every plural form of the language', () => {
    expect(keys.filter((key) => missingPlurals(locales[language][key]?.message ?? '', language).length > 0)).toEqual([]);
  });

  test('says something in each, in its own letters', () => {
    const empty = keys.filter((key) => (locales[language][key]?.message ?? '').trim() === '');
    expect(empty).toEqual([]);
    if (language === 'en') return;
    // A sentence of some length without one Cyrillic letter was not translated. Placeholders alone are no sentence.
    const foreign = keys.filter((key) => {
      const words = (locales[language][key]?.message ?? '').replace(/\{\w+(, (plural|select), )?|\b(one|few|many|other|unseen)\b/g, '');
      return /[A-Za-z]{3,}.*[A-Za-z]{3,}/s.test(words) && !/\p{Script=Cyrillic}/u.test(words);
    });
    expect(foreign).toEqual([]);
  });

  test('names its keys as the browsers allow', () => {
    expect(keys.filter((key) => !/^[A-Za-z0-9_]+$/.test(key))).toEqual([]);
  });
});

describe('cited keys', () => {
  const sources = ['lib', 'cli', 'components', 'entrypoints'].flatMap(filesBelow).filter((path) => /\.(ts|svelte)$/.test(path));
  /** The first word of a key tells its family; the words of families are used for nothing else. */
  const FAMILIES = /^(finding|rule|policy_gap|policy_summary|summary|verdict|level|outcome|panel|popup)_/;
  const literals = sources.flatMap((path) =>
    [...read(path).matchAll(/['"]([a-z]+(?:_[a-z0-9]+)+)['"]/g)]
      .map((match) => ({ path, key: match[1] as string }))
      .filter(({ key }) => FAMILIES.test(key)),
  );
  const asked = sources.flatMap((path) =>
    [...read(path).matchAll(/\b(?:messageText|say)\(\s*['"](\w+)['"]/g)].map((match) => ({ path, key: match[1] as string })),
  );
  const templates = sources.flatMap((path) =>
    [...read(path).matchAll(/`((?:finding|rule|policy_gap|verdict|level|outcome|panel|popup)_[a-z_]*)\$\{/g)].map((match) => ({
      path,
      prefix: match[1] as string,
    })),
  );

  test('are found where they are', () => {
    expect(literals.map(({ key }) => key)).toContain('finding_endless_storage');
    expect(asked.length).toBeGreaterThan(3);
    expect(templates.map(({ prefix }) => prefix)).toContain('finding_retention_exceeded');
  });

  test('exist', () => {
    expect([...literals, ...asked].filter(({ key }) => !keys.includes(key))).toEqual([]);
    expect(templates.filter(({ prefix }) => !keys.some((key) => key.startsWith(prefix)))).toEqual([]);
  });

  test('in the cases of the rules exist', () => {
    const cases = filesBelow('tests/rules').filter((path) => path.endsWith('/case.json'));
    const cited = cases.flatMap((path) =>
      [...read(path).matchAll(/"messageId":\s*"([^"]+)"/g)].map((match) => ({ path, key: match[1] as string })),
    );
    expect(cited.filter(({ key }) => !keys.includes(key))).toEqual([]);
  });

  test('are all that there are: no sentence is left of a rule that is gone', () => {
    const ids = filesBelow('lib/judge/rules').map((path) => path.replace(/^.*\/|\.ts$/g, '').replaceAll('-', '_'));
    const stale = keys.filter(
      (key) =>
        /^(finding|rule)_/.test(key) &&
        key !== 'finding_rule_error' &&
        !ids.some((id) => key.replace(/^(finding|rule)_/, '').startsWith(id)),
    );
    expect(stale).toEqual([]);
  });
});
