/** Lint: the language's and the frameworks' recommendations, and the rules of the house, one sentence per room. */
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { ROOMS, ROOTS } from './tests/house/rooms.ts';

const IMPURE_GLOBALS = [
  'browser',
  'chrome',
  'window',
  'self',
  'document',
  'navigator',
  'location',
  'indexedDB',
  'caches',
  'localStorage',
  'sessionStorage',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'crypto',
  'performance',
  'console',
  'process',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'Promise',
];

/** What may be written nowhere: every `no-restricted-syntax` of a room repeats it, for the last one replaces those before. */
const NOWHERE = [
  { selector: 'TSEnumDeclaration', message: 'Only erasable TypeScript: a union of literals with `as const` instead of an enum.' },
  { selector: 'TSParameterProperty', message: 'Only erasable TypeScript: assign in the constructor instead of a parameter property.' },
];

const IMPURE_SYNTAX = [
  { selector: ':function[async=true]', message: 'A pure room is not async: the same input gives the same output, at once.' },
  { selector: 'AwaitExpression', message: 'A pure room is not async: the same input gives the same output, at once.' },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'A pure room reads no clock: "now" is an argument.' },
  { selector: 'CallExpression[callee.name="Date"]', message: 'A pure room reads no clock: "now" is an argument.' },
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: 'A pure room reads no clock: "now" is an argument.' },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'A pure room draws no lots: the same input gives the same output.',
  },
  { selector: 'MemberExpression[object.name="globalThis"]', message: 'A pure room touches nothing global.' },
];

const EVERY_FOLDER = [...new Set([...ROOMS.map(({ folder }) => folder), ...ROOTS])];

/** The imports that a room may not make, as patterns over relative specifiers of any depth. */
function forbiddenImports({ folder, imports, because }) {
  const forbidden = EVERY_FOLDER.filter(
    (other) => other !== folder && !imports.some((allowed) => other === allowed || other.startsWith(`${allowed}/`)),
  );
  // A room of which single files or subfolders are open: everything of it but those.
  const patterns = forbidden.map((other) => {
    const open = imports
      .filter((allowed) => allowed.startsWith(`${other}/`))
      .map((allowed) => allowed.slice(other.length + 1).replaceAll('.', '\\.'));
    const inside = other.replace(/^lib\//, '(lib/)?');
    return `^(\\.\\./)+${inside}/${open.length > 0 ? `(?!${open.join('|')})` : ''}`;
  });
  return [
    ...patterns.map((regex) => ({ regex, message: because })),
    { regex: '^\\.{1,2}/(.*/)?(utils|helpers)(/|\\.|$)', message: 'A name says what is inside: no room is called utils or helpers.' },
  ];
}

export default ts.config(
  { ignores: ['node_modules', '.output', '.wxt', '.cache', 'audit-out', 'coverage', 'tests/site/public/**'] },
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      // What pages write is matched by its control characters on purpose.
      'no-control-regex': 'off',
      // The compiler knows undefined names, and types that a rule without types cannot see.
      'no-undef': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      'no-restricted-syntax': ['error', ...NOWHERE],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: { 'svelte/no-at-html-tags': 'error' },
  },
  ...ROOMS.map((room) => ({
    files: [`${room.folder}/**/*.{ts,svelte}`],
    rules: { 'no-restricted-imports': ['error', { patterns: forbiddenImports(room) }] },
  })),
  {
    files: ['lib/judge/rules/*.ts'],
    ignores: ['lib/judge/rules/index.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...forbiddenImports(ROOMS.find(({ folder }) => folder === 'lib/judge')),
            { regex: '^\\./|rules/', message: 'Rules do not import rules: what two of them need is a fact or an accusation.' },
          ],
        },
      ],
    },
  },
  ...ROOMS.filter(({ pure }) => pure).map(({ folder }) => ({
    files: [`${folder}/**/*.ts`],
    rules: {
      'no-restricted-globals': [
        'error',
        ...IMPURE_GLOBALS.map((name) => ({
          name,
          message: 'A pure room touches no browser, no network, no timer and no log: what it needs is an argument.',
        })),
      ],
      'no-restricted-syntax': ['error', ...NOWHERE, ...IMPURE_SYNTAX],
    },
  })),
);
