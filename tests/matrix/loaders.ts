/** What elements and styles load, and who is named for it. */
import { GIF, inserted } from './requests.ts';
import { html, js, NOBODY, request, sentPath as path, text, TOP, type Way } from './way.ts';

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
  load(
    'template-image',
    'an image that is cloned from a template of the markup',
    {
      body: `<template id="template-image"><img src="%"></template>`,
      script: `document.body.append(document.getElementById('template-image').content.cloneNode(true));`,
    },
    GIF,
    [request(TOP + path('template-image'), NOBODY)],
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
