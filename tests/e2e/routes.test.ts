/** Pages that change their address without a new document: whatever is done afterwards is of the new page, and nothing is taken for a reload. */
import { expect, test } from 'vitest';
import { packageFile } from '../site/exchange.ts';
import { auditPages, found, html, seen, shopPolicy, told } from './audit-of.ts';

const ROUTER = packageFile('navigo/lib/navigo.min.js');

/** Each button does something before the route and something right after it, in one task. */
const APP = html(`
<body>
<button id="router">catalogue</button> <button id="accept">Принять</button> <button id="push">cart</button> <button id="replace">checkout</button>
<button id="api">about</button> <button id="back">back</button> <button id="alike">more</button>
<script src="/navigo.js"></script>
<script>
  const write = (name) => {
    document.cookie = name + '=1; Secure; Path=/';
    localStorage[name] = 'x';
    new Image().src = 'https://t.tracker.test/' + name;
  };
  const on = (id, run) => document.getElementById(id).addEventListener('click', run);
  if (location.pathname === '/') {
    write('start');
    history.replaceState(null, '', '/home');
    write('home');
  }
  const router = new Navigo('/');
  // This router runs its handlers before it changes the address.
  const arrive = () => { write('handler'); queueMicrotask(() => write('catalogue')); };
  router.on('/catalogue', arrive).notFound(() => undefined).resolve();
  on('router', () => { write('leaving-home'); router.navigate('/catalogue'); });
  on('accept', () => {
    history.pushState(null, '', '/thanks');
    document.cookie = 'cookie_consent=accepted; Secure; Path=/; Max-Age=1000';
    write('thanks');
  });
  on('push', () => { write('leaving-thanks'); history.pushState(null, '', '/cart?step=1'); write('cart'); });
  on('replace', () => { write('leaving-cart'); history.replaceState(null, '', '/checkout'); write('checkout'); });
  on('api', () => {
    write('leaving-checkout');
    const arrive = () => write('about');
    if (!window.navigation) { history.pushState(null, '', '/about'); return arrive(); }
    navigation.addEventListener('navigate', (event) => event.intercept({ handler: async () => arrive() }), { once: true });
    navigation.navigate('/about');
  });
  on('back', () => {
    // Neither claimed by a hook nor in a task of its own: told by the time of its loading.
    addEventListener('popstate', () => setTimeout(() => {
      write('returned');
      document.body.insertAdjacentHTML('beforeend', '<img src="https://t.tracker.test/late">');
    }), { once: true });
    history.back();
  });
  on('alike', () => { history.pushState(null, '', '?page=2'); write('query'); location.hash = 'part'; write('fragment'); });
</script>`);

/** Which page each thing is of. */
const PAGES: Record<string, string[]> = {
  '/': ['start'],
  '/home': ['home', 'leaving-home', 'handler'],
  '/catalogue': ['catalogue'],
  '/thanks': ['thanks', 'leaving-thanks'],
  '/cart': ['cart', 'leaving-cart'],
  '/checkout': ['checkout', 'leaving-checkout'],
  '/about': ['about'],
};

const SITE = 'https://shop.test';

test('what is done after a route is of the new page, in the same document, phase and visitor', async () => {
  const clicks = ['router', 'accept', 'push', 'replace', 'api', 'back', 'alike'].map((id) => ({ click: `#${id}`, settle: 200 }));
  const { audit } = await auditPages(
    ({ url }) =>
      url.hostname === 'shop.test' ? (url.pathname === '/navigo.js' ? ROUTER : APP) : { status: 200, type: 'text/plain', body: '' },
    [{ visit: '/' }, ...clicks, { reload: true }],
    shopPolicy(),
  );

  expect(audit.run.visits.map(({ reason, url, routeOf }) => `${reason} ${url.replace(SITE, '')} ${routeOf ?? ''}`.trim())).toEqual([
    'visit /',
    'route /home v1',
    'route /catalogue v1',
    'route /thanks v1',
    'route /cart v1',
    'route /checkout v1',
    'route /about v1',
    'route /checkout v1',
    'reload /checkout',
  ]);
  expect(audit.run.visits.map(({ step }) => step)).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 8]);
  expect(audit.site.pages.map(({ url }) => url)).toEqual(audit.run.visits.map(({ url }) => url));

  const wrong: string[] = [];
  for (const [path, names] of [...Object.entries(PAGES), ['/checkout', ['returned', 'query', 'fragment']] as const])
    for (const name of names) {
      const all = [
        ...seen(audit, 'cookie', name),
        ...seen(audit, 'localStorage', name),
        ...audit.observations.filter(({ request }) => request?.url === `https://t.tracker.test/${name}`),
      ];
      if (all.length !== 3) wrong.push(`${name}: ${all.length} observations`);
      for (const o of all)
        if (o.page !== `${SITE}${path}` || o.frame !== o.page) wrong.push(`${name} ${o.kind}: page ${o.page}, frame ${o.frame}`);
    }
  expect(wrong).toEqual([]);
  expect(audit.observations.find(({ request }) => request?.url === 'https://t.tracker.test/late')).toMatchObject({
    page: `${SITE}/checkout`,
    visit: 'v8',
  });

  // The choice was made on the page with the button; its handler went on before it recorded it.
  expect(told(audit)).toEqual(['before-choice (start)', 'accepted (record)']);
  expect(audit.consent[1]?.visit).toBe('v3');
  expect(seen(audit, 'cookie', 'catalogue')[0]?.phase).toBe('before-choice');
  expect(seen(audit, 'cookie', 'thanks')[0]?.phase).toBe('accepted');
  expect(seen(audit, 'cookie', 'fragment')[0]?.phase).toBe('accepted');
  expect(found(audit, 'choice-not-kept')).toEqual([]);
  expect(audit.gaps).toEqual([]);
});

test('a page that rewrites its address without end: whatever it writes is of the address that it had then', async () => {
  let had: Record<string, string> = {};
  const page = html(`<script>
    const had = {};
    for (let i = 0; i < 300; i++) {
      // Browsers may let a page do so some hundred times, and then refuse, with or without a word.
      try { history.replaceState(null, '', '/r' + i); } catch { /* The address stays. */ }
      localStorage['w' + i] = 1;
      had['w' + i] = location.pathname;
    }
    fetch('/had', { method: 'POST', body: JSON.stringify(had) });
  </script>`);
  const host = ({ url, body }: { url: URL; body: Buffer }) => {
    if (url.pathname !== '/had') return page;
    had = JSON.parse(body.toString()) as Record<string, string>;
    return { status: 204, type: 'text/plain', body: '' };
  };
  const { audit } = await auditPages(host, [{ visit: '/' }], shopPolicy());
  const paths = [...new Set(Object.values(had))];
  expect(paths.length).toBeGreaterThan(50);
  expect(audit.run.visits.map(({ url }) => url.replace(SITE, ''))).toEqual(['/', ...paths]);
  const told = audit.observations.filter(({ kind, action, name }) => kind === 'localStorage' && action === 'set' && name?.startsWith('w'));
  expect(told.map(({ name, page }) => [name, page.replace(SITE, '')])).toEqual(Object.entries(had));
  expect(audit.gaps).toEqual([]);
});
