/** Google Consent Mode: what the page commands, what its hits say, and what the person chose. */
import { describe, expect, test } from 'vitest';
import type { Audit } from '../../lib/model/audit.ts';
import { ownFile } from '../site/exchange.ts';
import { auditPages, found, html, pages, shopPolicy } from './audit-of.ts';

const told = (audit: Audit): string[] => audit.consent.map(({ state, source }) => `${state} (${source})`);
/** Every choice begins with the person's own act. */
const acts = (audit: Audit): (string | undefined)[] =>
  audit.consent.filter(({ byUser }) => byUser).map((entry) => audit.observations.find(({ id }) => id === entry.observations[0])?.kind);

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
      <script>new PerformanceObserver((list, observer) => {
        if (!list.getEntries().some(({ name }) => name.includes('/g/collect'))) return;
        observer.disconnect();
        ${DENIED}
      }).observe({ type: 'resource', buffered: true });</script>`;
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
      addEventListener('load', () => fetch('/loaded').then(() => { document.cookie = 'seen=' + encodeURIComponent(seen()) + '; Secure'; localStorage.setItem('seen', seen()); document.title = seen(); fetch('/said?' + encodeURIComponent(seen())); }));</script>`;
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
