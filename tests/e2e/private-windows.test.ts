/** Private windows: recorded apart, in memory while one is open, and nothing of them on disk. */
import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { html, pages } from './audit-of.ts';
import { recordingInEither, type FirefoxRecording } from './firefox-recording.ts';
import { namesSet, type ExtensionPage } from './recording.ts';
import { PATIENCE } from './patience.ts';

const page = (name: string) =>
  html(`<body><script>document.cookie = '${name}=1; Secure'; localStorage.${name} = 1;
    fetch('https://${name}.test/', { mode: 'no-cors' });</script>`);

/** With an ordinary window in which a page of the site is open. */
async function besideOpenPage(live: (it: FirefoxRecording) => Promise<void>): Promise<void> {
  const site = pages({ 'shop.test/open': page('openly'), 'shop.test/private': page('hiddenly'), 'shop.test/next': page('hiddenly2') });
  await recordingInEither(site, async (it) => {
    await it.allowPrivateWindows();
    await it.open('https://shop.test/open');
    await live(it);
  });
}

async function openPrivateWindow(it: FirefoxRecording): Promise<number> {
  const tab = await it.control.evaluate(async () => {
    const { windows, tabs } = (globalThis as unknown as ExtensionPage).chrome;
    await windows.create({ url: 'https://shop.test/private', incognito: true });
    return (await tabs.query({})).find(({ incognito }) => incognito)?.id ?? -1;
  });
  expect(tab).toBeGreaterThan(0);
  await vi.waitUntil(() => askedBy(it, 'hiddenly'), { timeout: PATIENCE, interval: 20 });
  return tab;
}

const askedBy = (it: FirefoxRecording, name: string): boolean => it.site.log().some(({ host }) => host === `${name}.test`);

/** Everything below the folder that holds this text. Firefox packs its databases with Snappy, which leaves a word as it is where it first comes. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isFile() && readFileSync(path).includes(text));
}

async function expectNothingHiddenOnDisk({ browser, profile, extension }: FirefoxRecording): Promise<void> {
  await browser.close();
  expect(filesWith(profile, 'openly').some((path) => path.includes(extension))).toBe(true);
  expect(filesWith(profile, 'hiddenly')).toEqual([]);
}

test('what happens in a private window is told apart, survives the background, and is never written to disk', async () => {
  await besideOpenPage(async (it) => {
    const tab = await openPrivateWindow(it);
    await it.evidence({ tab });
    const before = await it.ask('quiet', {});
    await it.stopBackground();
    // What wakes the background is of the private window, too.
    await it.control.evaluate(
      (id) => (globalThis as unknown as ExtensionPage).chrome.tabs.update(id, { url: 'https://shop.test/next' }),
      tab,
    );
    await vi.waitUntil(() => askedBy(it, 'hiddenly2'), { timeout: PATIENCE, interval: 20 });
    const apart = await it.evidence({ tab });
    const open = await it.evidence();
    expect((await it.ask('quiet', {})).seen.split('-')[0]).not.toBe(before.seen.split('-')[0]);
    for (const [evidence, mine, other] of [
      [apart, ['hiddenly', 'hiddenly2'], 'openly'],
      [open, ['openly'], 'hiddenly'],
    ] as const) {
      for (const kind of ['cookie', 'localStorage'] as const) expect(namesSet(evidence, kind, '')).toEqual(mine);
      const cookies = evidence.observations.filter(({ kind, action }) => kind === 'cookie' && action === 'set');
      expect(cookies.map(({ confirmed }) => confirmed)).toEqual(mine.map(() => 'jar'));
      const requests = evidence.observations.flatMap(({ request }) => request?.url ?? []);
      for (const name of mine) expect(requests).toContain(`https://${name}.test/`);
      expect(JSON.stringify(evidence)).not.toContain(other);
    }
    expect((await it.ask('status', { tab, url: 'https://shop.test/private' })).private).toBe(true);
    expect((await it.ask('status', { tab: -1, url: 'https://shop.test/open' })).private).toBe(false);
    await expectNothingHiddenOnDisk(it);
  });
});

test.each([false, true])('with the last private tab all of it is forgotten (background stopped: %s)', async (stopped) => {
  await besideOpenPage(async (it) => {
    const tab = await openPrivateWindow(it);
    await it.evidence({ tab });
    expect(await inMemory(it)).toContain('hiddenly');
    if (stopped) await it.stopBackground();
    await it.control.evaluate((id) => (globalThis as unknown as ExtensionPage).chrome.tabs.remove(id), tab);
    await it.evidence();
    expect(await inMemory(it)).not.toContain('hiddenly');
    expect(await inMemory(it)).toContain('shop.test');
  });
});

const inMemory = (it: FirefoxRecording): Promise<string> =>
  it.control.evaluate(async () => JSON.stringify(await (globalThis as unknown as ExtensionPage).chrome.storage.session.get(null)));

test('a private tab that is closed while the background starts is not written to disk', async () => {
  await besideOpenPage(async (it) => {
    const tab = await openPrivateWindow(it);
    await it.evidence({ tab });
    await it.stopBackground();
    await it.control.evaluate(async (id) => {
      const { tabs, webNavigation } = (globalThis as unknown as ExtensionPage).chrome;
      const arrived = new Promise<void>((resolve) => webNavigation.onCommitted.addListener(({ tabId }) => tabId === id && resolve()));
      await tabs.update(id, { url: 'https://shop.test/next' });
      await arrived;
      await tabs.remove(id);
    }, tab);
    expect(JSON.stringify(await it.evidence())).not.toContain('shop.test/next');
    await expectNothingHiddenOnDisk(it);
  });
});
