/** The panel in Firefox, as a page of the extension with `?tab=`: the same tables, and what a clean start really removes there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findBrowser, ROOT } from '../../cli/find-browser.ts';
import { ask, type CommandName, type Commands } from '../../lib/messaging/commands.ts';
import { startSite, type Site } from '../site/server.ts';
import { html, pages, script, shopPolicy } from './audit-of.ts';
import { violations } from './accessible.ts';
import { counted, press, rowsOf, shows } from './panel-page.ts';
import { EVERYTHING, fill, heldBy, NOTHING } from './storage-of.ts';
import { PATIENCE } from './patience.ts';

const ADDON = 'consent-audit@send-box.com';
const UUID = '7f3a1f56-2d0b-4f0e-9a58-6a6b8a1f4c10';
const OWN = `moz-extension://${UUID}`;

interface Extension {
  runtime: { sendMessage(message: unknown): Promise<unknown> };
  tabs: { query(which: object): Promise<{ id: number; url: string }[]> };
}

let site: Site;
let profile: string;
let browser: Browser;
let shop: Page;
let bystander: Page;
let panel: Page;

beforeAll(async () => {
  site = await startSite({
    form: 'clean',
    host: pages({
      'shop.test/': html(`<script>document.cookie = '_ga=1; Max-Age=1000; Secure';
        fetch('https://hit.tracker.test/collect', { method: 'POST', credentials: 'include', mode: 'no-cors' });</script>`),
      'bystander.test/': html('<p>bystander'),
      'hit.tracker.test/collect': {
        status: 204,
        type: 'text/plain',
        body: '',
        setCookies: ['id=1; Domain=tracker.test; Max-Age=1000; Secure; SameSite=None'],
      },
      ...Object.fromEntries(['shop.test', 'bystander.test'].map((host) => [`${host}/worker.js`, script('')])),
    }),
  });
  profile = mkdtempSync(join(tmpdir(), 'panel-firefox-'));
  browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findBrowser('firefox', null, () => undefined),
    headless: true,
    acceptInsecureCerts: true,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'network.dns.forceResolve': '127.0.0.1',
      'network.socket.forcePort': `443=${site.port};80=${site.port}`,
      'extensions.webextensions.uuids': JSON.stringify({ [ADDON]: UUID }),
    },
  });
  await browser.installExtension(join(ROOT, '.output', 'firefox-mv3'));
  panel = await browser.newPage();
  await panel.goto(`${OWN}/panel.html?tab=0`, { waitUntil: [] });
  await vi.waitUntil(() => panel.evaluate(() => document.querySelector('main') !== null), { timeout: PATIENCE, interval: 100 });
  await command('configure', { policy: shopPolicy(), sites: [], key: null, clean: true });
  bystander = await browser.newPage();
  await bystander.goto('https://bystander.test/');
  shop = await browser.newPage();
  await shop.goto('https://shop.test/');
  await quiet();
  const tab = await panel.evaluate(
    async () =>
      (await (globalThis as unknown as { browser: Extension }).browser.tabs.query({})).find(({ url }) => url === 'https://shop.test/')?.id,
  );
  await panel.goto(`${OWN}/panel.html?tab=${tab}`, { waitUntil: [] });
});

afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

function command<Name extends CommandName>(name: Name, parameters: Commands[Name]['ask']): Promise<Commands[Name]['answer']> {
  const sendMessage = async (message: unknown): Promise<unknown> =>
    JSON.parse(
      await panel.evaluate(
        async (text) =>
          JSON.stringify(await (globalThis as unknown as { browser: Extension }).browser.runtime.sendMessage(JSON.parse(text))),
        JSON.stringify(message),
      ),
    );
  return ask({ sendMessage }, name, parameters);
}

async function quiet(): Promise<void> {
  await vi.waitUntil(async () => (await command('quiet', {})).milliseconds > 600, { timeout: PATIENCE, interval: 100 });
}

test('shows what was gathered, in its tables, without a violation of accessibility', async () => {
  await panel.bringToFront();
  await shows(panel, 'judged');
  const { findings } = await command('audit', { conditions: {} });
  const shown = findings.filter(({ suppressed }) => suppressed === null).length;
  expect(await counted(panel)).toBe(`${shown} of ${shown} shown`);
  await press(panel, 'Cookies');
  expect(await rowsOf(panel)).toContainEqual(expect.objectContaining({ Name: '_ga', Host: 'shop.test', Phase: 'before the choice' }));
  expect(await violations(panel)).toEqual([]);
});

test('a clean start empties the site and leaves the bystander everything', async () => {
  await bystander.evaluate(fill, 'b');
  await shop.evaluate(fill, 's');
  await quiet();
  await panel.bringToFront();
  await press(panel, 'Start clean');
  await panel.waitForSelector('dialog[open]');
  const listed = await panel.$eval('dialog', (dialog) => (dialog as HTMLElement).innerText);
  for (const part of ['s_cookie shop.test', 'hit.tracker.test']) expect(listed).toContain(part);
  expect(listed).not.toContain('bystander');
  expect(await violations(panel)).toEqual([]);
  await press(panel, 'Remove and start');
  await panel.waitForSelector('.done.shown');
  expect(await panel.$eval('.done', (done) => done.textContent?.trim())).toMatch(/^Started clean/);
  await shows(panel, 'judged');
  await quiet();
  const held = await shop.evaluate(heldBy);
  expect({ ...held, cookies: held.cookies.replace(/^_ga=1$/, '') }).toEqual(NOTHING);
  expect(await bystander.evaluate(heldBy)).toEqual(EVERYTHING);
  const { consent } = await command('audit', { conditions: {} });
  expect(consent.map(({ state }) => state)).toEqual(['before-choice']);
});
