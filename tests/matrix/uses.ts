/** What scripts read and call, and who inserted the scripts that act. */
import { api, cookie, js, local, request, set, text, TOP, type Expectation, type Way } from './way.ts';

const read = (kind: 'cookie' | 'localStorage', name: string, by: Expectation['by'] = 'script', line: number | null = 1): Expectation => ({
  kind,
  action: 'read',
  name,
  times: 1,
  by,
  line,
  stays: false,
});

const way = (id: string, does: string, script: string, expect: Expectation[], more: Partial<Way> = {}): Way => ({
  id,
  does,
  page: 'uses',
  script: `{ ${script} }`,
  expect,
  ...more,
});

const GTAG = `${TOP}/module/tag-manager.js`;
const ANALYTICS = `${TOP}/module/analytics.js`;
const by = (id: string): string[] => [`${TOP}/way/${id}.js`];
/** Code in an address, so long that stacks cut it. */
const dataScript = (name: string): string => `data:text/javascript,document.cookie='${set(name)}'/*${'x'.repeat(5000)}*/`;
const inFrame = (name: string): string => `<script>localStorage.setItem('${name}', '1')</script>`;
const literal = (text: string): string => JSON.stringify(text).replaceAll('</', '<\\/');
const frame = (property: string, value: string): string =>
  `const f = document.createElement('iframe'); f.${property} = ${value}; document.body.append(f);`;
const canvas = `const c = document.createElement('canvas'); const x = c.getContext('2d');`;

