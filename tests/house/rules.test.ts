/** Every rule is listed, documented, named in three languages and has cases in which it speaks and in which it is silent. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rulePage } from '../../cli/docs.ts';
import { rules } from '../../lib/judge/rules/index.ts';
import { LANGUAGES } from '../../lib/model/policy.ts';
import { messageText } from '../../lib/tell/message.ts';

const ROOT = new URL('../../', import.meta.url);
const ids = rules.map(({ meta }) => meta.id).sort();

function names(folder: string): string[] {
  return readdirSync(new URL(folder, ROOT)).sort();
}

function expectedOf(rule: string, name: string): unknown[] {
  const found = JSON.parse(readFileSync(new URL(`tests/rules/${rule}/${name}/case.json`, ROOT), 'utf8')) as { expected: unknown[] };
  return found.expected;
}

test('index.ts lists every rule file once, under its own id', () => {
  const files = names('lib/judge/rules').filter((file) => file !== 'index.ts');
  expect(files).toEqual(ids.map((id) => `${id}.ts`));
});

test('no rule imports another', () => {
  for (const id of ids) {
    const source = readFileSync(new URL(`lib/judge/rules/${id}.ts`, ROOT), 'utf8');
    expect(source, id).not.toMatch(/from '\.\//);
  }
});

test('docs/rules and tests/rules hold nothing but the rules', () => {
  expect(names('docs/rules')).toEqual(ids.map((id) => `${id}.md`));
  const folders = readdirSync(new URL('tests/rules', ROOT), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(ids);
});

describe.each(rules.map(({ meta }) => meta))('$id', (meta) => {
  test('has its page as `node cli/docs.ts` writes it', () => {
    const page = new URL(`docs/rules/${meta.id}.md`, ROOT);
    expect(existsSync(page)).toBe(true);
    expect(readFileSync(page, 'utf8')).toBe(rulePage(meta));
  });

  test('has a case in which it speaks and one in which it is silent, each named for what it shows', () => {
    const cases = names(`tests/rules/${meta.id}`).map((name) => ({ name, silent: expectedOf(meta.id, name).length === 0 }));
    expect(cases.some(({ silent }) => silent)).toBe(true);
    expect(cases.some(({ silent }) => !silent)).toBe(true);
    for (const { name, silent } of cases) expect(name).toMatch(silent ? /^pass-/ : /^(fail|unsure)-/);
  });

  test.each(LANGUAGES)('has a title in %s', (language) => {
    const key = `rule_${meta.id.replaceAll('-', '_')}`;
    const title = messageText(key, {}, language);
    expect(title).not.toBe(key);
    if (language !== 'en') expect(title).not.toBe(messageText(key, {}, 'en'));
  });
});
