/** What the extension may do: a change here is a change for everybody who installs it, and needs its paragraph. */
import { describe, expect, test } from 'vitest';
import type { ConfigEnv, UserManifest } from 'wxt';
import config from '../../wxt.config.ts';
import { read } from './tree.ts';

const PERMISSIONS = ['browsingData', 'cookies', 'scripting', 'storage', 'unlimitedStorage', 'webNavigation', 'webRequest'];
/** What one browser alone is asked for. */
const MORE: Record<string, string[]> = { chrome: [], firefox: ['dns'] };
const HOSTS = ['<all_urls>'];

async function manifestFor(browser: string): Promise<UserManifest> {
  const { manifest } = config;
  if (typeof manifest !== 'function') throw new Error('the manifest is a function of the browser');
  return manifest({ browser, manifestVersion: 3, mode: 'production', command: 'build' } as ConfigEnv);
}

describe.each(['chrome', 'firefox'])('%s', (browser) => {
  test('asks for these permissions and no others', async () => {
    const manifest = await manifestFor(browser);
    expect(manifest.permissions).toEqual([...PERMISSIONS, ...(MORE[browser] as string[])]);
    expect(manifest.host_permissions).toEqual(HOSTS);
    expect(manifest).not.toHaveProperty('optional_permissions');
    expect(manifest).not.toHaveProperty('optional_host_permissions');
    expect(manifest).not.toHaveProperty('externally_connectable');
    expect(manifest).not.toHaveProperty('web_accessible_resources');
  });

  test('runs no code but its own', async () => {
    const policy = (await manifestFor(browser)).content_security_policy as { extension_pages: string };
    expect(policy.extension_pages).toContain("script-src 'self';");
    expect(policy.extension_pages).not.toMatch(/unsafe|wasm|https?:|\*/);
  });
});

test('Firefox is told that no data is collected', async () => {
  const { browser_specific_settings: settings } = await manifestFor('firefox');
  expect(settings?.gecko).toMatchObject({ data_collection_permissions: { required: ['none'] } });
});

describe('docs/permissions.md', () => {
  const sections = new Map(
    read('docs/permissions.md')
      .split(/^### /m)
      .slice(1)
      .map((section) => [/^`?([^`\n]+)`?\n/.exec(section)?.[1] ?? '', section.replace(/^.*\n/, '').trim()]),
  );

  test.each([...PERMISSIONS, ...Object.values(MORE).flat(), ...HOSTS])(
    'says of %s why it is needed and what it is not used for',
    (permission) => {
      const text = sections.get(permission) ?? '';
      expect(text.length).toBeGreaterThan(150);
      expect(text).toMatch(/\bnot\b|\bnever\b|\bno\b/);
    },
  );

  test('speaks of no permission that is not asked for', () => {
    expect([...sections.keys()].sort()).toEqual([...PERMISSIONS, ...Object.values(MORE).flat(), ...HOSTS].sort());
  });
});
