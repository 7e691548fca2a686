/** Every step of the scenario format, and the conditions that a person sets. */
import { afterEach, expect, test } from 'vitest';
import { auditPages, found, html, pages, seen, shopPolicy } from './audit-of.ts';

afterEach(() => {
  delete process.env.CONSENT_AUDIT_TEST_NAME;
});

const FORM = `<body style="height:3000px">
<input id="name"><input id="tick" type="checkbox"><button id="go">Go</button><div id="host"></div><iframe src="https://frame.test/inner"></iframe>
<script>
  const log = (what) => localStorage.setItem('did-' + what, '1');
  document.getElementById('name').addEventListener('input', (event) => log('fill-' + event.target.value));
  document.getElementById('tick').addEventListener('change', () => log('check'));
  document.getElementById('go').addEventListener('mouseenter', () => log('hover'));
  document.getElementById('go').addEventListener('click', (event) => log(event.isTrusted ? 'click' : 'fake'));
  addEventListener('mousemove', (event) => { if (event.clientX === 5) log('move'); });
  addEventListener('scroll', () => log('scroll'));
  addEventListener('keydown', (event) => log('press-' + event.key));
  const root = document.getElementById('host').attachShadow({ mode: 'open' });
  root.innerHTML = '<button class="inner">in</button>';
  root.querySelector('.inner').onclick = () => log('shadow');
  addEventListener('message', () => log('frame'));
  log('load-' + (sessionStorage.tab ? 'again' : 'first'));
  sessionStorage.tab = 1;
  document.cookie = 'session=1; Secure'; document.cookie = 'lasting=1; Secure; Max-Age=1000';
</script>`;

test('every step does what a person would', async () => {
  process.env.CONSENT_AUDIT_TEST_NAME = 'anna';
  const host = pages({
    'shop.test/': html(FORM),
    'shop.test/cookies': (question) =>
      html(
        `<script>localStorage.setItem('sent-' + ${JSON.stringify([...question.cookies.keys()].sort().join('+') || 'none')}, '1')</script>`,
      ),
    'frame.test/inner': html(
      `<button id="in">in</button><script>
        document.getElementById('in').onclick = () => parent.postMessage('x', '*');
        addEventListener('pagehide', () => { for (const end = performance.now() + 50; performance.now() < end;); localStorage.setItem('left-frame', '1'); });
      </script>`,
    ),
  });
  const { audit } = await auditPages(
    host,
    [
      { visit: '/' },
      { fill: { selector: '#name', env: 'CONSENT_AUDIT_TEST_NAME' } },
      { check: '#tick' },
      { hover: '#go' },
      { click: '#go' },
      { move: { x: 5, y: 400 } },
      { scroll: 200 },
      { press: 'Tab' },
      { click: '.inner' },
      { click: '#in', frame: 'frame.test/inner' },
      { click: { x: 700, y: 500 } },
      { wait: 50 },
      { reload: true },
      { restart: true },
      { visit: '/cookies' },
      { fresh: true },
      { visit: '/cookies' },
    ],
    shopPolicy(),
  );
  for (const what of ['fill-anna', 'check', 'hover', 'click', 'move', 'scroll', 'press-Tab', 'shadow', 'frame', 'load-first', 'load-again'])
    expect(seen(audit, 'localStorage', `did-${what}`).length, what).toBeGreaterThan(0);
  // Frames are heard out too, when the page is loaded anew and when the browser is ended.
  expect(seen(audit, 'localStorage', 'left-frame').map(({ mechanism }) => mechanism)).toEqual(['set-item', 'set-item']);
  // A session cookie ends with the browser, a lasting one does not, and a new profile has neither.
  expect(seen(audit, 'localStorage', 'sent-lasting')).toHaveLength(1);
  expect(seen(audit, 'localStorage', 'sent-none')).toHaveLength(1);
  expect(audit.run.visits.map(({ reason, profile, step }) => [reason, profile, step])).toEqual([
    ['visit', 1, 0],
    ['reload', 1, 12],
    ['restart', 1, 14],
    ['fresh', 2, 16],
  ]);
  expect(audit.gaps).toEqual([]);
});

