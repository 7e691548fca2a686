/** Lint is only as good as what it refuses: each rule of the house is broken once here. */
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint({ cwd: new URL('../..', import.meta.url).pathname });

async function rulesBroken(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: file });
  return [...new Set(result?.messages.map(({ ruleId }) => ruleId ?? 'parse') ?? [])];
}

test.each([
  ['a pure room touching the browser', 'lib/judge/x.ts', 'export const x = browser.runtime;', 'no-restricted-globals'],
  ['a pure room touching the document', 'lib/tell/x.ts', 'export const x = document.title;', 'no-restricted-globals'],
  ['a pure room logging', 'lib/policy/x.ts', "export const x = () => console.log('x');", 'no-restricted-globals'],
  ['a pure room reading the clock', 'lib/catalogue/x.ts', 'export const x = () => Date.now();', 'no-restricted-syntax'],
  ['a pure room making a date of now', 'lib/model/x.ts', 'export const x = () => new Date();', 'no-restricted-syntax'],
  ['a pure room that is async', 'lib/judge/x.ts', 'export async function x() { return 1; }', 'no-restricted-syntax'],
  ['the model importing another room', 'lib/model/x.ts', "export { x } from '../policy/policy.ts';", 'no-restricted-imports'],
  ['judging importing gathering', 'lib/judge/facts/x.ts', "export { x } from '../../gather/url.ts';", 'no-restricted-imports'],
  ['gathering importing judging', 'lib/gather/browser/x.ts', "export { x } from '../../judge/engine.ts';", 'no-restricted-imports'],
  [
    'messaging importing more of gathering than its shapes',
    'lib/messaging/x.ts',
    "export { x } from '../gather/url.ts';",
    'no-restricted-imports',
  ],
  ['a rule importing a rule', 'lib/judge/rules/x.ts', "export { x } from './category-leak.ts';", 'no-restricted-imports'],
  ['a component importing a border', 'components/x.ts', "export { x } from '../lib/messaging/commands.ts';", 'no-restricted-imports'],
  ['a room importing an entrypoint', 'lib/session/x.ts', "export { x } from '../../entrypoints/background.ts';", 'no-restricted-imports'],
  ['a file called utils', 'lib/gather/x.ts', "export { x } from './utils.ts';", 'no-restricted-imports'],
  ['raw HTML in a component', 'components/x.svelte', '<script lang="ts">const x = 1;</script>{@html x}', 'svelte/no-at-html-tags'],
  ['an enum', 'lib/gather/x.ts', 'export enum X { a }', 'no-restricted-syntax'],
  ['any', 'cli/x.ts', 'export const x: any = 1;', '@typescript-eslint/no-explicit-any'],
  ['a catch without a sentence', 'cli/x.ts', 'try { f(); } catch {}\nfunction f() {}', 'no-empty'],
])('%s is refused', async (_what, file, code, rule) => {
  expect(await rulesBroken(file, code)).toContain(rule);
});

test.each([
  [
    'lib/judge/facts/x.ts',
    "export { x } from '../../policy/policy.ts';\nexport const at = (now: number): string => new Date(now).toISOString();",
  ],
  ['lib/judge/rules/x.ts', "export { x } from '../accuse/words.ts';"],
  ['lib/messaging/x.ts', "export type { PageClaim } from '../gather/channel.ts';"],
  ['lib/store/x.ts', 'export const x = async (): Promise<number> => Date.now();'],
])('what the plan allows in %s passes', async (file, code) => {
  expect(await rulesBroken(file, code)).toEqual([]);
});
