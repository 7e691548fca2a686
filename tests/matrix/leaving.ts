/** What a page still does while it is left. The page `arriving` is visited next. */
import { cookie, html, local, OTHER, request, session, set, TOP, type Way } from './way.ts';

const at = (event: string, id: string, script: string, expect: Way['expect'], target = 'window'): Way => ({
  id,
  does: `${script.replace(/[('[].*/s, '').trim()} at ${event}`,
  page: 'leaving',
  script: `${target}.addEventListener('${event}', () => { ${script} });`,
  expect,
});

export const leavingWays: Way[] = [
  at('beforeunload', 'before-unload', `document.cookie = '${set('before-unload')}';`, [cookie('before-unload')]),
  at('pagehide', 'page-hide', `document.cookie = '${set('page-hide')}';`, [cookie('page-hide')]),
  at('visibilitychange', 'visibility', `document.cookie = '${set('visibility')}';`, [cookie('visibility')], 'document'),
  at('pagehide', 'hide-storage', `localStorage['hide-storage'] = '1';`, [local('hide-storage')]),
  at('pagehide', 'hide-session', `sessionStorage.setItem('hide-session', '1');`, [session('hide-session')]),
  at(
    'visibilitychange',
    'visibility-storage',
    `localStorage.setItem('visibility-storage', '1');`,
    [local('visibility-storage')],
    'document',
  ),
  at('pagehide', 'hide-beacon', `navigator.sendBeacon('${OTHER}/sent/hide-beacon', 'x');`, [request(`${OTHER}/sent/hide-beacon`)]),
  at('beforeunload', 'unload-beacon', `navigator.sendBeacon('/sent/unload-beacon', 'x');`, [request(`${TOP}/sent/unload-beacon`)]),
  at(
    'pagehide',
    'hide-keepalive',
    `fetch('${OTHER}/sent/hide-keepalive', { method: 'POST', mode: 'no-cors', keepalive: true, body: 'x' });`,
    [request(`${OTHER}/sent/hide-keepalive`)],
  ),
  at(
    'visibilitychange',
    'visibility-beacon',
    `navigator.sendBeacon('/sent/visibility-beacon');`,
    [request(`${TOP}/sent/visibility-beacon`)],
    'document',
  ),
  {
    id: 'hide-alone',
    does: 'a frame that keeps the event of its end from everybody else, and writes',
    page: 'leaving',
    body: `<iframe src="/frame/hide-alone"></iframe>`,
    answers: {
      '/frame/hide-alone': html(
        `<script>addEventListener('pagehide', (event) => { event.stopImmediatePropagation(); document.cookie = '${set('hide-alone')}'; localStorage['hide-alone'] = '1'; }, true);</script>`,
      ),
    },
    expect: [
      cookie('hide-alone', { by: `${TOP}/frame/hide-alone`, line: null }),
      local('hide-alone', { by: `${TOP}/frame/hide-alone`, line: null }),
    ],
  },
  {
    id: 'hide-frame',
    does: 'a frame that writes while its page is left',
    page: 'leaving',
    elsewhere: true,
    script: `addEventListener('pagehide', () => { document.cookie = '${set('hide-frame', '; SameSite=None')}'; localStorage['hide-frame'] = '1'; });`,
    expect: [cookie('hide-frame'), local('hide-frame')],
  },
];
