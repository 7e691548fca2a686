/** Ways in which localStorage and sessionStorage are written. */
import { gone, local, NOBODY, PAGE, session, text, type Way } from './way.ts';

const way = (id: string, does: string, script: string, more: Partial<Way> = {}): Way => ({
  id,
  does,
  page: 'storage',
  script: `{ ${script} }`,
  expect: [local(id)],
  ...more,
});

const KEPT = `globalThis.kept ??= localStorage;`;

export const storageWays: Way[] = [
  way('set-item', 'setItem', `localStorage.setItem('set-item', '1');`),
  way('set-item-number', 'setItem of things that are no strings', `localStorage.setItem('set-item-number', { toString: () => '1' });`),
  way('property', 'assigns a property', `localStorage.property = '1';`),
  way('bracket', 'assigns by brackets', `localStorage['bracket'] = '1';`),
  way('symbol-named', 'a name with spaces and signs', `localStorage['a b ✓'] = '1';`, { expect: [local('a b ✓')] }),
  way('object-assign', 'Object.assign', `Object.assign(localStorage, { 'object-assign': '1' });`),
  way('reflect-set-storage', 'Reflect.set', `Reflect.set(localStorage, 'reflect-set-storage', '1');`),
  way(
    'define-property',
    'Object.defineProperty',
    `Object.defineProperty(localStorage, 'define-property', { value: '1', configurable: true, enumerable: true, writable: true });`,
  ),
  way(
    'define-properties',
    'Object.defineProperties',
    `Object.defineProperties(localStorage, { 'define-properties': { value: '1', configurable: true, enumerable: true, writable: true } });`,
  ),
  way(
    'reflect-define',
    'Reflect.defineProperty',
    `Reflect.defineProperty(localStorage, 'reflect-define', { value: '1', configurable: true, enumerable: true, writable: true });`,
  ),
  way(
    'define-fixed',
    'a definition that nobody could change, were it no storage',
    `Object.defineProperty(localStorage, 'define-fixed', { value: '0', configurable: false }); Object.defineProperty(localStorage, 'define-fixed', { value: '1', writable: false, configurable: false }); localStorage.setItem('define-fixed', '2');`,
    { expect: [local('define-fixed', { times: 3 })] },
  ),
  way('kept-storage', 'a reference kept before', `${KEPT} kept.setItem('kept-storage', '1'); kept['kept-property'] = '1';`, {
    expect: [local('kept-storage'), local('kept-property')],
  }),
  way('bound-method', 'a bound setItem', `const s = localStorage.setItem.bind(localStorage); s('bound-method', '1');`),
  way('method-call', 'Storage.prototype.setItem.call', `Storage.prototype.setItem.call(localStorage, 'method-call', '1');`),
  way('method-apply', 'Reflect.apply', `Reflect.apply(Storage.prototype.setItem, localStorage, ['method-apply', '1']);`),
  way('destructured', 'destructured from window', `const { localStorage: ls } = window; ls.destructured = '1';`),
  way(
    'window-getter',
    'through the getter of window',
    `Object.getOwnPropertyDescriptor(window, 'localStorage').get.call(window).setItem('window-getter', '1');`,
  ),
  way('with-storage', 'with (localStorage)', `localStorage['with-storage'] = '0'; with (localStorage) { setItem('with-storage', '1'); }`, {
    expect: [local('with-storage', { times: 2 })],
  }),
  way('spread', 'compound assignment', `localStorage.spread = ''; localStorage.spread += '1';`, {
    expect: [local('spread', { times: 2 })],
  }),
  way(
    'page-proxy',
    'a proxy of the page over the storage',
    `const p = new Proxy(localStorage, { set: (t, k, v) => { t[k] = v; return true; } }); p['page-proxy'] = '1';`,
  ),
  way(
    'page-reflect-proxy',
    'a transparent proxy over the storage',
    `const p = new Proxy(localStorage, {}); p['page-reflect-proxy'] = '1';`,
    {
      expect: [local('page-reflect-proxy', { by: 'any', line: null })],
    },
  ),
  way(
    'inheriting',
    'an object that inherits from the storage',
    `const o = Object.create(localStorage); Reflect.set(o, 'inheriting', '1', localStorage);`,
  ),
  way(
    'set-prototype',
    'another prototype on the storage',
    `Object.setPrototypeOf(localStorage, Object.create(Storage.prototype)); localStorage['set-prototype'] = '1'; Object.setPrototypeOf(localStorage, Storage.prototype);`,
  ),
  way('session-item', 'sessionStorage.setItem', `sessionStorage.setItem('session-item', '1');`, { expect: [session('session-item')] }),
  way('session-property', 'a property of sessionStorage', `sessionStorage['session-property'] = '1';`, {
    expect: [session('session-property')],
  }),
  way('remove-item', 'removeItem', `localStorage.setItem('remove-item', '1'); localStorage.removeItem('remove-item');`, {
    expect: gone(local, 'remove-item'),
  }),
  way('delete-operator', 'the delete operator', `localStorage['delete-operator'] = '1'; delete localStorage['delete-operator'];`, {
    expect: gone(local, 'delete-operator'),
  }),
  way(
    'delete-reflect',
    'Reflect.deleteProperty',
    `localStorage['delete-reflect'] = '1'; Reflect.deleteProperty(localStorage, 'delete-reflect');`,
    {
      expect: gone(local, 'delete-reflect'),
    },
  ),
  way(
    'removed-later',
    'removed by a later task',
    `localStorage.setItem('removed-later', '1');\nsetTimeout(() => localStorage.removeItem('removed-later'), 200);}{`,
    {
      expect: [local('removed-later', { stays: false }), local('removed-later', { action: 'delete', line: 2, stays: false })],
    },
  ),
  way('storage-eval', 'eval', `eval("localStorage['storage-eval'] = '1'");`),
  way('storage-function', 'new Function', `new Function("localStorage.setItem('storage-function', '1')")();`),
  way('storage-timer', 'a timer', `setTimeout(() => { localStorage['storage-timer'] = '1'; });`),
  {
    id: 'storage-handler',
    does: 'an inline handler',
    page: 'storage',
    body: `<img src="data:," onerror="localStorage['storage-handler'] = '1'">`,
    expect: [local('storage-handler', PAGE)],
  },
  way('storage-wins', 'a name of Storage.prototype as a key', `localStorage.setItem('getItem', '1'); localStorage.removeItem('getItem');`, {
    expect: gone(local, 'getItem'),
  }),
  way('long-value', 'a value of a megabyte', `localStorage['long-value'] = 'v'.repeat(1e6);`),
  { ...way('elsewhere-item', 'setItem in a frame of another site', `localStorage.setItem('elsewhere-item', '1');`), elsewhere: true },
  { ...way('elsewhere-property', 'a property there', `localStorage['elsewhere-property'] = '1';`), elsewhere: true },
  {
    ...way('elsewhere-session', 'sessionStorage there', `sessionStorage['elsewhere-session'] = '1';`, {
      expect: [session('elsewhere-session')],
    }),
    elsewhere: true,
  },
  way('clear', 'clear', `const f = document.createElement('iframe'); f.src = 'https://clears.test/frame/clear'; document.body.append(f);`, {
    answers: {
      '/frame/clear': text(
        `<script>sessionStorage.setItem('clear', '1');\nsetTimeout(() => sessionStorage.clear(), 200)</script>`,
        'text/html',
      ),
    },
    expect: [
      session('clear', { by: 'https://clears.test/frame/clear', line: 1, stays: false }),
      session('clear', { by: 'https://clears.test/frame/clear', line: 2, action: 'delete', stays: false }),
    ],
  }),
  way(
    'clear-site-data',
    'Clear-Site-Data of an answer',
    `const f = document.createElement('iframe'); f.src = 'https://cleared.test/frame/cleared'; document.body.append(f);`,
    {
      answers: {
        '/frame/cleared': text(
          `<script>localStorage.setItem('clear-site-data', '1'); setTimeout(() => fetch('/clear'), 300)</script>`,
          'text/html',
        ),
        '/clear': { status: 200, type: 'text/plain', body: '', headers: { 'clear-site-data': '"storage"' } },
      },
      expect: [
        local('clear-site-data', { by: 'https://cleared.test/frame/cleared', line: null, stays: false }),
        local('clear-site-data', { ...NOBODY, action: 'delete', stays: false }),
      ],
    },
  ),
];

