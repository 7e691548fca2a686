import { describe, expect, it } from 'vitest';
import { runInPage, secondsAsked } from './page.ts';
import type { Beginning, Page } from './page.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const SECOND = NOW / 1000;
const DAY = 86400;
const lineOf = (page: Page, name: string) => page.written.find((line) => line.startsWith(`${name}=`));

describe('the counter of Yandex.Metrica', () => {
  const run = (beginning: Partial<Beginning> = {}, options: Record<string, unknown> = {}) =>
    runInPage('yandex/tag.js', {
      now: NOW,
      ...beginning,
      window: { ym: { a: [[98765432, 'init', options]] }, ...beginning.window },
    });
  const browserInfo = (page: Page) =>
    page.requests.find(({ url }) => url.pathname === '/watch/98765432')?.url.searchParams.get('browser-info');

  it('makes an identifier of the second and a random number, and keeps it for a year and without end', () => {
    const page = run();
    const uid = page.cookies.get('_ym_uid');
    expect(uid).toMatch(new RegExp(`^${SECOND}\\d{7,9}$`));
    expect(page.cookies.get('_ym_d')).toBe(String(SECOND));
    for (const name of ['_ym_uid', '_ym_d']) expect(secondsAsked(lineOf(page, name), NOW)).toBe(365 * DAY);
    expect(secondsAsked(lineOf(page, '_ym_isad'), NOW)).toBe(2 * DAY);
    expect(lineOf(page, '_ym_uid')).toMatch(/domain=\.send-box\.com;path=\/;SameSite=None;Secure$/);
    expect(page.localStorage.get('_ym_uid')).toBe(JSON.stringify(uid));
    expect(browserInfo(page)).toContain(`:u:${uid}:`);
  });

  it('brings a deleted identifier back from the local storage, and says so', () => {
    const page = run({ localStorage: { _ym_uid: '"1700000000123456789"' } });
    expect(page.cookies.get('_ym_uid')).toBe('1700000000123456789');
    expect(page.cookies.get('_ym_d')).toBe(String(SECOND));
    expect(page.requests[0]?.url.searchParams.get('t')).toContain('re(1)');
  });

  it('renews the pair when it is older than 182.5 days, not before', () => {
    const visit = (age: number) => run({ cookies: { _ym_uid: '1700000000123456789', _ym_d: String(SECOND - age) } });
    expect(lineOf(visit(182.5 * DAY), '_ym_uid')).toBeUndefined();
    expect(lineOf(visit(182.5 * DAY + 1), '_ym_uid')).toMatch(/^_ym_uid=1700000000123456789;/);
  });

  it('writes and expires its probe cookie in one turn', () => {
    const page = run();
    expect(page.written.filter((line) => line.startsWith('metrika_enabled='))).toHaveLength(2);
    expect(page.cookies.has('metrika_enabled')).toBe(false);
  });

  it('records the visit for half an hour only when asked to', () => {
    expect(secondsAsked(lineOf(run({}, { webvisor: true }), '_ym_visorc'), NOW)).toBe(1800);
    expect(lineOf(run(), '_ym_visorc')).toBeUndefined();
    const page = run({}, { webvisor: true });
    page.fire('pagehide');
    expect(page.requests.at(-1)).toMatchObject({ transport: 'beacon', url: { pathname: '/webvisor/98765432' } });
  });

  it('stays out of the local storage when told to', () => {
    expect([...run({}, { localStorage: false }).localStorage]).toEqual([]);
  });

  it('does nothing when it is switched off', () => {
    const page = run({ window: { disableYaCounter98765432: true } });
    expect([page.written, page.requests]).toEqual([[], []]);
  });
});