const EMBEDDING = pages({
  'shop.test/': html('<body><iframe src="https://widget.test/"></iframe>'),
  'widget.test/': { ...html(''), setCookies: ['tp=1; Secure; SameSite=None; Max-Age=1000'] },
});

test('third-party cookies are allowed unless told otherwise, and a blocked one was never stored', async () => {
  const allowed = await auditPages(EMBEDDING, [{ visit: '/' }], shopPolicy());
  expect(seen(allowed.audit, 'cookie', 'tp')[0]).toMatchObject({ rejected: null, cookie: { granted: 1000 } });
  expect(found(allowed.audit, 'stored-before-choice', 'tp')).toHaveLength(1);
  const blocked = await auditPages(EMBEDDING, [{ visit: '/' }], shopPolicy(), undefined, [
    '--third-party-cookies',
    'block',
    '--viewport',
    'mobile',
  ]);
  expect(seen(blocked.audit, 'cookie', 'tp')[0]).toMatchObject({ rejected: 'not-stored', confirmed: 'header' });
  expect(found(blocked.audit, 'stored-before-choice', 'tp')).toEqual([]);
  expect(blocked.audit.conditions).toMatchObject({ thirdPartyCookies: 'block', viewport: 'mobile' });
});

test("--site lets a staging host stand in for the policy's site", async () => {
  const host = pages({ 'staging.test/': html('<script>document.cookie = "sid=1; Secure"; localStorage.other = 1</script>') });
  const policy = shopPolicy({ keys: [{ name: 'sid', store: 'cookie', host: 'shop.test', category: 'mandatory', clause: '1' }] });
  const { audit } = await auditPages(host, [{ visit: '/' }], policy, 'https://staging.test/', ['--site', 'staging.test']);
  expect(seen(audit, 'cookie', 'sid')[0]).toMatchObject({ party: 'first', category: 'mandatory' });
  expect(found(audit, 'undeclared-cookie')).toEqual([]);
  expect(found(audit, 'undeclared-storage', 'other')).toHaveLength(1);
});

test('a click in a frame of a consent platform, recorded by the page around it', async () => {
  const host = pages({
    'shop.test/': html(`<body><iframe src="https://cmp.test/banner"></iframe><script>
      addEventListener('message', (event) => {
        document.cookie = 'cookie_consent=' + encodeURIComponent(JSON.stringify(event.data)) + '; Secure; Max-Age=1000';
        if (event.data.analytics) document.cookie = '_ga=GA1.1.1234567890.1700000000; Secure; Max-Age=1000';
      });</script>`),
    'cmp.test/banner': html(
      `<button id="some">Save my choice</button><script>document.getElementById('some').onclick = () => parent.postMessage({ necessary: true, analytics: true, marketing: false }, '*')</script>`,
    ),
  });
  const { audit } = await auditPages(host, [{ visit: '/' }, { click: '#some', frame: 'cmp.test' }], shopPolicy());
  expect(audit.consent.at(-1)).toMatchObject({ state: 'partial', categories: { analytical: true, marketing: false } });
  expect(seen(audit, 'cookie', '_ga')[0]).toMatchObject({ phase: 'partial' });
  expect(found(audit, 'stored-before-choice', '_ga')).toEqual([]);
  expect(found(audit, 'category-leak', '_ga')).toEqual([]);
});

test('a choice by keyboard: the click that the key brings is the moment', async () => {
  const host = pages({
    'shop.test/': html(
      `<body><button id="no">Отклонить</button><script>document.getElementById('no').onclick = () => { document.cookie = 'cookie_consent=rejected; Secure; Max-Age=1000'; }</script>`,
    ),
  });
  const { audit } = await auditPages(host, [{ visit: '/' }, { press: 'Tab' }, { press: 'Enter' }, { reload: true }], shopPolicy());
  expect(audit.consent.map(({ state }) => state)).toEqual(['before-choice', 'rejected']);
  const moment = audit.observations.find(({ id }) => id === audit.consent[1]?.observations[0]);
  expect(moment).toMatchObject({ kind: 'control', name: 'Отклонить', control: { event: 'click', trusted: true } });
});
