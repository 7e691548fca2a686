import { expect, test } from 'vitest';
import { canBeAudited, hostOfUrl, subjectTab, type Tabs } from '../../../lib/view/tab.ts';

const tabs: Tabs = {
  get: async (id) => ({ id, url: 'https://named.example/' }),
  query: async () => [{ id: 7, url: 'https://active.example/' }],
  reload: async () => undefined,
};

test('speaks about the active tab, or the one that the query names', async () => {
  expect(await subjectTab(tabs, '')).toEqual({ id: 7, url: 'https://active.example/' });
  expect(await subjectTab(tabs, '?tab=12')).toEqual({ id: 12, url: 'https://named.example/' });
});

test('says that there is no tab', async () => {
  await expect(subjectTab({ ...tabs, query: async () => [] }, '')).rejects.toThrow('no tab');
  await expect(subjectTab(tabs, '?tab=first')).rejects.toThrow('"first"');
  await expect(subjectTab({ ...tabs, get: () => Promise.reject(new Error('No tab with id: 3.')) }, '?tab=3')).rejects.toThrow(
    'No tab with id: 3.',
  );
});

test.each([
  ['https://send-box.com/kk/', true, 'send-box.com'],
  ['http://localhost:8080/', true, 'localhost'],
  ['https://[::1]:8443/x', true, '[::1]'],
  ['chrome://extensions/', false, ''],
  ['about:blank', false, ''],
  ['file:///home/page.html', false, ''],
  ['https:///', false, ''],
  ['', false, ''],
])('%j can be audited: %j', (url, can, host) => {
  expect(canBeAudited(url)).toBe(can);
  expect(hostOfUrl(url)).toBe(host);
});
