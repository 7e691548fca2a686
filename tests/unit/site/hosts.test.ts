import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite } from '../../site/server.ts';
import type { Site } from '../../site/server.ts';
import { ask } from './request.ts';

let breaking: Site;
let clean: Site;
beforeAll(async () => {
  breaking = await startSite({ form: 'breaking' });
  clean = await startSite({ form: 'clean' });
});
afterAll(async () => {
  await breaking.close();
  await clean.close();
});

const HIT = 'https://mc.yandex.ru/watch/98765432?wmode=7&browser-info=pv%3A1';
const maxAge = (line: string) => Number(/Max-Age=(\d+)/.exec(line)?.[1]);

describe('mc.yandex.ru', () => {
  it('breaking: answers the first hit with cookies, one of them for ten years, and a redirect; then with settings', async () => {
    const first = await ask(breaking.port, HIT);
    expect(first.status).toBe(302);
    expect(first.headers.location).toBe('/watch/98765432/1?wmode=7&browser-info=pv%3A1');
    expect(first.setCookies.map((line) => [line.split('=', 1)[0], maxAge(line)])).toEqual([
      ['yandexuid', 31536000],
      ['i', 63072000],
      ['_yasc', 315360000],
    ]);
    expect(first.setCookies.every((line) => line.includes('Domain=.yandex.ru') && line.includes('SameSite=None; Secure'))).toBe(true);
    const second = await ask(breaking.port, HIT, { headers: { cookie: first.setCookies.map((line) => line.split(';', 1)[0]).join('; ') } });
    expect([second.status, second.setCookies]).toEqual([200, []]);
    expect(JSON.parse(second.body)).toHaveProperty('settings');
  });

  it('breaking: ends the redirect where cookies are refused', async () => {
    expect((await ask(breaking.port, HIT.replace('98765432', '98765432/1'))).status).toBe(200);
  });

  it('clean: sets nothing', async () => {
    const reply = await ask(clean.port, HIT);
    expect([reply.status, reply.setCookies]).toEqual([200, []]);
  });

  it('answers click map and recording with a pixel', async () => {
    for (const resource of ['clmap', 'webvisor']) {
      const reply = await ask(clean.port, `https://mc.yandex.ru/${resource}/98765432?wmode=0`, { body: 'x' });
      expect([reply.status, reply.headers['content-type']]).toEqual([200, 'image/gif']);
    }
  });
});

describe('the other recipients', () => {
  it.each([
    ['https://www.google-analytics.com/g/collect?v=2', 204],
    ['https://region1.google-analytics.com/g/collect?v=2', 204],
    ['https://eu.i.posthog.com/e/?ip=0', 200],
    ['https://eu.i.posthog.com/i/v0/e/', 200],
    ['https://eu.i.posthog.com/flags/?v=2', 200],
    ['https://api-js.mixpanel.com/track/?verbose=1', 200],
    ['https://analytics.tiktok.com/api/v2/pixel', 200],
    ['https://top-fwz1.mail.ru/tracker?js=13', 200],
  ])('%s takes a hit and sets no cookie', async (address, status) => {
    const reply = await ask(breaking.port, address, { body: '{}' });
    expect([reply.status, reply.setCookies]).toEqual([status, []]);
  });

  it.each([
    ['https://mc.yandex.ru/metrika/tag.js', '_ym_uid'],
    ['https://www.googletagmanager.com/gtag/js?id=G-SB7K2M4QXT', 'dataLayer'],
    ['https://connect.facebook.net/en_US/fbevents.js', '_fbp'],
    ['https://analytics.tiktok.com/i18n/pixel/events.js', '_ttp'],
    ['https://top-fwz1.mail.ru/js/code.js', 'tmr_lvid'],
    ['https://stats.bolashaq-metrics.kz/bq.js', 'bq_visitor'],
    ['https://cdn.mxpnl.com/libs/mixpanel-2-latest.min.js', 'mixpanel'],
    ['https://send-box.com/assets/mixpanel-snippet.js', 'mixpanel'],
    ['https://eu-assets.i.posthog.com/static/array.js', 'posthog'],
    ['https://eu-assets.i.posthog.com/static/1.449.2/surveys.js', 'surveys'],
    ['https://eu-assets.i.posthog.com/array/phc_abc/config.js', '"phc_abc"'],
  ])('%s is a script', async (address, word) => {
    const reply = await ask(breaking.port, address);
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(reply.body).toContain(word);
  });

  it('www.facebook.com answers its pixel with a cookie of 90 days', async () => {
    const { setCookies } = await ask(breaking.port, 'https://www.facebook.com/tr/?id=1');
    expect(setCookies.map((line) => [line.split('=', 1)[0], maxAge(line)])).toEqual([['fr', 7776000]]);
  });
});
