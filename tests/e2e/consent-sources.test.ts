/** What consent platforms say of themselves by the IAB's own API; and whether a choice is kept. */
import { describe, expect, test } from 'vitest';
import type { Audit } from '../../lib/model/audit.ts';
import { packageFile, type Answer, type Question } from '../site/exchange.ts';
import { acts, auditPages, found, html, pages, shopPolicy, told } from './audit-of.ts';

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
