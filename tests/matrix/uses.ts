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
