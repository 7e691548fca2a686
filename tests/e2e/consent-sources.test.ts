/** What consent platforms say of themselves: the IAB's own API, Google Consent Mode, Klaro. */
import { describe, expect, test } from 'vitest';
import type { Audit } from '../../lib/model/audit.ts';
import { file, ownFile, packageFile, type Answer, type Question } from '../site/exchange.ts';
import { auditPages, found, html, pages, shopPolicy } from './audit-of.ts';

const told = (audit: Audit): string[] => audit.consent.map(({ state, source }) => `${state} (${source})`);
/** Every choice begins with the person's own act. */
const acts = (audit: Audit): (string | undefined)[] =>
  audit.consent.filter(({ byUser }) => byUser).map((entry) => audit.observations.find(({ id }) => id === entry.observations[0])?.kind);
const signals = (audit: Audit, source: string): string[] =>
  audit.observations.filter(({ signal }) => signal?.source === source).map(({ name }) => name ?? '');

describe('TCF', () => {
  /** A small platform on the IAB's stub and API; `settings` changes what it does at the start. */
  const platform = (settings: string): string => `
<script src="/iab/stub.js"></script>
<div id="dialog" hidden><button id="agree">Принять все</button><button id="refuse">Отклонить все</button><button id="some">→</button></div>
<button id="reopen">Настройки cookie</button>
<script type="importmap">{ "imports": { "@iabtechlabtcf/core": "/iab/core/index.js" } }</script>
<script type="module">
  import { CmpApi } from '/iab/cmpapi/index.js';
  import { Segment, SegmentEncoder, TCModel } from '@iabtechlabtcf/core';
  const settings = { remembers: true, presumes: false, ...${settings} };
  const api = new CmpApi(31, 1, true);
  const dialog = document.getElementById('dialog');
  const encode = (purposes) => {
    const model = new TCModel();
    Object.assign(model, { version: 2, cmpId: 31, cmpVersion: 1, consentLanguage: 'RU', vendorListVersion: 150, policyVersion: 5, isServiceSpecific: true });
    model.purposeConsents.set(purposes);
    model.purposeLegitimateInterests.set([2, 7, 9, 10]);
    return [Segment.CORE, Segment.VENDORS_DISCLOSED].map((segment) => SegmentEncoder.encode(model, segment)).join('.');
  };
  const stored = document.cookie.match(/euconsent-v2=([^;]+)/)?.[1];
  const run = (purposes) => { if (purposes.includes(8)) fetch('https://www.google-analytics.com/g/collect?v=2&tid=G-TEST', { method: 'POST', mode: 'no-cors' }); };
  let now = stored ?? '';
  const choose = (purposes) => {
    now = encode(purposes);
    document.cookie = 'euconsent-v2=' + now + '; Path=/; Secure' + (settings.remembers ? '; Max-Age=31536000' : '; Max-Age=1');
    dialog.hidden = true;
    api.update(now, false);
    run(purposes);
  };
  document.getElementById('agree').onclick = () => choose([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  document.getElementById('refuse').onclick = () => choose([]);
  document.getElementById('some').onclick = () => choose([1, 8, 9]);
  document.getElementById('reopen').onclick = () => { dialog.hidden = false; api.update(now, true); };
  if (settings.presumes) api.update(encode([1, 2, 3, 4, 7, 8]), false);
  else if (stored) api.update(stored, false);
  else { dialog.hidden = false; api.update('', true); }
</script>`;

  const host =
    (settings = '{}') =>
    (question: Question): Answer => {
      const { hostname, pathname } = question.url;
      if (hostname !== 'shop.test') return { status: 200, type: 'text/plain', body: '' };
      if (pathname === '/') return html(platform(settings));
      if (pathname === '/iab/stub.js') return packageFile('@iabtechlabtcf/stub/lib/stub.js');
      const [, library, path] = /^\/iab\/(core|cmpapi)\/([\w./-]+\.js)$/.exec(pathname) ?? [];
      if (!library || !path || path.includes('..')) return { status: 404, type: 'text/plain', body: '' };
      return packageFile(`@iabtechlabtcf/${library}/lib/mjs/${path}`);
    };

  test('a partial choice that a reload keeps, its withdrawal, a refusal, an acceptance', async () => {
    const { audit } = await auditPages(
      host(),
      [
        { visit: '/' },
        { click: '#some' },
        { reload: true },
        { click: '#reopen' },
        { click: '#refuse' },
        { reload: true },
        { fresh: true },
        { visit: '/' },
        { click: '#refuse' },
        { fresh: true },
        { visit: '/' },
        { click: '#agree' },
      ],
      shopPolicy(),
    );
    expect(told(audit)).toEqual([
      'before-choice (start)',
      'partial (tcf)',
      'withdrawn (tcf)',
      'before-choice (start)',
      'rejected (tcf)',
      'before-choice (start)',
      'accepted (tcf)',
    ]);
    expect(audit.consent[1]?.categories).toEqual({ mandatory: true, functional: false, analytical: true, marketing: false });
    expect(acts(audit)).toEqual(['control', 'control', 'control', 'control']);
    expect(signals(audit, 'tcf')).toEqual([
      'cmpuishown',
      'useractioncomplete',
      'tcloaded',
      'cmpuishown',
      'useractioncomplete',
      'tcloaded',
      'cmpuishown',
      'useractioncomplete',
      'cmpuishown',
      'useractioncomplete',
    ]);
    const chosen = audit.observations.find(({ name }) => name === 'useractioncomplete')?.signal;
    expect(chosen?.tcf).toMatchObject({
      cmpId: 31,
      policyVersion: 5,
      gdprApplies: true,
      legitimateInterests: [2, 7, 9, 10],
      disclosesVendors: true,
    });
    expect(
      audit.observations.filter(({ request }) => request?.url === 'https://www.google-analytics.com/g/collect').map(({ phase }) => phase),
    ).toEqual(['partial', 'accepted']);
    for (const rule of ['consent-presumed', 'choice-not-kept', 'request-before-choice', 'category-leak'])
      expect(found(audit, rule), rule).toEqual([]);
  });

  test('purposes that nobody chose; a record that is gone on the next visit', async () => {
    const presumed = await auditPages(host('{ presumes: true }'), [{ visit: '/' }], shopPolicy());
    expect(found(presumed.audit, 'consent-presumed')).toMatchObject([
      { outcome: 'fail', level: 'error', name: 'tcloaded', host: 'shop.test', clauses: ['7'], arguments: { what: '1, 2, 3, 4, 7, 8' } },
    ]);
    const forgetful = await auditPages(
      host('{ remembers: false }'),
      [{ visit: '/' }, { click: '#refuse' }, { wait: 1500 }, { reload: true }],
      shopPolicy(),
    );
    expect(told(forgetful.audit)).toEqual(['before-choice (start)', 'rejected (tcf)']);
    expect(found(forgetful.audit, 'choice-not-kept')).toMatchObject([{ outcome: 'fail', level: 'warning', name: 'cmpuishown' }]);
  });
});

