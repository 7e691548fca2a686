/** With a double of the browser; with a real one and a name server: tests/e2e/canonical-names.test.ts. */
import type { Browser } from 'webextension-polyfill';
import { describe, expect, test } from 'vitest';
import { observeCanonicalNames } from '../../../../lib/gather/browser/canonical-names.ts';
import type { GatherContext } from '../../../../lib/gather/browser/context.ts';
import { createWatch } from '../../../../lib/gather/browser/watch.ts';
import type { BrowserEvent } from '../../../../lib/model/capture.ts';

interface Told {
  canonicalName?: string;
}

/** A browser whose tab 1 shows the site; `names` is what DNS answers, and null that it fails. */
function browserWith(names: Record<string, Told | null> | null) {
  const asked: [string, string[]][] = [];
  const events: BrowserEvent[] = [];
  const listeners: ((details: { url: string; tabId: number; timeStamp: number; proxyInfo?: object }) => void)[] = [];
  const dns = {
    resolve: (host: string, flags: string[]): Promise<Told> => {
      asked.push([host, flags]);
      const told = names?.[host];
      return told ? Promise.resolve(told) : Promise.reject(new Error('NS_ERROR_UNKNOWN_HOST'));
    },
  };
  const onBeforeRequest = { addListener: (listener: (typeof listeners)[number]) => void listeners.push(listener) };
  const browser = { webRequest: { onBeforeRequest }, ...(names && { dns }) } as unknown as Browser;
  const context = (): GatherContext => {
    const watch = createWatch(
      (host) => host === 'send-box.com' || host.endsWith('.send-box.com'),
      null,
      () => undefined,
    );
    watch.begin(1, 'send-box.com', {});
    return { watch, record: (event: BrowserEvent) => void events.push(event) } as unknown as GatherContext;
  };
  let current = context();
  observeCanonicalNames(browser, (use) => use(current));
  return {
    asked,
    events,
    listens: () => listeners.length > 0,
    async asks(url: string, tabId = 1, more: { proxyInfo?: object } = {}) {
      for (const listener of listeners) listener({ url, tabId, timeStamp: 1000, ...more });
      await new Promise((resolve) => setImmediate(resolve));
    },
    beginAnew: () => void (current = context()),
  };
}

describe('canonical names', () => {
  test("are asked for once for each of the site's own hosts, and kept where they are other names", async () => {
    const story = browserWith({
      'metrics.send-box.com': { canonicalName: 'MC.Yandex.ru.' },
      'send-box.com': { canonicalName: 'send-box.com' },
      'static.send-box.com': {},
    });
    for (const host of ['metrics.send-box.com', 'metrics.send-box.com', 'send-box.com', 'static.send-box.com', 'mc.yandex.ru'])
      await story.asks(`https://${host}/x`);
    expect(story.asked).toEqual([
      ['metrics.send-box.com', ['canonical_name']],
      ['send-box.com', ['canonical_name']],
      ['static.send-box.com', ['canonical_name']],
    ]);
    expect(story.events).toEqual([{ type: 'canonical-name', time: 1000, host: 'metrics.send-box.com', name: 'mc.yandex.ru' }]);
  });

  test('of other tabs are nobody’s business', async () => {
    const story = browserWith({ 'send-box.com': { canonicalName: 'x.example' } });
    await story.asks('https://send-box.com/', 2);
    expect(story.asked).toEqual([]);
  });

  test.each([
    ['an HTTP proxy', { type: 'http', proxyDNS: false }, false],
    ['an HTTPS proxy', { type: 'https', proxyDNS: false }, false],
    ['a SOCKS proxy that resolves names', { type: 'socks', proxyDNS: true }, false],
    ['a SOCKS proxy that is given addresses', { type: 'socks', proxyDNS: false }, true],
  ])('behind %s are asked for only where the browser resolves names itself', async (_what, proxyInfo, asks) => {
    const story = browserWith({ 'app.send-box.com': { canonicalName: 'x.example' } });
    await story.asks('https://app.send-box.com/', 1, { proxyInfo });
    expect(story.asked).toHaveLength(asks ? 1 : 0);
  });

  test.each([['127.0.0.1'], ['::1']])('are no addresses: %s', async (canonicalName) => {
    const story = browserWith({ 'app.send-box.com': { canonicalName } });
    await story.asks('https://app.send-box.com/');
    expect([story.asked.length, story.events]).toEqual([1, []]);
  });

  test('that DNS does not give stay unknown', async () => {
    const story = browserWith({});
    await story.asks('https://metrics.send-box.com/x');
    expect(story.asked).toHaveLength(1);
    expect(story.events).toEqual([]);
  });

  test('are asked for again in a recording that begins anew', async () => {
    const story = browserWith({ 'app.send-box.com': { canonicalName: 'x.example' } });
    await story.asks('https://app.send-box.com/');
    story.beginAnew();
    await story.asks('https://app.send-box.com/');
    expect(story.events).toHaveLength(2);
  });

  test('are not listened for where the browser cannot tell', () => {
    expect(browserWith(null).listens()).toBe(false);
  });
});
