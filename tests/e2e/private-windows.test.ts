/** Private windows: recorded apart, in memory, and nothing of them on disk. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { html, pages } from './audit-of.ts';
import { namesSet, recording, type ExtensionPage } from './recording.ts';

/** Below the folder, everything that holds this text. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(text));
}

test('what happens in a private window is told apart, survives the background, and is never written to disk', async () => {
  const page = (name: string) =>
    html(`<body><script>document.cookie = '${name}=1; Secure'; localStorage.${name} = 1; fetch('/r/${name}');</script>`);
  await recording(pages({ 'shop.test/open': page('openly'), 'shop.test/private': page('hiddenly') }), async (it) => {
    await it.allowPrivateWindows();
    await it.open('https://shop.test/open');
    const tab = await it.control.evaluate(async () => {
      const { windows, tabs } = (globalThis as unknown as ExtensionPage).chrome;
      await windows.create({ url: 'https://shop.test/private', incognito: true });
      return (await tabs.query({})).find(({ incognito }) => incognito)?.id ?? -1;
    });
    expect(tab).toBeGreaterThan(0);
    while (!it.site.log().some(({ path }) => path === '/r/hiddenly')) await new Promise((resolve) => setTimeout(resolve, 20));
    await it.evidence({ tab });
    await it.stopBackground();
    const apart = await it.evidence({ tab });
    const open = await it.evidence();
    for (const [evidence, mine, other] of [
      [apart, 'hiddenly', 'openly'],
      [open, 'openly', 'hiddenly'],
    ] as const) {
      for (const kind of ['cookie', 'localStorage'] as const) {
        expect(namesSet(evidence, kind, mine)).toEqual([mine]);
        expect(evidence.observations.filter(({ name }) => name === other)).toEqual([]);
      }
      expect(evidence.observations.find(({ kind, name }) => kind === 'cookie' && name === mine)?.confirmed).toBe('jar');
      const paths = evidence.observations.flatMap(({ request }) => (request ? [new URL(request.url).pathname] : []));
      expect(paths).toContain(`/r/${mine}`);
      expect(paths).not.toContain(`/r/${other}`);
    }
    expect((await it.ask('status', { tab, url: 'https://shop.test/private' })).private).toBe(true);
    expect((await it.ask('status', { tab: -1, url: 'https://shop.test/open' })).private).toBe(false);

    await it.browser.close();
    const ofExtension = (text: string): string[] => filesWith(it.profile, text).filter((path) => path.includes(it.extension));
    expect(ofExtension('openly').length).toBeGreaterThan(0);
    expect(ofExtension('hiddenly')).toEqual([]);
  });
});