describe('Google Consent Mode', () => {
  const tag = (query = 'id=G-TEST'): string => `<script async src="https://www.googletagmanager.com/gtag/js?${query}"></script>`;
  const GTAG = `window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }`;
  const DENIED = `gtag('consent', 'default', { ad_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied', analytics_storage: 'denied', wait_for_update: 500 });`;
  const START = `gtag('js', new Date()); gtag('config', 'G-TEST');`;
  const shop = (body: string) => pages({ 'shop.test/': html(body), 'www.googletagmanager.com/gtag/js': ownFile('google/gtag.js') });

  test('advanced: pings before the choice; an update by the click is the choice, and its hits say so', async () => {
    const page = `<script>${GTAG} ${DENIED} ${START}</script>${tag()}<button id="ok">→</button>
      <script>document.getElementById('ok').onclick = () => { gtag('consent', 'update', { analytics_storage: 'granted', ad_storage: 'denied' }); gtag('event', 'chosen'); };</script>`;
    const { audit } = await auditPages(shop(page), [{ visit: '/' }, { click: '#ok' }], shopPolicy());
    expect(told(audit)).toEqual(['before-choice (start)', 'partial (consent-mode)']);
    expect(audit.consent[1]?.categories).toMatchObject({ analytical: true, marketing: false });
    expect(acts(audit)).toEqual(['control']);
    const hits = audit.observations.filter(({ request }) => request?.protocol === 'ga4');
    expect(hits.map(({ phase, request }) => [phase, request?.consentMode?.gcs])).toEqual([
      ['before-choice', { ad_storage: 'denied', analytics_storage: 'denied' }],
      ['partial', { ad_storage: 'denied', analytics_storage: 'granted' }],
    ]);
    expect(hits[1]?.request?.consentMode?.gcd?.signals.analytics_storage).toMatchObject({
      default: 'denied',
      update: 'granted',
      behaves: 'granted',
    });
    expect(found(audit, 'consent-mode-contradiction')).toMatchObject([
      { outcome: 'fail', level: 'warning', host: 'www.google-analytics.com', messageId: 'finding_consent_mode_contradiction_ping' },
    ]);
    expect(found(audit, 'consent-presumed')).toEqual([]);
  });

  test('granted by the page alone, and against a refusal', async () => {
    const page = `<script>${GTAG} gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'granted' }); ${START}</script>${tag()}
      <button id="no">Отклонить все</button>
      <script>document.getElementById('no').onclick = () => { localStorage.setItem('sb7', 'B'); gtag('consent', 'update', { ad_storage: 'granted', analytics_storage: 'granted' }); gtag('event', 'refused'); };</script>`;
    const { audit } = await auditPages(shop(page), [{ visit: '/' }, { click: '#no' }], shopPolicy());
    expect(told(audit)).toEqual(['before-choice (start)', 'rejected (click)']);
    expect(found(audit, 'consent-presumed').map(({ name, host, outcome }) => [name, host, outcome])).toEqual([
      ['default', 'shop.test', 'fail'],
      [null, 'www.google-analytics.com', 'fail'],
    ]);
    expect(found(audit, 'consent-mode-contradiction').map(({ name, host, messageId }) => [name, host, messageId])).toEqual([
      [null, 'region1.google-analytics.com', 'finding_consent_mode_contradiction_hit'],
      ['update', 'shop.test', 'finding_consent_mode_contradiction_update'],
      [null, 'www.google-analytics.com', 'finding_consent_mode_contradiction_hit'],
    ]);
  });

  test('a hit before the default, in a layer of another name and with a push that was replaced', async () => {
    const early = `<script>${GTAG} ${START}</script><script src="https://www.googletagmanager.com/gtag/js?id=G-TEST"></script>
      <script>setTimeout(() => { ${DENIED} }, 300);</script>`;
    const { audit } = await auditPages(shop(early), [{ visit: '/' }], shopPolicy());
    expect(found(audit, 'consent-mode-contradiction')).toMatchObject([
      { outcome: 'fail', level: 'error', messageId: 'finding_consent_mode_contradiction_early' },
    ]);
    const renamed = `<script>window.own = []; function gtag() { own.push(arguments); } gtag('consent', 'default', { analytics_storage: 'granted', region: ['KZ-75'] });
      own.push(['consent', 'default', { ad_storage: 'granted' }]);</script>${tag('id=G-TEST&l=own')}
      <script>addEventListener('load', () => { own.push = function (...all) { return Array.prototype.push.apply(this, all); }; gtag('consent', 'update', { analytics_storage: 'denied' }); });</script>`;
    const other = await auditPages(shop(renamed), [{ visit: '/' }, { wait: 2500 }], shopPolicy());
    expect(
      other.audit.observations
        .filter(({ signal }) => signal?.source === 'consent-mode')
        .map(({ name, signal }) => [name, signal?.categories, signal?.consentMode]),
    ).toEqual([
      ['default', { analytics_storage: true }, { regions: ['KZ-75'], found: true }],
      ['update', { analytics_storage: false }, { regions: [], found: true }],
    ]);
    expect(found(other.audit, 'consent-presumed')).toMatchObject([{ outcome: 'unsure', name: 'default' }]);
  });

  test('the page sees its own layer as it left it', async () => {
    const page = `<script>${GTAG} ${DENIED}</script><script>
      window.seen = () => [dataLayer.length, Object.keys(dataLayer).join(), JSON.stringify(dataLayer.push('x')), Array.isArray(dataLayer), Function.prototype.toString.call(dataLayer.push).includes('native code'), dataLayer.push.name].join('|');
      addEventListener('load', () => setTimeout(() => { document.cookie = 'seen=' + encodeURIComponent(seen()) + '; Secure'; localStorage.setItem('seen', seen()); document.title = seen(); fetch('/said?' + encodeURIComponent(seen())); }, 400));</script>`;
    let said = '';
    await auditPages(
      pages({
        'shop.test/': html(page),
        'shop.test/said': ({ url }) => {
          said = decodeURIComponent(url.search.slice(1));
          return { status: 200, type: 'text/plain', body: '' };
        },
      }),
      [{ visit: '/' }],
      shopPolicy(),
    );
    expect(said).toBe('4|0,1,2,3|5|true|true|push');
  });
});

