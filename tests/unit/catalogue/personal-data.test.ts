import { expect, test } from 'vitest';
import { personalData } from '../../../lib/catalogue/personal-data.ts';

test.each<[string, string, string[]]>([
  ['uid', 'aigerim@example.kz', ['email']],
  ['dl', 'https://shop.test/thanks?order=7&email=aigerim%40example.kz', ['email']],
  ['page-url', 'https://shop.test/?who=aigerim@example.kz&phone=%2B7%20727%20312-36-11', ['email', 'phone']],
  ['dl', 'https://shop.test/cabinet?iin=900412350016', ['iin']],
  ['ud[em]', 'f660ab912ec121d1b1e928a0bb4bc61b15f5ad44d5efdc4e1c92a25e99b8e44a', ['hashed-email']],
  ['em', 'tv.1~em.9mCrkS7BIdGx6SigqNxLxhW4FqRNXv3E4ckqJemY5Eo', ['hashed-email']],
])('%s=%s', (name, value, kinds) => {
  expect(personalData(name, value)).toEqual(kinds);
});

test.each([
  ['dt', 'Write to box@example.kz or call +7 (727) 312-36-11'],
  ['src', 'icon@2x.png'],
  ['dl', 'https://shop.test/img?file=icon@2x.png'],
  ['dsn', 'https://0123456789abcdef@o1.ingest.example.com/42'],
  ['phone', 'yes'],
  ['iin', 'unknown'],
  ['id', '900412350016'],
  ['em', 'tv.1'],
  ['ud[em]', 'not a digest'],
  ['dl', 'https://'],
])('nobody is identified by %s=%s', (name, value) => {
  expect(personalData(name, value)).toEqual([]);
});

test('a long value is read in no time to speak of', () => {
  for (const long of ['@'.repeat(1_000_000), `a@${'b.'.repeat(500_000)}`, `a@${'b'.repeat(1_000_000)}`, ' '.repeat(1_000_000)])
    expect(personalData('email', long)).toEqual([]);
});
