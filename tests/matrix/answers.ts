/** Cookies that answers set, of every kind of request. */
import type { Answer } from '../site/exchange.ts';
import { cookie, html, js, NOBODY, OTHER, set, text, TOP, type Expectation, type Way } from './way.ts';

const FROM_ELSEWHERE = '; SameSite=None';
const path = (id: string): string => `/answer/${id}`;

interface How {
  script?: string;
  body?: string;
  /** The Set-Cookie lines, where they are not the one cookie of the way's own name. */
  sets?: string[];
  /** Other answers, by path. */
  also?: Record<string, Answer>;
  expect?: Expectation[];
  only?: 'chromium';
}

/** An answer at `/answer/<id>` sets the cookie `<id>`; the script or body asks for it. */
function way(id: string, does: string, { sets = [set(id, FROM_ELSEWHERE)], also, ...how }: How, answer: Answer = text('')): Way {
  const serve = { ...answer, headers: { 'cache-control': 'no-store', ...answer.headers }, setCookies: sets };
  return {
    id,
    does: `Set-Cookie of ${does}`,
    page: 'answers',
    answers: { [path(id)]: serve, ...also },
    expect: [cookie(id, NOBODY)],
    ...how,
  };
}

const insert = (element: string, url: string): string =>
  `{ const e = document.createElement('${element}'); e.src = '${url}'; document.body.append(e); }`;

export const answerWays: Way[] = [
  way('http-script', 'a script', { body: `<script src="${path('http-script')}"></script>` }, js('')),
  way('http-module', 'a module', { script: `import('${path('http-module')}');` }, js('')),
  way('http-style', 'a style sheet', { body: `<link rel="stylesheet" href="${path('http-style')}">` }, text('', 'text/css')),
  way('http-import', 'an imported style sheet', { body: `<style>@import '${path('http-import')}';</style>` }, text('', 'text/css')),
  way('http-image', 'an image', { body: `<img src="${path('http-image')}">` }, text('', 'image/gif')),
  way(
    'http-background',
    'a background image',
    { body: `<div style="background:url('${path('http-background')}')">x</div>` },
    text('', 'image/gif'),
  ),
  way('http-font', 'a font', {
    body: `<style>@font-face { font-family: way; src: url('${path('http-font')}'); }</style><p style="font-family: way">font</p>`,
  }),
  way('http-fetch', 'a fetch', { script: `fetch('${path('http-fetch')}');` }),
  way('http-xhr', 'an XMLHttpRequest', { script: `{ const x = new XMLHttpRequest(); x.open('GET', '${path('http-xhr')}'); x.send(); }` }),
  way('http-xhr-sync', 'a synchronous XMLHttpRequest', {
    script: `{ const x = new XMLHttpRequest(); x.open('GET', '${path('http-xhr-sync')}', false); x.send(); }`,
  }),
  way('http-beacon', 'a beacon', { script: `navigator.sendBeacon('${path('http-beacon')}', 'x');` }),
  way('http-ping', 'a link ping', {
    script: `{ const a = document.createElement('a'); a.href = '#x'; a.ping = '${path('http-ping')}'; document.body.append(a); a.click(); }`,
    only: 'chromium',
  }),
  way('http-frame', 'a frame', { body: `<iframe src="${path('http-frame')}"></iframe>` }, html('')),
  way('http-object', 'an object', { body: `<object data="${path('http-object')}"></object>` }, html('')),
  way(
    'http-event-source',
    'an event source',
    { script: `new EventSource('${path('http-event-source')}');` },
    { status: 204, type: 'text/plain', body: '' },
  ),
  way(
    'http-websocket',
    'a WebSocket handshake',
    { script: `new WebSocket('wss://shop.test${path('http-websocket')}');` },
    { status: 101, type: '', body: '' },
  ),
  way('http-404', 'an error 404', { script: `fetch('${path('http-404')}');` }, { status: 404, type: 'text/plain', body: '' }),
  way('http-500', 'an error 500', { script: `fetch('${path('http-500')}');` }, { status: 500, type: 'text/plain', body: '' }),
  way('http-204', 'an empty answer', { script: `fetch('${path('http-204')}');` }, { status: 204, type: 'text/plain', body: '' }),
  way('http-download', 'a download', {
    script: `{ const a = document.createElement('a'); a.href = '${path('http-download')}'; a.download = ''; document.body.append(a); a.click(); }`,
  }),
  way(
    'http-preflighted',
    'a request with a preflight',
    {
      script: `fetch('${OTHER}${path('http-preflighted')}', { method: 'POST', credentials: 'include', headers: { 'x-way': '1' } });`,
    },
    text(''),
  ),
  way('http-elsewhere', 'an image of another site', { script: insert('img', `${OTHER}${path('http-elsewhere')}`) }, text('', 'image/gif')),
  way('http-worker', 'a fetch of a worker', {
    script: `new Worker('/worker/http.js');`,
    also: { '/worker/http.js': js(`fetch('${path('http-worker')}');`) },
  }),
  { ...way('http-navigation', 'the document itself', {}), answers: {} },
  way('http-service-worker', 'a fetch of a service worker', {
    script: `navigator.serviceWorker.register('/service-worker.js', { scope: '/no-page/' });`,
    also: { '/service-worker.js': js(`addEventListener('install', (event) => event.waitUntil(fetch('${path('http-service-worker')}')));`) },
  }),
  way(
    'http-hop',
    'a redirect',
    {
      script: `fetch('${path('http-hop')}');`,
    },
    { status: 302, type: 'text/plain', body: '', headers: { location: '/empty' } },
  ),
  way('http-last-hop', 'what a redirect to another site and back leads to', {
    script: insert('img', `${OTHER}/hop/out`),
    also: {
      '/hop/out': {
        ...text(''),
        status: 302,
        headers: { location: `${TOP}${path('http-last-hop')}` },
        setCookies: [set('http-first-hop', FROM_ELSEWHERE)],
      },
    },
    expect: [cookie('http-last-hop', NOBODY), cookie('http-first-hop', NOBODY)],
  }),
  way('http-two', 'one answer, twice', {
    script: `fetch('${path('http-two')}');`,
    sets: [set('http-two'), set('http-two', '; HttpOnly')],
    expect: [cookie('http-two', { ...NOBODY, times: 2 })],
  }),
  way('http-http-only', 'HttpOnly', { script: `fetch('${path('http-http-only')}');`, sets: [set('http-http-only', '; HttpOnly')] }),
  way('http-deletes', 'a deletion', {
    script: `fetch('/answer/http-sets').then(() => fetch('${path('http-deletes')}'));`,
    sets: ['http-deletes=; Path=/; Max-Age=0'],
    also: { '/answer/http-sets': { ...text(''), setCookies: [set('http-deletes')] } },
    expect: [cookie('http-deletes', { ...NOBODY, stays: false }), cookie('http-deletes', { ...NOBODY, action: 'delete', stays: false })],
  }),
];