const foreign = `const f = document.createElement('iframe'); document.body.append(f); const w = f.contentWindow;`;
const realm = (id: string, does: string, script: string, more: Partial<Way> = {}): Way => ({
  ...way(id, does, script, more),
  page: 'realms',
});

/** One realm's functions on another realm's storage. */
export const realmWays: Way[] = [
  realm(
    'foreign-method',
    `a frame's setItem on our storage`,
    `${foreign} w.Storage.prototype.setItem.call(localStorage, 'foreign-method', '1');`,
  ),
  realm(
    'foreign-storage',
    `our setItem on a frame's storage`,
    `${foreign} Storage.prototype.setItem.call(w.localStorage, 'foreign-storage', '1');`,
  ),
  realm(
    'removed-method',
    `setItem of a removed frame on our storage`,
    `${foreign} const s = w.Storage.prototype.setItem; f.remove(); s.call(localStorage, 'removed-method', '1');`,
  ),
  realm(
    'foreign-getter',
    `our window's storage through a frame's getter`,
    `${foreign} const g = Object.getOwnPropertyDescriptor(w, 'localStorage').get; g.call(window).setItem('foreign-getter', '1');`,
  ),
  realm(
    'foreign-getter-property',
    `a property through a frame's getter`,
    `${foreign} const g = Object.getOwnPropertyDescriptor(w, 'localStorage').get; g.call(window)['foreign-getter-property'] = '1';`,
  ),
  realm('foreign-reflect', `a frame's Reflect.set`, `${foreign} w.Reflect.set(localStorage, 'foreign-reflect', '1');`),
  realm('foreign-assign', `a frame's Object.assign`, `${foreign} w.Object.assign(localStorage, { 'foreign-assign': '1' });`),
  realm(
    'foreign-define',
    `a frame's Object.defineProperty`,
    `${foreign} w.Object.defineProperty(localStorage, 'foreign-define', { value: '1', configurable: true, enumerable: true, writable: true });`,
  ),
  realm('foreign-property', `a property of a frame's storage`, `${foreign} w.localStorage['foreign-property'] = '1';`),
  realm(
    'foreign-proxy-method',
    `one frame's setItem on another frame's storage`,
    `${foreign} const g = document.createElement('iframe'); document.body.append(g); g.contentWindow.Storage.prototype.setItem.call(w.localStorage, 'foreign-proxy-method', '1');`,
  ),
  realm(
    'foreign-remove',
    `a frame's removeItem on our storage`,
    `${foreign} localStorage.setItem('foreign-remove', '1'); w.Storage.prototype.removeItem.call(localStorage, 'foreign-remove');`,
    {
      expect: gone(local, 'foreign-remove'),
    },
  ),
  realm(
    'foreign-clear',
    'clear of a storage of another site',
    `const f = document.createElement('iframe'); f.src = 'https://foreign.test/frame/clears'; document.body.append(f);`,
    {
      answers: {
        '/frame/clears': text(
          `<script>const f = document.createElement('iframe'); document.documentElement.append(f);\nsessionStorage.setItem('foreign-clear', '1'); f.contentWindow.Storage.prototype.clear.call(sessionStorage);</script>`,
          'text/html',
        ),
      },
      expect: [
        session('foreign-clear', { by: 'https://foreign.test/frame/clears', line: 2, stays: false }),
        session('foreign-clear', { by: 'https://foreign.test/frame/clears', line: 2, action: 'delete', stays: false }),
      ],
    },
  ),
];
