/** The plan of the house: folders, arrows between rooms, sizes, and words that must not be left behind. */
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mayImport, mayUsePackage, roomOf, ROOTS } from './rooms.ts';
import { filesBelow, read, topLevel } from './tree.ts';

/** Imports that reach round the plan, with the reason. It may only shrink. */
const EXCEPTIONS: Record<string, string> = {};

const WRITTEN = /\.(ts|mts|mjs|js|svelte|css|html|md)$/;
const { folders } = topLevel();
const all = folders.flatMap(filesBelow);
const sources = all.filter((path) => /\.(ts|svelte)$/.test(path));
const written = [...all, ...topLevel().files].filter((path) => WRITTEN.test(path));

/** What a file imports: statically, again-exported, or at run time. */
function importsOf(path: string): string[] {
  const code = read(path).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [
    ...code.matchAll(
      /(?:^|[\s;}])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[\s;])import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g,
    ),
  ].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
}

describe('arrows between rooms', () => {
  const arrows = sources.flatMap((from) => {
    const room = roomOf(from);
    return room === null ? [] : importsOf(from).map((specifier) => ({ from, specifier, room }));
  });

  test('imports are found', () => {
    expect(arrows.length).toBeGreaterThan(300);
    expect(importsOf('lib/tell/message.ts')).toContain('../../public/_locales/kk/messages.json');
    expect(importsOf('entrypoints/background.ts')).toEqual([
      'webextension-polyfill',
      'wxt/utils/define-background',
      '../lib/session/session.ts',
    ]);
  });

  test('every room imports only what the plan allows', () => {
    const reaching = arrows
      .filter(({ from, specifier, room }) => {
        if (!specifier.startsWith('.')) return !mayUsePackage(room, specifier);
        return !mayImport(room, posix.join(posix.dirname(from), specifier));
      })
      .map(({ from, specifier }) => `${from} -> ${specifier}`);
    expect(reaching.filter((arrow) => !(arrow in EXCEPTIONS))).toEqual([]);
    expect(Object.keys(EXCEPTIONS).filter((arrow) => !reaching.includes(arrow))).toEqual([]);
  });

  test('every source file of lib belongs to a room', () => {
    expect(sources.filter((path) => path.startsWith('lib/') && roomOf(path) === null)).toEqual([]);
  });

  test('nobody imports entrypoints, and lib imports neither cli nor tests', () => {
    const wrong = arrows
      .map(({ from, specifier }) => ({ from, to: posix.join(posix.dirname(from), specifier) }))
      .filter(
        ({ from, to }) => ROOTS.some((root) => to.startsWith(`${root}/`) && !from.startsWith(`${root}/`)) && !from.startsWith('cli/'),
      );
    expect(wrong).toEqual([]);
  });

  test('rules do not import rules', () => {
    const wrong = sources
      .filter((path) => path.startsWith('lib/judge/rules/') && !path.endsWith('/index.ts'))
      .filter((path) => importsOf(path).some((specifier) => /^\.\/|rules\//.test(specifier)));
    expect(wrong).toEqual([]);
  });

  test('imports of files name their extension, and there are no aliases', () => {
    const wrong = arrows.filter(
      ({ specifier }) => (specifier.startsWith('.') && !/\.(ts|json|svelte|css)$/.test(specifier)) || /^(@|~|#)\//.test(specifier),
    );
    expect(wrong.map(({ from, specifier }) => `${from} -> ${specifier}`)).toEqual([]);
  });
});

describe('the tree', () => {
  test('the top level is bare', () => {
    expect(folders).toEqual(
      ['.ci', 'cli', 'components', 'docs', 'entrypoints', 'lib', 'public', 'tests'].filter((folder) => folders.includes(folder)),
    );
    expect(
      topLevel().files.filter(
        (name) =>
          !/^(README\.md|LICENSE|package(-lock)?\.json|tsconfig\.json|\.(gitignore|prettierignore|prettierrc\.json)|(eslint|vitest|wxt)\.config\.(js|ts))$/.test(
            name,
          ),
      ),
    ).toEqual([]);
  });

  test('names say what is inside', () => {
    expect(all.filter((path) => /(^|\/)(utils?|helpers?|misc|common)(\/|\.)/.test(path))).toEqual([]);
  });

  test('files have at most 300 lines, or say in their head why not', () => {
    const long = written.filter((path) => /\.(ts|mjs|js|svelte)$/.test(path) && read(path).trimEnd().split('\n').length > 300);
    expect(long.filter((path) => !/300 lines/.test(read(path).slice(0, 1000)))).toEqual([]);
  });

  test('entrypoints wire and hold no logic', () => {
    expect(sources.filter((path) => path.startsWith('entrypoints/') && read(path).split('\n').length > 60)).toEqual([]);
  });
});

describe('words that must not be left behind', () => {
  // This file names them itself.
  const others = written.filter((path) => path !== 'tests/house/structure.test.ts');
  const containing = (pattern: RegExp, among = others): string[] => among.filter((path) => pattern.test(read(path)));

  test('nothing is put off', () => expect(containing(/\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]));

  test('nothing is silenced', () => {
    expect(containing(/@ts-(ignore|nocheck|expect-error)|eslint-disable|prettier-ignore|v8 ignore/)).toEqual([]);
  });

  test('no test is skipped or alone', () => {
    const tests = others.filter((path) => /\.test\.ts$/.test(path));
    expect(tests.length).toBeGreaterThan(20);
    expect(containing(/\b(test|it|describe|suite)\.(skip|only|todo|fails|skipIf|runIf)\b/, tests)).toEqual([]);
  });

  test('no place of one machine, neither in files nor in the lock', () => {
    expect(containing(/(?<![\w./])\/(work|home|root|Users|tmp)\/[\w.]/)).toEqual([]);
    const sources = [...read('package-lock.json').matchAll(/"resolved": "([^"]+)"/g)].map((match) => new URL(match[1] as string));
    expect(
      sources.filter(({ protocol, port, hostname }) => protocol !== 'https:' || port !== '' || !hostname.includes('.')).map(String),
    ).toEqual([]);
  });
});
