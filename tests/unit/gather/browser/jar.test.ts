import { expect, test } from 'vitest';
import type { Browser } from 'webextension-polyfill';
import { readJar, topLevelSites } from '../../../../lib/gather/browser/jar.ts';

test('the sites of pages are named as browsers name them, each once', () => {
  const sites = ['send-box.com', '*.send-box.com', 'kk.send-box.com', '*.github.io', 'box.github.io', 'localhost', '127.0.0.1', '::1'];
  expect(topLevelSites(sites).filter((site) => site.startsWith('https:'))).toEqual([
    'https://send-box.com',
    'https://github.io',
    'https://box.github.io',
    'https://localhost',
    'https://127.0.0.1',
    'https://[::1]',
  ]);
  expect(topLevelSites(['send-box.com'])).toEqual(['https://send-box.com', 'http://send-box.com']);
});

test('a jar is asked for no more than what is in no partition and for those of the site', async () => {
  const asked: object[] = [];
  const getAll = (details: object) => Promise.resolve([{ name: String(asked.push(details)) }]);
  const cookies = await readJar({ cookies: { getAll } } as unknown as Browser, ['send-box.com'], '1');
  expect(asked).toEqual([
    { storeId: '1' },
    { partitionKey: { topLevelSite: 'https://send-box.com' }, storeId: '1' },
    { partitionKey: { topLevelSite: 'http://send-box.com' }, storeId: '1' },
  ]);
  expect(cookies.map(({ name }) => name)).toEqual(['1', '2', '3']);
});
