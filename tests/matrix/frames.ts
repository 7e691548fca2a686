/** Writes of frames, pop-ups and documents that are made, re-opened or gone while they write. */
import { cookie, html, js, local, NOBODY, OTHER, PAGE, request, set, TOP, type Way } from './way.ts';

const write = (name: string, more = ''): string => `document.cookie = '${set(name, more)}'`;
const setter = `Object.getOwnPropertyDescriptor(f.contentWindow.Document.prototype, 'cookie').set`;
const frame = (attributes = ''): string => `const f = document.createElement('iframe'); ${attributes} document.body.append(f);`;
/** Chromium may lose what a frame wrote that is gone in the same moment; an answer to a question proves that it was stored. */
const stored = (document: string): string => `void ${document}.cookie;`;
const block = (script: string): string => `{ ${script} }`;

const way = (id: string, does: string, script: string, expect = [cookie(id)], more: Partial<Way> = {}): Way => ({
  id,
  does,
  page: 'frames',
  script: block(script),
  expect,
  ...more,
});

/** The frame's own code runs at its own address. */
const inFrame = (id: string, address: string): Way['expect'] => [cookie(id, { by: `https://shop.test${address}`, line: null })];

export const frameWays: Way[] = [
  way('blank-frame', 'writes through a new about:blank frame at once', `${frame()} f.contentDocument.cookie = '${set('blank-frame')}';`),
  way(
    'blank-storage',
    'stores through a new about:blank frame at once',
    `${frame()} f.contentWindow.localStorage.setItem('blank-storage', '1'); f.contentWindow.localStorage['blank-property'] = '1';`,
    [local('blank-storage'), local('blank-property')],
  ),
  way('blank-eval', 'eval of a new about:blank frame', `${frame()} f.contentWindow.eval(${JSON.stringify(write('blank-eval'))});`, [
    cookie('blank-eval', { by: 'any', line: null }),
  ]),
  way(
    'blank-nested',
    'a frame within a frame',
    `${frame()} const g = f.contentDocument.createElement('iframe'); f.contentDocument.body.append(g); g.contentDocument.cookie = '${set('blank-nested')}';`,
  ),
  way(
    'blank-frames',
    'reached as window[0]',
    `const first = window.length; ${frame()} window[first].document.cookie = '${set('blank-frames')}';`,
  ),
  way(
    'loading-frame',
    'writes through a frame whose document is still on its way',
    `${frame(`f.src = '/slow-frame';`)} f.contentDocument.cookie = '${set('loading-frame')}'; f.contentWindow.localStorage['loading-storage'] = '1';`,
    [cookie('loading-frame'), local('loading-storage'), cookie('arrived-frame', { by: `${TOP}/slow-frame`, line: null })],
    { answers: { '/slow-frame': html(`<script>${write('arrived-frame')}</script>`) } },
  ),
  way('srcdoc', 'a srcdoc frame', frame(`f.srcdoc = ${JSON.stringify(`<script>${write('srcdoc')}</script>`).replaceAll('</', '<\\/')};`), [
    cookie('srcdoc', { by: 'any', line: null }),
  ]),
  way(
    'blob-frame',
    'a blob: frame stores as its site does',
    frame(
      `f.src = URL.createObjectURL(new Blob([${JSON.stringify(`<script>localStorage.setItem('blob-frame', '1')</script>`).replaceAll('</', '<\\/')}], { type: 'text/html' }));`,
    ),
    [local('blob-frame', { by: 'any', line: null })],
  ),
  ...(['chromium', 'firefox'] as const).map((only) =>
    way(
      `blob-cookie-${only}`,
      only === 'chromium' ? 'a cookie of a blob: frame, which this browser does not store' : 'a cookie of a blob: frame',
      frame(
        `f.src = URL.createObjectURL(new Blob([${JSON.stringify(`<script>${write(`blob-cookie-${only}`)}</script>`).replaceAll('</', '<\\/')}], { type: 'text/html' }));`,
      ),
      [cookie(`blob-cookie-${only}`, { by: 'any', line: null, stays: only === 'firefox' })],
      { only },
    ),
  ),
  way('same-frame', 'a frame of the same site', frame(`f.src = '/frame/same';`), inFrame('same-frame', '/frame/same'), {
    answers: { '/frame/same': html(`<script>${write('same-frame')}</script>`) },
  }),
  way(
    'sandboxed',
    'a sandboxed frame with allow-same-origin',
    frame(`f.sandbox = 'allow-scripts allow-same-origin'; f.src = '/frame/sandboxed';`),
    inFrame('sandboxed', '/frame/sandboxed'),
    {
      answers: { '/frame/sandboxed': html(`<script>${write('sandboxed')}</script>`) },
    },
  ),
  way(
    'opaque-frame',
    'a sandboxed frame without it: the browser refuses, and its server cookie counts',
    frame(`f.sandbox = 'allow-scripts'; f.src = '/frame/opaque';`),
    [cookie('opaque-frame', NOBODY)],
    {
      answers: {
        '/frame/opaque': html(`<script>try { ${write('opaque-script')} } catch { fetch('https://shop.test/empty?opaque') }</script>`, [
          set('opaque-frame', '; SameSite=None'),
        ]),
      },
    },
  ),
  way(
    'data-frame',
    'a data: frame: opaque, its request counts',
    frame(`f.src = ${JSON.stringify(`data:text/html,<img src="https://shop.test/answer/data-frame">`)};`),
    [cookie('data-frame', NOBODY)],
    { answers: { '/answer/data-frame': { status: 200, type: 'image/gif', body: '', setCookies: [set('data-frame', '; SameSite=None')] } } },
  ),
  way(
    'javascript-frame',
    'the document that a javascript: address makes',
    frame(`f.src = ${JSON.stringify(`javascript:'<script>localStorage.setItem("javascript-frame", 1)<\\/script>'`)};`),
    [local('javascript-frame', { by: 'any', line: null })],
  ),
  way(
    'javascript-address',
    'a javascript: address of a frame',
    frame(`f.src = ${JSON.stringify(`javascript:void(${write('javascript-address')})`)};`),
    [cookie('javascript-address', { by: 'any', line: null })],
  ),
  way(
    'written-frame',
    'document.open and write in a frame',
    `${frame()} const d = f.contentDocument; d.open(); d.write(${JSON.stringify(`<script>${write('written-frame')}</script>`).replaceAll('</', '<\\/')}); d.close();`,
  ),
  way(
    'reopened-frame',
    'writes to a frame after its document.open',
    `${frame()} const d = f.contentDocument; d.open(); d.close(); d.cookie = '${set('reopened-frame')}'; f.contentWindow.localStorage.setItem('reopened-storage', '1');`,
    [cookie('reopened-frame'), local('reopened-storage')],
  ),
  way(
    'removed-frame',
    'removes the frame right after writing',
    `${frame()} f.contentDocument.cookie = '${set('removed-frame')}'; f.contentWindow.localStorage.setItem('removed-storage', '1'); ${stored('f.contentDocument')} f.remove();`,
    [cookie('removed-frame'), local('removed-storage')],
  ),
  way(
    'self-removing',
    'a frame that removes itself after writing',
    frame(`f.src = '/frame/self-removing';`),
    inFrame('self-removing', '/frame/self-removing'),
    {
      answers: { '/frame/self-removing': html(`<script>${write('self-removing')}; ${stored('document')} frameElement.remove();</script>`) },
    },
  ),
  way(
    'fresh-setter',
    'the setter of a fresh frame, called on our document',
    `${frame()} ${setter}.call(document, '${set('fresh-setter')}');`,
  ),
  way(
    'removed-setter',
    'the setter of a fresh frame that is removed before',
    `${frame()} const set = ${setter}; f.remove(); set.call(document, '${set('removed-setter')}');`,
  ),
  way(
    'stolen-setter',
    'replaces our setter by that of a removed frame',
    `${frame()} const d = Object.getOwnPropertyDescriptor(f.contentWindow.Document.prototype, 'cookie'); f.remove(); d.set.call(document, '${set('stolen-setter')}');`,
  ),
  way(
    'foreign-document',
    'our setter, called on the document of a frame',
    `${frame()} Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set.call(f.contentDocument, '${set('foreign-document')}');`,
  ),
  way('frame-store', 'cookieStore of a frame', `${frame()} f.contentWindow.cookieStore.set('frame-store', '1');`),
  way(
    'adopted',
    'a document made by DOMParser stores nothing',
    `new DOMParser().parseFromString('', 'text/html').cookie = '${set('adopted')}';`,
    [],
  ),
  way(
    'pop-up',
    'a pop-up of the site',
    `open('/pop-up', '', 'width=300,height=300');`,
    [cookie('pop-up', { by: `${TOP}/pop-up`, line: null })],
    {
      answers: {
        '/pop-up': html(`<script>${write('pop-up')}; localStorage.setItem('pop-up-storage', '1'); setTimeout(close, 300);</script>`),
      },
    },
  ),
  way(
    'blank-pop-up',
    'writes through an about:blank pop-up',
    `const w = open('', '', 'width=300,height=300'); w.document.cookie = '${set('blank-pop-up')}'; setTimeout(() => w.close(), 1000);`,
  ),
  way(
    'closed-pop-up',
    'writes through an about:blank pop-up that is closed by the same task',
    `const w = open('', '', 'width=300,height=300'); w.document.cookie = '${set('closed-pop-up')}'; ${stored('w.document')} w.close();`,
    [cookie('closed-pop-up', { by: 'any', line: null })],
  ),
  way(
    'slow-pop-up',
    'an about:blank pop-up that writes by itself and stays a while',
    `const w = open('', '', 'width=300,height=300'); w.document.write(${JSON.stringify(`<script>${write('slow-pop-up')}; setTimeout(close, 300)</script>`).replaceAll('</', '<\\/')});`,
    [cookie('slow-pop-up', { by: 'any', line: null })],
  ),
  way(
    'pop-up-sends',
    'sends through an about:blank pop-up',
    `const w = open('', '', 'width=300,height=300'); const sent = w.fetch('${TOP}/sent/pop-up-fetch'); w.navigator.sendBeacon('${TOP}/sent/pop-up-beacon'); const i = w.document.createElement('img'); const loaded = new Promise((done) => { i.onload = i.onerror = done; }); i.src = '/sent/pop-up-image'; w.document.body.append(i); Promise.all([sent, loaded]).then(() => w.close());`,
    ['fetch', 'beacon', 'image'].map((what) => request(`${TOP}/sent/pop-up-${what}`)),
  ),
  way(
    'pop-up-frame',
    'a frame of another site in an about:blank pop-up, which stays open',
    `const w = open('', '', 'width=300,height=300'); const f = w.document.createElement('iframe'); f.src = '${OTHER}/frame/pop-up'; w.document.body.append(f);`,
    [request(`${OTHER}/frame/pop-up`), request(`${OTHER}/sent/pop-up-frame`, { by: `${OTHER}/frame/pop-up`, line: null })],
    { answers: { '/frame/pop-up': html(`<script>fetch('/sent/pop-up-frame')</script>`) } },
  ),
  way(
    'blob-pop-up',
    'a blob: pop-up',
    `open(URL.createObjectURL(new Blob([${JSON.stringify(`<script>localStorage.setItem('blob-pop-up', '1'); fetch('${TOP}/sent/blob-pop-up').then(() => close())</script>`).replaceAll('</', '<\\/')}], { type: 'text/html' })), '', 'width=300,height=300');`,
    [local('blob-pop-up', { by: 'any', line: null }), request(`${TOP}/sent/blob-pop-up`, { by: 'any', line: null })],
  ),
  way(
    'javascript-pop-up',
    'the pop-up that a javascript: address makes',
    `open(${JSON.stringify(`javascript:'<script>fetch("${TOP}/sent/javascript-pop-up").then(() => close())<\\/script>'`)}, '', 'width=300,height=300');`,
    [request(`${TOP}/sent/javascript-pop-up`, { by: 'any', line: null })],
  ),
  {
    id: 'noscript',
    does: 'a pixel in noscript is asked for by nobody who runs scripts',
    page: 'frames',
    body: `<noscript><img src="/answer/noscript"></noscript>`,
    expect: [],
  },
  {
    id: 'frame-handler',
    does: 'an inline handler in a srcdoc frame',
    page: 'frames',
    body: `<iframe srcdoc="<body onload=&quot;${write('frame-handler')}&quot;>"></iframe>`,
    expect: [cookie('frame-handler', { ...PAGE, by: 'any' })],
  },
  way(
    'frame-script',
    'an external script in a srcdoc frame',
    frame(`f.srcdoc = '<script src="/module/frame-script.js"><\\/script>';`),
    [cookie('frame-script', { by: `${TOP}/module/frame-script.js` })],
    { answers: { '/module/frame-script.js': js(write('frame-script')) } },
  ),
];
frameWays.find(({ id }) => id === 'pop-up')?.expect.push(local('pop-up-storage', { by: `${TOP}/pop-up`, line: null }));
