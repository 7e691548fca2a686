import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { withoutFeatures } from '../../../cli/chromium-features.ts';

const listed = (args: string[]): string[] =>
  withoutFeatures(args)
    .filter((arg) => arg.startsWith('--disable-features='))
    .flatMap((arg) => arg.replace('--disable-features=', '').split(','));

test('what the person turns off is turned off too, in one switch', () => {
  const args = withoutFeatures(['--headless=new', '--disable-features=Their,HttpsUpgrades', '--mute-audio', '--disable-features=Other']);
  expect(args.slice(0, 2)).toEqual(['--headless=new', '--mute-audio']);
  expect(args).toHaveLength(3);
  const features = args[2]?.replace('--disable-features=', '').split(',') ?? [];
  expect(features).toEqual(expect.arrayContaining(['Their', 'Other', 'HttpsUpgrades', 'WebUIOmniboxPopup']));
  expect(new Set(features).size).toBe(features.length);
});

test("the driver's own list is in ours, but for the storage of foreign frames", () => {
  const bundle = readFileSync(fileURLToPath(import.meta.resolve('playwright-core/lib/coreBundle')), 'utf8');
  const [, list] = /\bdisabledFeatures = \[([^\]]*)\]/.exec(bundle) ?? [];
  const driver = [...(list ?? '').replaceAll(/^\s*\/\/.*$/gm, '').matchAll(/"(\w+)"/g)].map(([, name]) => name);
  expect(driver).toContain('DestroyProfileOnBrowserClose');
  const ours = listed([]);
  expect(driver.filter((name) => !ours.includes(name as string))).toEqual(['ThirdPartyStoragePartitioning']);
});