describe('Klaro', () => {
  const KLARO = `
<script>
  const call = (service) => () => { fetch('https://' + service + '.tracker.test/hit', { method: 'POST', mode: 'no-cors', body: 'x' }); };
  window.klaroConfig = { lang: 'ru', mustConsent: true, acceptAll: true,
    translations: { ru: { privacyPolicyUrl: '/privacy' } },
    services: [
      { name: 'session', purposes: ['security'], required: true },
      { name: 'counter', purposes: ['analytics'], onAccept: call('counter') },
      { name: 'pixel', purposes: ['marketing'], onAccept: call('pixel') },
      { name: 'letters', purposes: ['functional'], onAccept: call('letters') },
    ] };
</script>
<script src="/klaro.js"></script><button id="again" onclick="klaro.show()">Настройки cookie</button>`;
  const host = pages({ 'shop.test/': html(KLARO), 'shop.test/klaro.js': file('node_modules/klaro/dist/klaro.js') });

  test('accepted, refused, partial by purposes, kept over a reload, and withdrawn', async () => {
    const { audit } = await auditPages(
      host,
      [
        { visit: '/' },
        { click: '.cm-btn-accept-all' },
        { fresh: true },
        { visit: '/' },
        { click: '.cn-decline' },
        { fresh: true },
        { visit: '/' },
        { click: 'label[for="purpose-item-analytics"]' },
        { click: '.cm-btn-accept' },
        { reload: true },
        { click: '#again' },
        { click: 'label[for="purpose-item-analytics"]' },
        { click: '.cm-btn-accept' },
        { reload: true },
      ],
      shopPolicy(),
    );
    expect(told(audit)).toEqual([
      'before-choice (start)',
      'accepted (cmp:klaro)',
      'before-choice (start)',
      'rejected (cmp:klaro)',
      'before-choice (start)',
      'partial (cmp:klaro)',
      'withdrawn (cmp:klaro)',
    ]);
    expect(audit.consent[1]?.categories).toEqual({ mandatory: true, functional: true, analytical: true, marketing: true });
    expect(audit.consent[5]?.categories).toEqual({ mandatory: true, functional: false, analytical: true, marketing: false });
    expect(acts(audit)).toEqual(['control', 'control', 'control', 'control']);
    const calls = audit.observations.filter(({ request }) => request?.url.endsWith('.tracker.test/hit'));
    expect(calls.map(({ host: name, phase }) => [name.split('.')[0], phase])).toEqual([
      ['counter', 'accepted'],
      ['pixel', 'accepted'],
      ['letters', 'accepted'],
      ['counter', 'partial'],
      ['counter', 'partial'],
    ]);
    for (const rule of ['consent-presumed', 'choice-not-kept', 'request-before-choice', 'active-after-withdrawal'])
      expect(found(audit, rule), rule).toEqual([]);
  });
});