export const useWays: Way[] = [
  way('tracked', 'stores what a policy declares', `document.cookie = '_ga=GA1.1.1.1; Path=/; Secure'; localStorage['_ym_uid'] = '1';`, [
    cookie('_ga'),
    local('_ym_uid'),
  ]),
  way('read-cookie', 'reads document.cookie, often', `for (let i = 0; i < 500; i++) void document.cookie;`, [read('cookie', '_ga')]),
  way(
    'read-item',
    'getItem and a property, often',
    `for (let i = 0; i < 500; i++) { localStorage.getItem('_ym_uid'); void localStorage['_ym_uid']; }`,
    [read('localStorage', '_ym_uid')],
  ),
  way('read-again', 'another script reads the same', `void document.cookie;`, [read('cookie', '_ga')]),
  way('canvas', 'reads a canvas', `${canvas} for (let i = 0; i < 100; i++) c.toDataURL(); x.getImageData(0, 0, 1, 1); c.toBlob(() => 0);`, [
    api('canvas.toDataURL'),
    api('canvas.getImageData'),
    api('canvas.toBlob'),
  ]),
  way(
    'webgl',
    'asks for the graphics card',
    `const g = document.createElement('canvas').getContext('webgl'); if (g) { g.getExtension('WEBGL_debug_renderer_info'); g.getParameter(0x9246); g.getSupportedExtensions(); }`,
    [],
  ),
  way(
    'silent-audio',
    'renders sound that nobody hears',
    `const a = new OfflineAudioContext(1, 100, 44100); a.createDynamicsCompressor(); a.startRendering();`,
    [api('audio.createDynamicsCompressor'), api('audio.startRendering')],
  ),
  way('fonts', 'measures many fonts', `${canvas} for (let i = 0; i < 60; i++) { x.font = '10px font' + i; x.measureText('m'); }`, [
    api('fonts'),
  ]),
  way(
    'entropy',
    'asks for high-entropy client hints',
    `navigator.userAgentData.getHighEntropyValues(['model']);`,
    [api('userAgentData.getHighEntropyValues')],
    { only: 'chromium' },
  ),
  way(
    'sensors',
    'listens to the motion of the device',
    `addEventListener('devicemotion', () => 0); addEventListener('deviceorientation', () => 0);`,
    [api('devicemotion'), api('deviceorientation')],
  ),
  way(
    'sensor-handlers',
    'is given handlers of the motion of the device',
    `ondevicemotion = null; globalThis.ondevicemotion = () => 0; ondeviceorientation = () => 0;`,
    [api('devicemotion'), api('deviceorientation')],
  ),
  way('peer-connection', 'connects to peers by the older name', `new (globalThis.webkitRTCPeerConnection ?? RTCPeerConnection)();`, [
    api('RTCPeerConnection'),
  ]),
  way('voices', 'asks for the voices', `speechSynthesis.getVoices();`, [api('speechSynthesis.getVoices')]),
  ...['one', 'other'].flatMap((who) => [
    way(
      `inserted-blob-${who}`,
      'inserts a script that is a Blob',
      `const s = document.createElement('script'); s.src = URL.createObjectURL(new Blob([${JSON.stringify(`document.cookie = '${set(`inserted-blob-${who}`)}'; navigator.sendBeacon('/sent/inserted-blob-${who}')`)}])); document.head.append(s);`,
      [
        cookie(`inserted-blob-${who}`, { by: 'blob:…', insertedBy: by(`inserted-blob-${who}`) }),
        request(`${TOP}/sent/inserted-blob-${who}`, { by: 'blob:…', insertedBy: by(`inserted-blob-${who}`) }),
      ],
      { answers: { [`/sent/inserted-blob-${who}`]: text('') } },
    ),
    way(
      `inserted-data-${who}`,
      'inserts a script that is its own address',
      `const s = document.createElement('script'); s.setAttribute('src', ${JSON.stringify(dataScript(`inserted-data-${who}`))}); document.head.append(s);`,
      [cookie(`inserted-data-${who}`, { by: 'data:…', line: null, insertedBy: by(`inserted-data-${who}`) })],
    ),
    way(
      `given-srcdoc-${who}`,
      'gives a frame its content, with a script of its own and one of a server',
      frame('srcdoc', literal(`<a href="#">${inFrame(`given-srcdoc-${who}`)}<script src="/module/given-${who}.js"></script>`)),
      [
        local(`given-srcdoc-${who}`, { by: 'about:srcdoc', insertedBy: by(`given-srcdoc-${who}`) }),
        local(`given-script-${who}`, { by: `${TOP}/module/given-${who}.js`, insertedBy: by(`given-srcdoc-${who}`) }),
      ],
      { answers: { [`/module/given-${who}.js`]: js(`localStorage.setItem('given-script-${who}', '1')`) } },
    ),
    way(
      `given-blob-${who}`,
      'a frame of a Blob',
      frame('src', `URL.createObjectURL(new Blob([${literal(inFrame(`given-blob-${who}`))}], { type: 'text/html' }))`),
      [local(`given-blob-${who}`, { by: 'blob:…', insertedBy: by(`given-blob-${who}`) })],
    ),
    way(
      `given-data-${who}`,
      'a frame that is its own address, of an origin of its own',
      frame('src', literal(`data:text/html,<script>fetch('${TOP}/sent/given-data-${who}', { mode: 'no-cors' })</script>`)),
      [request(`${TOP}/sent/given-data-${who}`, { by: 'data:…', insertedBy: by(`given-data-${who}`) })],
      { answers: { [`/sent/given-data-${who}`]: text('') } },
    ),
    way(
      `given-markup-${who}`,
      'a frame with its content in innerHTML',
      `const d = document.createElement('div'); d.innerHTML = ${literal(`<iframe srcdoc="${inFrame(`given-markup-${who}`)}"></iframe>`)}; document.body.append(d);`,
      [local(`given-markup-${who}`, { by: 'about:srcdoc', insertedBy: by(`given-markup-${who}`) })],
    ),
  ]),
  way(
    'given-written',
    'writes through a frame whose content another script gave',
    `const f = [...document.querySelectorAll('iframe')].find((one) => one.srcdoc.includes('given-srcdoc-one')); const write = () => f.contentWindow.localStorage.setItem('given-written', '1'); if (f.contentDocument.readyState === 'complete' && f.contentWindow.location.href === 'about:srcdoc') write(); else f.addEventListener('load', write);`,
    [local('given-written', { insertedBy: [] })],
  ),
  way(
    'inserted-by',
    'a script inserts a script that inserts one that writes and sends',
    `const s = document.createElement('script'); s.src = '/module/tag-manager.js?id=1'; document.head.append(s);`,
    [
      request(GTAG),
      request(ANALYTICS, { by: GTAG }),
      cookie('inserted-by', { by: ANALYTICS, insertedBy: [GTAG, `${TOP}/way/inserted-by.js`] }),
      local('inserted-by', { by: ANALYTICS, insertedBy: [GTAG, `${TOP}/way/inserted-by.js`] }),
      request(`${TOP}/sent/inserted-by`, { by: ANALYTICS, insertedBy: [GTAG, `${TOP}/way/inserted-by.js`] }),
    ],
    {
      answers: {
        '/module/tag-manager.js': js(
          `{ const s = document.createElement('script'); s.setAttribute('src', '/module/analytics.js'); document.head.insertBefore(s, null); }`,
        ),
        '/module/analytics.js': js(
          `document.cookie = '${set('inserted-by')}'; localStorage.setItem('inserted-by', '1'); navigator.sendBeacon('/sent/inserted-by');`,
        ),
        '/sent/inserted-by': text(''),
      },
    },
  ),
];
