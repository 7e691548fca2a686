/** Ways in which a page sends something, and who is named for it. */
import { html, js, NOBODY, OTHER, request, sending as way, sentPath as path, text, TOP, type Way } from './way.ts';

const GIF = { status: 200, type: 'image/gif', body: '' };
const inserted = (element: string, property: string, more = ''): string =>
  `const e = document.createElement('${element}'); ${more} e.${property} = '%'; document.body.append(e);`;

export const requestWays: Way[] = [
  way('fetch', 'fetch', `fetch('%');`),
  way('fetch-request', 'fetch of a Request', `fetch(new Request('%', { method: 'POST', body: 'x' }));`),
  way('fetch-url', 'fetch of a URL object', `fetch(new URL('%', location));`),
  way('fetch-twice', 'the same fetch twice', `fetch('%', { cache: 'no-store' }); fetch('%', { cache: 'no-store' });`, [
    request(TOP + path('fetch-twice'), { times: 2 }),
  ]),
  way('fetch-keepalive', 'fetch with keepalive', `fetch('%', { method: 'POST', keepalive: true, body: 'x' });`),
  way('fetch-no-cors', 'fetch to another site', `fetch('${OTHER}%', { mode: 'no-cors', method: 'POST', body: 'x' });`, [
    request(OTHER + path('fetch-no-cors')),
  ]),
  way(
    'fetch-frame',
    'fetch of a frame',
    `const f = document.createElement('iframe'); document.body.append(f); f.contentWindow.fetch('${TOP}%');`,
  ),
  way(
    'fetch-removed',
    'fetch of a frame, called on our window',
    `const f = document.createElement('iframe'); document.body.append(f); f.contentWindow.fetch.call(window, '${TOP}%');`,
  ),
  way('fetch-preflight', 'a fetch with a preflight', `fetch('${OTHER}%', { method: 'POST', headers: { 'x-way': '1' } });`, [
    request(OTHER + path('fetch-preflight'), { times: 2 }),
  ]),
  way(
    'fetch-hops',
    'fetch through two redirects',
    `fetch('/hops/1', { mode: 'no-cors' });`,
    [request(`${TOP}/hops/1`), request(`${OTHER}/hops/2`, NOBODY), request(OTHER + path('fetch-hops'), NOBODY)],
    {
      answers: {
        '/hops/1': { ...text(''), status: 302, headers: { location: `${OTHER}/hops/2` } },
        '/hops/2': { ...text(''), status: 307, headers: { location: path('fetch-hops') } },
      },
    },
  ),
  way(
    'fetch-aborted',
    'a fetch that is given up after its answer began',
    `const a = new AbortController(); fetch('%', { signal: a.signal }).then(() => a.abort());`,
  ),
  way('xhr', 'XMLHttpRequest', `const x = new XMLHttpRequest(); x.open('POST', '%'); x.send('x');`),
  way('xhr-sync', 'a synchronous one', `const x = new XMLHttpRequest(); x.open('GET', '%', false); x.send();`),
  way('beacon', 'sendBeacon', `navigator.sendBeacon('%', 'x');`),
  way('beacon-blob', 'sendBeacon of a Blob', `navigator.sendBeacon('%', new Blob(['{}'], { type: 'text/plain' }));`),
  way('beacon-form', 'sendBeacon of FormData', `const d = new FormData(); d.set('a', '1'); navigator.sendBeacon('%', d);`),
  way('new-image', 'new Image().src', `new Image().src = '%';`, undefined, { answers: { [path('new-image')]: GIF } }),
  way(
    'image-upgraded',
    'an http: image, which this browser makes an https: one',
    `new Image().src = 'http://other.test%';`,
    [request(OTHER + path('image-upgraded'))],
    { only: 'chromium', answers: { [path('image-upgraded')]: GIF } },
  ),
  way('image-attribute', 'setAttribute on an image', `const i = new Image(); i.setAttribute('src', '%');`, undefined, {
    answers: { [path('image-attribute')]: GIF },
  }),
  way('image-srcset', 'srcset', `const i = new Image(); i.srcset = '% 1x';`, undefined, { answers: { [path('image-srcset')]: GIF } }),
  way('image-html', 'an image in innerHTML', `const d = document.createElement('div'); d.innerHTML = '<img src="%">';`, undefined, {
    answers: { [path('image-html')]: GIF },
  }),
  way('adjacent-html', 'an image in insertAdjacentHTML', `document.body.insertAdjacentHTML('beforeend', '<img src="%">');`, undefined, {
    answers: { [path('adjacent-html')]: GIF },
  }),
  way('written-image', 'an image in document.write', `document.write('<img src="%">');`, undefined, {
    answers: { [path('written-image')]: GIF },
  }),
  way('script-insertion', 'inserts a script', inserted('script', 'src'), undefined, { answers: { [path('script-insertion')]: js('') } }),
  way(
    'script-attribute',
    'inserts a script by setAttribute',
    `const s = document.createElement('script'); s.setAttribute('src', '%'); document.head.appendChild(s);`,
    undefined,
    {
      answers: { [path('script-attribute')]: js('') },
    },
  ),
  way('script-written', 'document.write of a script', `document.write('<script src="%"></' + 'script>');`, undefined, {
    answers: { [path('script-written')]: js('') },
  }),
  way(
    'script-cloned',
    'inserts a clone of a script',
    `const s = document.createElement('script'); s.src = '%'; document.head.append(s.cloneNode());`,
    undefined,
    {
      answers: { [path('script-cloned')]: js('') },
    },
  ),
  way(
    'script-fragment',
    'createContextualFragment',
    `document.head.append(document.createRange().createContextualFragment('<script src="%"></' + 'script>'));`,
    undefined,
    {
      answers: { [path('script-fragment')]: js('') },
    },
  ),
  way('dynamic-import', 'import()', `import('%');`, [request(TOP + path('dynamic-import'), { by: 'any', line: null })], {
    answers: { [path('dynamic-import')]: js('') },
  }),
  way('frame-insertion', 'inserts a frame', inserted('iframe', 'src'), undefined, { answers: { [path('frame-insertion')]: html('') } }),
  way(
    'frame-navigated',
    'leads a frame elsewhere',
    `const f = document.createElement('iframe'); document.body.append(f); f.contentWindow.location.href = '%';`,
    [request(TOP + path('frame-navigated'), { by: 'any', line: null })],
    { answers: { [path('frame-navigated')]: html('') } },
  ),
  way('websocket', 'WebSocket', `new WebSocket('wss://shop.test%');`, [request(`wss://shop.test${path('websocket')}`)], {
    answers: { [path('websocket')]: { status: 101, type: '', body: '' } },
  }),
  way(
    'websocket-relative',
    'WebSocket with a relative address',
    `new WebSocket('%');`,
    [request(`wss://shop.test${path('websocket-relative')}`)],
    {
      answers: { [path('websocket-relative')]: { status: 101, type: '', body: '' } },
    },
  ),
  way(
    'websocket-https',
    'WebSocket with an https: address',
    `new WebSocket('${TOP}%');`,
    [request(`wss://shop.test${path('websocket-https')}`)],
    { answers: { [path('websocket-https')]: { status: 101, type: '', body: '' } } },
  ),
  way(
    'attribute-node',
    'setAttributeNode',
    `const a = document.createAttribute('src'); a.value = '%'; const i = new Image(); i.setAttributeNode(a); document.body.append(i);`,
    [request(TOP + path('attribute-node'), NOBODY)],
    { answers: { [path('attribute-node')]: GIF } },
  ),
  way('event-source', 'EventSource', `new EventSource('%');`, undefined, {
    answers: { [path('event-source')]: { status: 204, type: 'text/plain', body: '' } },
  }),
  way(
    'form-frame',
    'submits a form into a frame',
    `const f = document.createElement('iframe'); f.name = 'form-frame'; const o = document.createElement('form'); o.method = 'post'; o.action = '%'; o.target = 'form-frame'; document.body.append(f, o); o.submit();`,
    undefined,
    {
      answers: { [path('form-frame')]: html('') },
    },
  ),
  way(
    'link-ping',
    'a link with ping',
    `const a = document.createElement('a'); a.href = '#ping'; a.ping = '%'; document.body.append(a); a.click();`,
    [request(TOP + path('link-ping'), { by: 'any', line: null })],
    { only: 'chromium' },
  ),
  {
    ...way('elsewhere-fetch', 'fetch in a frame of another site', `fetch('%', { method: 'POST', body: 'x' });`, [
      request(OTHER + path('elsewhere-fetch')),
    ]),
    elsewhere: true,
  },
  { ...way('elsewhere-image', 'an image there', `new Image().src = '%';`, [request(OTHER + path('elsewhere-image'))]), elsewhere: true },
];

