/** Ways in which a page sends something, and who is named for it. */
import type { Answer } from '../site/exchange.ts';
import { html, js, NOBODY, OTHER, request, sending as way, sentPath as path, text, TOP, type Way } from './way.ts';

export const GIF = { status: 200, type: 'image/gif', body: '' };
/** Inserts an element that asks for `%`. */
export const inserted = (element: string, property: string, more = ''): string =>
  `const e = document.createElement('${element}'); ${more} e.${property} = '%'; document.body.append(e);`;

/** A stream that ends at once, and then is over. */
const streamOnce = (() => {
  let asked = 0;
  return (): Answer => (asked++ === 0 ? text('retry: 10\n\n', 'text/event-stream') : { ...text(''), status: 204 });
})();

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
  way('fetch-later', 'fetchLater', `fetchLater('%', { method: 'POST', activateAfter: 0 });`, undefined, { only: 'chromium' }),
  way('fetch-left', 'fetchLater until the page is left', `fetchLater('%');`, undefined, { only: 'chromium' }),
  way('fetch-object', 'fetch of an object with a toString of its own', `fetch({ toString: () => '%' });`, [
    request(TOP + path('fetch-object'), NOBODY),
  ]),
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
  way('web-transport', 'WebTransport', `new WebTransport('${TOP}%').closed.catch(() => 0);`, undefined, { only: 'chromium' }),
  way('audio-worklet', 'a module of an audio worklet', `new OfflineAudioContext(1, 100, 44100).audioWorklet.addModule('%');`, undefined, {
    answers: { [path('audio-worklet')]: js('') },
  }),
  way('paint-worklet', 'a module of a paint worklet', `CSS.paintWorklet.addModule('%');`, undefined, {
    only: 'chromium',
    answers: { [path('paint-worklet')]: js('') },
  }),
  way('event-source', 'EventSource', `new EventSource('%');`, undefined, {
    answers: { [path('event-source')]: { status: 204, type: 'text/plain', body: '' } },
  }),
  way(
    'event-source-again',
    'EventSource, of which the browser asks again until it is told to stop',
    `new EventSource('%');`,
    [request(TOP + path('event-source-again'), { times: 2 })],
    { answers: { [path('event-source-again')]: streamOnce } },
  ),
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