describe("Google's tag", () => {
  const ID = 'G-SB7K2M4QXT';
  const run = (commands: unknown[][], beginning: Partial<Beginning> = {}) =>
    runInPage('google/gtag.js', { now: NOW, ...beginning, window: { dataLayer: commands, ...beginning.window } });

  it('writes both cookies for 730 days, with the second of the first visit, and sends the client', () => {
    const page = run([['config', ID]]);
    const ga = page.cookies.get('_ga') ?? '';
    expect(ga).toMatch(new RegExp(`^GA1\\.1\\.\\d+\\.${SECOND}$`));
    expect(page.cookies.get('_ga_SB7K2M4QXT')).toBe(`GS2.1.s${SECOND}$o1$g0$t${SECOND}$j60$l0$h0`);
    for (const name of ['_ga', '_ga_SB7K2M4QXT']) expect(secondsAsked(lineOf(page, name), NOW)).toBe(730 * DAY);
    const { url, transport } = page.requests[0] ?? {};
    expect([transport, url?.hostname, url?.pathname]).toEqual(['fetch', 'www.google-analytics.com', '/g/collect']);
    expect(Object.fromEntries(url?.searchParams ?? [])).toMatchObject({
      v: '2',
      tid: ID,
      cid: ga.slice('GA1.1.'.length),
      sid: String(SECOND),
      sr: '1280x900',
      ul: 'kk-kz',
      en: 'page_view',
      _fv: '1',
      gcd: '13l3l3l3l1l1',
    });
    expect(url?.searchParams.has('gcs')).toBe(false);
  });

  const earlier = { _ga: `GA1.1.123.${SECOND - 100 * DAY}`, _ga_SB7K2M4QXT: `GS2.1.s${SECOND - 60}$o3$g1$t${SECOND - 60}$j60$l0$h0` };

  it('renews on each visit, keeping client and session', () => {
    const page = run([['config', ID]], { cookies: earlier });
    expect(page.cookies.get('_ga')).toBe(earlier._ga);
    expect(secondsAsked(lineOf(page, '_ga'), NOW)).toBe(730 * DAY);
    expect(page.cookies.get('_ga_SB7K2M4QXT')).toMatch(new RegExp(`^GS2\\.1\\.s${SECOND - 60}\\$o3\\$`));
  });

  it('counts from the first visit without cookie_update', () => {
    const page = run([['config', ID, { cookie_update: false }]], { cookies: earlier });
    expect(lineOf(page, '_ga')).toBeUndefined();
    expect(secondsAsked(lineOf(page, '_ga_SB7K2M4QXT'), NOW)).toBe(630 * DAY);
  });

  it('writes its deletion with two `expires`, of which the last one counts', () => {
    const page = run([['config', ID, { clean_other_paths: true, cookie_expires: 761 * DAY }]]);
    const line = page.written.find((text) => text.startsWith('_ga_SB7K2M4QXT=deleted'));
    expect(line).toMatch(/^_ga_SB7K2M4QXT=deleted; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=\/; expires=/);
    expect(secondsAsked(line, NOW)).toBe(761 * DAY);
  });

  it('sends without cookies where analytics are denied, and tells the consent in gcs and gcd', () => {
    const denied = { ad_storage: 'denied', analytics_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied' };
    const refused = run([
      ['consent', 'default', denied],
      ['config', ID],
    ]);
    expect(refused.written).toEqual([]);
    expect(refused.requests[0]?.url.searchParams.get('gcs')).toBe('G100');
    const granted = run([
      ['consent', 'default', denied],
      ['consent', 'update', { analytics_storage: 'granted' }],
      ['config', ID],
    ]);
    expect(granted.requests[0]?.url.searchParams.get('gcs')).toBe('G101');
    expect(granted.requests[0]?.url.searchParams.get('gcd')).toBe('13p3r3p3p5l1');
    expect(granted.cookies.has('_ga')).toBe(true);
  });

  it('writes its session again while the page goes, unless it is switched off', () => {
    const page = run([['config', ID]]);
    page.cookies.clear();
    page.fire('pagehide');
    expect(page.cookies.has('_ga_SB7K2M4QXT')).toBe(true);
    expect(page.requests.at(-1)).toMatchObject({ transport: 'beacon', url: { hostname: 'region1.google-analytics.com' } });
    const off = run([['config', ID]], { window: { [`ga-disable-${ID}`]: true } });
    off.fire('pagehide');
    expect([off.written, off.requests]).toEqual([[], []]);
  });
});

describe('the marketing pixels', () => {
  it('TikTok: 389 days', () => {
    const page = runInPage('tiktok/events.js', { now: NOW, src: 'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=C9' });
    expect(lineOf(page, '_ttp')).toMatch(/^_ttp=[\w-]{27}; Max-Age=33609600; /);
    expect(page.requests[0]?.body).toContain(page.cookies.get('_ttp'));
  });

  it('Meta: _fbp for 90 days, in the address of its image', () => {
    const page = runInPage('meta/fbevents.js', {
      now: NOW,
      window: {
        fbq: {
          queue: [
            ['init', '1'],
            ['track', 'PageView'],
          ],
        },
      },
    });
    expect(page.cookies.get('_fbp')).toMatch(new RegExp(`^fb\\.1\\.${NOW}\\.\\d+$`));
    expect(secondsAsked(lineOf(page, '_fbp'), NOW)).toBe(90 * DAY);
    expect(page.requests[0]?.url.searchParams.get('fbp')).toBe(page.cookies.get('_fbp'));
  });

  it('Top.Mail.ru: brings its visitor back from the local storage', () => {
    const lvid = '0123456789abcdef0123456789abcdef';
    const page = runInPage('mail-ru/code.js', {
      now: NOW,
      localStorage: { tmr_lvid: lvid },
      window: { _tmr: [{ id: '3456789', type: 'pageView' }] },
    });
    expect(page.cookies.get('tmr_lvid')).toBe(lvid);
    expect(page.requests[0]?.url.search).toContain(`lvid=${lvid}`);
  });
});