const MARKUP = { by: 'nobody', line: null } as const;
const load = (
  id: string,
  does: string,
  how: { body?: string; script?: string },
  answer = text(''),
  expect = [request(TOP + path(id), how.script ? {} : MARKUP)],
  more: Partial<Way> = {},
): Way => ({
  id,
  does,
  page: 'loaders',
  ...(how.body === undefined ? {} : { body: how.body.replaceAll('%', path(id)) }),
  ...(how.script === undefined ? {} : { script: `{ ${how.script.replaceAll('%', path(id))} }` }),
  answers: { [path(id)]: { ...answer, headers: { 'cache-control': 'no-store' } } },
  expect,
  ...more,
});

/** What elements and styles load: nobody's script where the markup asks, the script where it made the element. */
export const loaderWays: Way[] = [
  load('markup-image', 'an image of the markup', { body: `<img src="%">` }, GIF),
  load('markup-script', 'a script of the markup', { body: `<script src="%"></script>` }, js('')),
  load('markup-style', 'a style sheet of the markup', { body: `<link rel="stylesheet" href="%">` }, text('', 'text/css')),
  load('markup-frame', 'a frame of the markup', { body: `<iframe src="%"></iframe>` }, html('')),
  load('style-insertion', 'inserts a style sheet', { script: inserted('link', 'href', `e.rel = 'stylesheet';`) }, text('', 'text/css')),
  load('preload', 'inserts a preload', { script: inserted('link', 'href', `e.rel = 'preload'; e.as = 'image';`) }, GIF),
  load('prefetch', 'inserts a prefetch', { script: inserted('link', 'href', `e.rel = 'prefetch';`) }, js(''), undefined, {
    // Firefox waits until it has nothing else to do, which may be after the page.
    only: 'chromium',
  }),
  load('module-preload', 'inserts a module preload', { script: inserted('link', 'href', `e.rel = 'modulepreload';`) }, js('')),
  load('css-url', 'url() of a style', { body: `<div style="background:url('%')">x</div>` }, GIF),
  load('css-script', 'a style that a script sets', { script: `document.body.style.backgroundImage = 'url("%")';` }, GIF, [
    request(TOP + path('css-script'), { by: 'any', line: null }),
  ]),
  load('css-import', '@import', { body: `<style>@import url("/sent/css-import");</style>` }, text('', 'text/css')),
  load('css-font', '@font-face', {
    body: `<style>@font-face { font-family: sent; src: url('%'); }</style><p style="font-family: sent">font</p>`,
  }),
  load('font-face', 'new FontFace', { script: `new FontFace('face', 'url("%")').load().catch(() => 0);` }, text(''), [
    request(TOP + path('font-face'), { by: 'any', line: null }),
  ]),
  load('object', 'inserts an object', { script: inserted('object', 'data') }, html('')),
  load('embed', 'inserts an embed', { script: inserted('embed', 'src') }, html('')),
  load('video', 'inserts a video', { script: inserted('video', 'src') }, text('', 'video/mp4')),
  load('audio', 'new Audio', { script: `new Audio('%').load();` }, text('', 'audio/mpeg'), [
    request(TOP + path('audio'), { by: 'any', line: null }),
  ]),
  load('poster', 'the poster of a video', { script: inserted('video', 'poster') }, GIF),
  load(
    'source',
    'a source of a video',
    {
      script: `const v = document.createElement('video'); const s = document.createElement('source'); s.src = '%'; v.append(s); document.body.append(v);`,
    },
    text('', 'video/mp4'),
  ),
  load(
    'track',
    'a track of a video',
    {
      script: `const v = document.createElement('video'); const t = document.createElement('track'); t.kind = 'subtitles'; t.src = '%'; t.default = true; v.append(t); v.src = '/sent/tracked'; document.body.append(v); t.track.mode = 'showing';`,
    },
    text('WEBVTT', 'text/vtt'),
    [request(TOP + path('track')), request(`${TOP}/sent/tracked`)],
  ),
  load('input-image', 'an image button', { script: inserted('input', 'src', `e.type = 'image';`) }, GIF),
  load(
    'svg-image',
    'an image in SVG',
    {
      script: `const s = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); const i = document.createElementNS('http://www.w3.org/2000/svg', 'image'); i.setAttribute('href', '%'); s.append(i); document.body.append(s);`,
    },
    GIF,
  ),
  load('picture', 'a source of a picture', { body: `<picture><source srcset="%"><img></picture>` }, GIF),
  load('manifest', 'a web app manifest', { body: `<link rel="manifest" href="%">` }, text('{}', 'application/json'), []),
  load(
    'csp-report',
    'a violation that is reported',
    { script: `const f = document.createElement('iframe'); f.src = '/frame/policy'; document.body.append(f);` },
    text(''),
    [request(TOP + path('csp-report'), NOBODY)],
  ),
  load(
    'refresh',
    'a refreshing frame',
    {
      script: `const f = document.createElement('iframe'); f.srcdoc = '<meta http-equiv="refresh" content="0;url=%">'; document.body.append(f);`,
    },
    html(''),
    [request(TOP + path('refresh'), { by: 'any', line: null })],
  ),
];
Object.assign(loaderWays.find(({ id }) => id === 'csp-report')?.answers as object, {
  '/frame/policy': {
    ...html(`<img src="https://forbidden.test/x">`),
    headers: { 'content-security-policy': `img-src 'none'; report-uri ${path('csp-report')}` },
  },
});
