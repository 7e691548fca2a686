/** Consent platforms of other makes, driven by clicks alone. */
import { expect, test } from 'vitest';
import { file, type Answer, type Question } from '../site/exchange.ts';
import { auditPages, found, html, pages, script, seen, shopPolicy } from './audit-of.ts';

/** A banner of a site's own making: its record has a name that says nothing. */
const OWN = `
<div id="banner"><p>Мы используем cookie</p><button id="yes">Принять все</button><button id="no">Только необходимые</button><button id="more">Настройки</button></div>
<button id="undo">Отозвать согласие</button>
<script>
  const load = () => { const s = document.createElement('script'); s.src = '/counter.js'; document.head.append(s); };
  const save = (value) => { localStorage.setItem('sb7', value); document.getElementById('banner').hidden = true; };
  if (localStorage.getItem('sb7') === 'A') load();
  document.getElementById('yes').onclick = () => { save('A'); load(); };
  document.getElementById('no').onclick = () => save('B');
  document.getElementById('more').onclick = () => { document.cookie = '_ga=GA1.1.1111111111.1700000000; secure'; };
  document.getElementById('undo').onclick = () => { save('C'); };
</script>`;
const COUNTER = `document.cookie = '_ym_uid=17000000001234567; secure; max-age=1000'; new Image().src = 'https://mc.yandex.ru/watch/1?browser-info=u:17000000001234567';`;

test("a banner of the site's own: accept and withdraw by words; settings are no choice", async () => {
  const { audit } = await auditPages(
    pages({ 'shop.test/': html(OWN), 'shop.test/counter.js': script(COUNTER) }),
    [{ visit: '/' }, { click: '#more' }, { click: '#yes' }, { click: '#undo' }, { reload: true }],
    shopPolicy(),
  );
  expect(audit.consent.map(({ state, source }) => [state, source])).toEqual([
    ['before-choice', 'start'],
    ['accepted', 'click'],
    ['withdrawn', 'click'],
  ]);
  expect(found(audit, 'stored-before-choice', '_ga')).toHaveLength(1);
  expect(found(audit, 'stored-before-choice', '_ym_uid')).toEqual([]);
  expect(found(audit, 'left-after-withdrawal', '_ym_uid')).toHaveLength(1);
  expect(found(audit, 'identifier-sent-after-withdrawal', '_ym_uid').map(({ host }) => host)).toContain('shop.test');
});

test('words without any record: nobody can tell', async () => {
  const page = `<button id="yes">Келісемін</button><script>document.getElementById('yes').onclick = () => { setTimeout(() => fetch('https://mc.yandex.ru/watch/1?x=1', { mode: 'no-cors' }), 50); };</script>`;
  const { audit, code } = await auditPages(pages({ 'shop.test/': html(page) }), [{ visit: '/' }, { click: '#yes' }], shopPolicy());
  expect(audit.consent.map(({ state }) => state)).toEqual(['before-choice', 'unknown']);
  expect(found(audit, 'request-before-choice')).toMatchObject([{ outcome: 'unsure', host: 'mc.yandex.ru' }]);
  // An undeclared known tracker is an error whatever was chosen.
  expect(found(audit, 'undeclared-recipient')).toMatchObject([{ outcome: 'fail', level: 'error' }]);
  expect(code).toBe(1);
});

test('a mark says what a click meant where the page gives no sign, and the same page is judged after it', async () => {
  const page = `<button id="x">→</button><script>document.getElementById('x').onclick = () => { fetch('https://www.google-analytics.com/g/collect?v=2&tid=G-TEST', { method: 'POST', mode: 'no-cors' }); };</script>`;
  const { audit, code } = await auditPages(
    pages({ 'shop.test/': html(page) }),
    [{ visit: '/' }, { click: '#x', mark: 'accepted' }],
    shopPolicy(),
  );
  expect(audit.consent.map(({ state, source }) => [state, source])).toEqual([
    ['before-choice', 'start'],
    ['accepted', 'mark'],
  ]);
  expect(found(audit, 'request-before-choice')).toEqual([]);
  expect(audit.summary.verdict).toBe('pass');
  expect(code).toBe(0);
});

const TRACKER = "document.cookie = '_ga=GA1.1.1234567890.1700000000; Secure; Max-Age=63072000'";
const LOADER =
  "const s = document.createElement('script'); s.src = 'https://www.google-analytics.com/analytics.js'; document.head.append(s);";

const TARTEAUCITRON = `<body><script src="/tac/tarteaucitron.js"></script><script>
  tarteaucitron.init({ privacyUrl: '', orientation: 'middle', cookieslist: false, adblocker: false, DenyAllCta: true, AcceptAllCta: true, highPrivacy: true, mandatory: true, useExternalCss: false, googleConsentMode: false });
  tarteaucitron.services.counter = { key: 'counter', type: 'analytic', name: 'counter', uri: '', needConsent: true, cookies: [], js() { ${LOADER} } };
  (tarteaucitron.job = tarteaucitron.job || []).push('counter');
</script>`;

const OREJIME = `<body><script>window.orejimeConfig = { purposes: [{ id: 'analytics', title: 'Analytics', cookies: ['_ga'] }, { id: 'ads', title: 'Ads' }], privacyPolicyUrl: '/p' };</script>
<script src="/orejime/orejime-standard-en.js"></script><template data-purpose="analytics"><script src="https://www.google-analytics.com/analytics.js"></script></template>`;

const OSANO = `<body><script src="/osano/cookieconsent.min.js"></script><script>
  const load = () => { ${LOADER} };
  cookieconsent.initialise({ type: 'opt-in', palette: { popup: { background: '#000' } }, onStatusChange() { if (this.hasConsented()) load(); }, onInitialise() { if (this.hasConsented()) load(); } });
</script>`;

const MAKES: [string, string, string, string, string][] = [
  ['tarteaucitron', TARTEAUCITRON, 'tarteaucitronjs', '#tarteaucitronAllDenied2', '#tarteaucitronPersonalize2'],
  ['Orejime', OREJIME, 'orejime/dist', '.orejime-Button--decline', '.orejime-Button--save'],
  ['Osano cookieconsent', OSANO, 'cookieconsent/build', '.cc-deny', '.cc-allow'],
];

test.each(MAKES)('%s: refused, then accepted in a new profile, by clicks alone', async (_make, page, folder, refuse, accept) => {
  const host = (question: Question): Answer => {
    const { hostname, pathname } = question.url;
    if (hostname === 'www.google-analytics.com') return script(TRACKER);
    if (pathname === '/') return html(page);
    const path = /^\/(?:tac|orejime|osano)\/([\w./-]+)$/.exec(pathname)?.[1];
    if (!path || path.includes('..')) return { status: 404, type: 'text/plain', body: '' };
    return file(`node_modules/${folder}/${path}`);
  };
  const { audit } = await auditPages(
    host,
    [{ visit: '/' }, { click: refuse }, { reload: true }, { fresh: true }, { visit: '/' }, { click: accept }, { reload: true }],
    shopPolicy(),
  );
  expect(audit.consent.map(({ state }) => state)).toEqual(['before-choice', 'rejected', 'before-choice', 'accepted']);
  for (const rule of ['stored-before-choice', 'request-before-choice', 'choice-ignored']) expect(found(audit, rule), rule).toEqual([]);
  expect(seen(audit, 'cookie', '_ga').map(({ phase }) => phase)).toEqual(['accepted', 'accepted']);
});
