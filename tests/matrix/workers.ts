/** Workers of all kinds: what they load and send. No extension runs scripts in them. */
import { js, NOBODY, OTHER, request, sending as way, sentPath as path, serviceWorker, TOP, type Way } from './way.ts';

const installing = (url: string): string => `addEventListener('install', (event) => event.waitUntil(fetch('${url}')));`;

export const workerWays: Way[] = [
  way('worker', 'new Worker', `new Worker('%');`, undefined, { answers: { [path('worker')]: js('') } }),
  way(
    'worker-fetch',
    'fetch, XMLHttpRequest and importScripts of a worker',
    `new Worker('/worker/sends.js');`,
    [request(TOP + path('worker-fetch'), NOBODY), request(`${TOP}/worker/imported.js`, NOBODY), request(`${TOP}/worker/xhr`, NOBODY)],
    {
      answers: {
        '/worker/sends.js': js(
          `importScripts('/worker/imported.js'); fetch('${path('worker-fetch')}'); { const x = new XMLHttpRequest(); x.open('GET', '/worker/xhr'); x.send(); }`,
        ),
        '/worker/imported.js': js(''),
      },
    },
  ),
  way('blob-worker', 'a worker made of a Blob', `new Worker(URL.createObjectURL(new Blob(["fetch('${TOP}%')"])));`, [
    request(TOP + path('blob-worker'), NOBODY),
  ]),
  way(
    'shared-worker',
    'a shared worker and its fetch',
    `new SharedWorker('%');`,
    [request(TOP + path('shared-worker')), request(`${TOP}/worker/shared`, NOBODY)],
    { answers: { [path('shared-worker')]: js(`fetch('/worker/shared');`) } },
  ),
  way(
    'service-worker',
    'a service worker and its fetch',
    `navigator.serviceWorker.register('%', { scope: '/sent/no-page/' });`,
    [
      request(TOP + path('service-worker'), { by: 'any', line: null }),
      request(`${TOP}/worker/installed`, NOBODY),
      serviceWorker(path('service-worker')),
    ],
    { answers: { [path('service-worker')]: js(installing('/worker/installed')) } },
  ),
  {
    ...way(
      'elsewhere-shared-worker',
      'a shared worker of a frame of another site, and its fetch',
      `new SharedWorker('%');`,
      [request(OTHER + path('elsewhere-shared-worker')), request(`${OTHER}/worker/shared-elsewhere`, NOBODY)],
      { answers: { [path('elsewhere-shared-worker')]: js(`fetch('/worker/shared-elsewhere');`) } },
    ),
    elsewhere: true,
  },
  {
    ...way(
      'elsewhere-service-worker',
      'a service worker there, and its fetch',
      `navigator.serviceWorker.register('%', { scope: '/sent/no-page/' });`,
      [
        request(OTHER + path('elsewhere-service-worker'), { by: 'any', line: null }),
        request(`${OTHER}/worker/installed-elsewhere`, NOBODY),
      ],
      { answers: { [path('elsewhere-service-worker')]: js(installing('/worker/installed-elsewhere')) } },
    ),
    elsewhere: true,
  },
];
