/** Every reason for a gap is said in three languages and explained. */
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../lib/model/policy.ts';
import { reasonText } from '../../lib/tell/message.ts';
import { filesBelow, read } from './tree.ts';

const CODE = /[`']([a-z]+(?:-[a-z]+)+|incomplete)(?:: \$\{|')/g;
const codes = new Set(
  ['lib/gather/correlate', 'lib/session', 'lib/store', 'cli']
    .flatMap(filesBelow)
    .flatMap((path) => read(path).split('\n'))
    .filter((line) => /\breason\b|\bgap\(/.test(line))
    .flatMap((line) => [...line.matchAll(CODE)].map((match) => match[1] as string)),
);
const [, told = ''] = read('docs/audit-format.md').split('## Gaps');
const explained = (told.split('## ')[0] ?? '').split('\n').flatMap((line) => (line.split('|')[1] ?? '').match(/[a-z-]+(?=`)/g) ?? []);

test('they are found where they are', () => {
  expect([...codes]).toEqual(
    expect.arrayContaining(['missing-entries', 'document-cut-off', 'page-open-before', 'recording-gone', 'incomplete']),
  );
});

test('the format explains each, and no other', () => {
  expect(explained.sort()).toEqual([...codes].sort());
});

describe.each(LANGUAGES)('in %s', (language) => {
  test('each has its words, followed by itself', () => {
    const without = [...codes].filter((code) => !new RegExp(`^.{10,} – ${code}: x$`).test(reasonText(`${code}: x`, language)));
    expect(without).toEqual([]);
  });

  test('what nobody here knows is told as it is', () => {
    for (const reason of ['', 'constructor', '__proto__: x', 'another extension', 'document cut off: x'])
      expect(reasonText(reason, language)).toBe(reason);
  });
});
