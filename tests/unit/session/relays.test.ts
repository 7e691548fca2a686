import { expect, test } from 'vitest';
import type { Browser, Runtime } from 'webextension-polyfill';
import { RELAY_PORT, type DocumentHeader } from '../../../lib/messaging/relay-protocol.ts';
import type { BrowserEvent } from '../../../lib/model/capture.ts';
import type { Live } from '../../../lib/session/live.ts';
import { createRelays } from '../../../lib/session/relays.ts';

/** A document that is connected, in a browser that tells of its tabs when it is let. */
function connected() {
  const told: Omit<BrowserEvent, 'time'>[] = [];
  const tab = Promise.withResolvers<object>();
  const hears: ((message: unknown) => void)[] = [];
  const disconnects: (() => void)[] = [];
  const context = {
    settings: { since: 0 },
    watch: { isWatched: () => true, isSite: () => true },
    record: (event: BrowserEvent) => told.push(event),
  } as unknown as Live;
  const relays = createRelays({
    browser: { runtime: { id: 'own' }, tabs: { get: () => tab.promise } } as unknown as Browser,
    withContext: (use) => use(context),
    now: () => 1000,
    onBatch: () => undefined,
  });
  relays.connect({
    name: RELAY_PORT,
    sender: { id: 'own', tab: { id: 7 }, frameId: 0, url: 'https://shop.test/' },
    onMessage: { addListener: (listener: (message: unknown) => void) => hears.push(listener) },
    onDisconnect: { addListener: (listener: () => void) => disconnects.push(listener) },
    postMessage: () => undefined,
  } as unknown as Runtime.Port);
  const header: DocumentHeader = {
    document: 'd1',
    url: 'https://shop.test/',
    origin: 'https://shop.test',
    ancestors: [],
    credentialless: false,
    top: true,
    timeOrigin: 900,
    private: false,
    place: null,
  };
  for (const hear of hears) hear({ type: 'hello', header });
  return { relays, told, tab, disconnect: () => disconnects.forEach((listener) => listener()) };
}

test('an end that nobody announced is recorded before what was gathered is read', async () => {
  const { relays, told, tab, disconnect } = connected();
  expect(relays.count()).toBe(1);
  disconnect();
  expect(relays.count()).toBe(0);
  let settled = false;
  const settling = relays.settled().then(() => void (settled = true));
  await new Promise((resolve) => setTimeout(resolve));
  expect(settled).toBe(false);
  tab.resolve({});
  await settling;
  expect(told).toEqual([{ type: 'unheard-end', time: 1000, document: 'd1', closed: false }]);
  await relays.settled();
});

test('of a tab that is gone it is told that it was closed', async () => {
  const { relays, told, tab, disconnect } = connected();
  disconnect();
  tab.reject(new Error('No tab with id: 7'));
  await relays.settled();
  expect(told).toEqual([{ type: 'unheard-end', time: 1000, document: 'd1', closed: true }]);
});
