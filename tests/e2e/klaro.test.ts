/** Klaro 0.7 (https://klaro.org), driven by clicks alone. */
import { expect, test } from 'vitest';
import { file, type Host } from '../site/exchange.ts';
import { acts, auditPages, found, html, pages, shopPolicy, told } from './audit-of.ts';

/** @param options of Klaro's configuration, beside the services */
const klaro = (options: string): string => `
<script>
const call = (service) => () => { fetch('https://' + service + '.tracker.test/hit', { method: 'POST', mode: 'no-cors', body: 'x' }); };
window.klaroConfig = { lang: 'ru', mustConsent: true, ${options} acceptAll: true,
  translations: { ru: { privacyPolicyUrl: '/privacy' } },
  services: [
    { name: 'session', purposes: ['security'], required: true },
    { name: 'counter', purposes: ['analytics'], onAccept: call('counter') },
    { name: 'pixel', purposes: ['marketing'], onAccept: call('pixel') },
    { name: 'letters', purposes: ['functional'], onAccept: call('letters') },
  ] };
</script>
<script src="/klaro.js"></script><button id="again" onclick="klaro.show()">Настройки cookie</button>`;
const host = (options = ''): Host =>
  pages({ 'shop.test/': html(klaro(options)), 'shop.test/klaro.js': file('node_modules/klaro/dist/klaro.js') });

test('accepted, refused, partial by purposes, kept over a reload, and withdrawn', async () => {
  const { audit } = await auditPages(
    host(),
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

test('"accept selected" with nothing ticked is a refusal, also where the record is in localStorage', async () => {
  const { audit } = await auditPages(
    host("storageMethod: 'localStorage',"),
    [{ visit: '/' }, { click: '.cm-btn-accept' }, { reload: true }],
    shopPolicy(),
  );
  expect(told(audit)).toEqual(['before-choice (start)', 'rejected (cmp:klaro)']);
  expect(audit.observations.filter(({ request }) => request?.url.endsWith('.tracker.test/hit'))).toEqual([]);
});