describe("a banner of the site's own", () => {
  const banner = (life: string): string => `
    <div id="banner"><button id="yes">Принять все</button><button id="no">Отклонить все</button></div>
    <script>
      const banner = document.getElementById('banner');
      banner.hidden = document.cookie.includes('cookie_choice=');
      const choose = (value) => { document.cookie = 'cookie_choice=' + value + '; Path=/; Secure${life}'; banner.hidden = true; };
      document.getElementById('yes').onclick = () => choose('yes');
      document.getElementById('no').onclick = () => choose('no');
    </script>`;
  const steps = [{ visit: '/' }, { click: '#no' }, { reload: true }, { restart: true }, { visit: '/' }];

  test('that keeps the choice in a session cookie loses it with the browser, not with a reload', async () => {
    const { audit } = await auditPages(pages({ 'shop.test/': html(banner('')) }), steps, shopPolicy());
    const [record] = audit.observations.filter(({ name, action }) => name === 'cookie_choice' && action === 'set');
    const [finding, ...others] = found(audit, 'choice-not-kept');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ outcome: 'fail', level: 'warning', name: 'cookie_choice', messageId: 'finding_choice_not_kept_gone' });
    expect(finding?.observations).toContain(record?.id);
    // What proves it was seen after the restart.
    const proof = audit.observations.filter(({ id }) => finding?.observations.includes(id)).at(-1);
    expect(audit.run.visits.find(({ id }) => id === proof?.visit)?.reason).not.toBe('reload');
  });

  test('that keeps it in a dated cookie keeps it', async () => {
    const { audit } = await auditPages(pages({ 'shop.test/': html(banner('; Max-Age=15552000')) }), steps, shopPolicy());
    expect(audit.consent.map(({ state }) => state)).toEqual(['before-choice', 'rejected']);
    expect(found(audit, 'choice-not-kept')).toEqual([]);
  });
});
