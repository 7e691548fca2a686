import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMS } from '../../site/exchange.ts';
import type { Form } from '../../site/exchange.ts';
import { startSite } from '../../site/server.ts';
import type { Site } from '../../site/server.ts';
import { ask } from './request.ts';

const sites = {} as Record<Form, Site>;
beforeAll(async () => {
  for (const form of FORMS) sites[form] = await startSite({ form });
});
afterAll(async () => {
  for (const form of FORMS) await sites[form].close();
});

const get = (form: Form, address: string, cookie?: string) => ask(sites[form].port, address, cookie ? { headers: { cookie } } : {});

/** Addresses that a page's HTML loads, absolute; links and what only runs without script left aside. */
function loadedBy(html: string): string[] {
  const withScript = html.replace(/<noscript>.*?<\/noscript>/gs, '');
  const found = withScript.matchAll(/<(?:script|img)[^>]* src="([^"]+)"|<link[^>]* href="([^"]+)"/g);
  return [...found].map((match) => new URL((match[1] ?? match[2] ?? '').replaceAll('&amp;', '&'), 'https://send-box.com/').href);
}

describe.each(FORMS)('send-box.com, %s', (form) => {
  it('leads from the root to the Kazakh page, or to the language remembered', async () => {
    expect((await get(form, 'https://send-box.com/')).headers.location).toBe('/kk/');
    expect((await get(form, 'https://send-box.com/', 'sb_lang=ru')).headers.location).toBe('/ru/');
  });

  it.each(['kk', 'ru'])('has its pages in %s, each with a control that leads back to the choice', async (language) => {
    for (const page of ['', 'about/', 'account', 'cookies']) {
      const { status, body } = await get(form, `https://send-box.com/${language}/${page}`);
      expect(status).toBe(200);
      expect(body).toContain(`<html lang="${language}">`);
      expect(body).toMatch(/<footer>[^]*<button type="button" data-cc="show-preferencesModal">[^]*<\/footer>/);
      expect(body).not.toContain('undefined');
    }
  });

  it('answers everything that its page loads', async () => {
    const { body } = await get(form, 'https://send-box.com/kk/');
    const addresses = loadedBy(body);
    expect(addresses.length).toBeGreaterThan(8);
    for (const address of addresses) expect([address, (await get(form, address)).status]).toEqual([address, 200]);
  });

  it('shows the clauses of the policy in their order', async () => {
    const { body } = await get(form, 'https://send-box.com/kk/cookies');
    const numbers = [...body.matchAll(/<h[23]>([\d.]+)\. /g)].map((match) => match[1]);
    expect(numbers.slice(0, 5)).toEqual(['1', '1.1', '1.2', '1.3', '2']);
    expect(numbers.at(-1)).toBe('7.4');
  });

  it('has no other paths', async () => {
    for (const path of ['/de/', '/kk/nowhere', '/kk/about/more', '/assets/../server.ts', '/assets/%2e%2e/policy.ts', '/assets/nothing.js'])
      expect([path, (await get(form, `https://send-box.com${path}`)).status]).toEqual([path, 404]);
  });

  it('sets no session where there is one', async () => {
    const { setCookies } = await get(form, 'https://send-box.com/kk/', 'sb_session=1; sb_lang=kk');
    expect(setCookies).toEqual([]);
  });
});

describe('what the page sets and loads', () => {
  it('clean: a session cookie only, and nothing from another site', async () => {
    const { body, setCookies } = await get('clean', 'https://send-box.com/kk/');
    expect(setCookies).toHaveLength(1);
    expect(setCookies[0]).toMatch(/^sb_session=[0-9a-f-]{36}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(new Set(loadedBy(body).map((address) => new URL(address).hostname))).toEqual(new Set(['send-box.com', 'static.send-box.com']));
  });

  it('breaking: a session that lasts a year, and the language before anybody was asked, without Secure', async () => {
    const { setCookies } = await get('breaking', 'https://send-box.com/ru/');
    expect(setCookies[0]).toMatch(/^sb_session=.*Max-Age=31536000/);
    expect(setCookies[1]).toMatch(/^sb_lang=ru; Max-Age=31536000/);
    expect(setCookies[1]).not.toMatch(/secure/i);
  });

  it('breaking: one page goes by way of plain HTTP; clean: it does not', async () => {
    const first = await get('breaking', 'https://send-box.com/kk/about');
    expect([first.status, first.headers.location]).toEqual([302, 'http://send-box.com/kk/about/']);
    const second = await get('breaking', 'http://send-box.com/kk/about/');
    expect([second.status, second.headers.location]).toEqual([302, 'https://send-box.com/kk/about/']);
    expect((await get('clean', 'https://send-box.com/kk/about')).status).toBe(200);
  });
});
