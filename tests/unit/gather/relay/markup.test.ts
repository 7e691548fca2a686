/** The addresses in texts that a script gave to elements. */
import { expect, test } from 'vitest';
import type { MarkupClaim } from '../../../../lib/gather/channel.ts';
import { assignedIn } from '../../../../lib/gather/relay/markup.ts';

const BASE = 'https://shop.test/a/page';
const read = (text: string, attribute = ''): [string, string][] => {
  const claim: MarkupClaim = { type: 'markup', text, attribute, base: BASE, time: 5, stack: 'at x' };
  return assignedIn(JSON.stringify(claim)).map((text) => {
    const { element, url, ...rest } = JSON.parse(text) as { element: string; url: string };
    expect(rest).toEqual({ type: 'assigned', time: 5, stack: 'at x' });
    return [element, url];
  });
};

test.each([
  ['a quoted address', '<p><script async src="/x.js"></script>', [['script', 'https://shop.test/x.js']]],
  ['capitals and single quotes', `<IMG alt=x SRC='b.png'>`, [['img', 'https://shop.test/a/b.png']]],
  ['no quotes', '<iframe src=//other.test/f></iframe>', [['iframe', 'https://other.test/f']]],
  ['references', '<link rel=x href="/s.css?a=1&amp;b=2&amp;amp;c">', [['link', 'https://shop.test/s.css?a=1&b=2&amp;c']]],
  [
    'candidates',
    '<source srcset="/1.png 1x, /2.png 2x">',
    [
      ['source', 'https://shop.test/1.png'],
      ['source', 'https://shop.test/2.png'],
    ],
  ],
  [
    'several elements',
    '<img src="/1"><video poster="/2"></video>',
    [
      ['img', 'https://shop.test/1'],
      ['video', 'https://shop.test/2'],
    ],
  ],
])('%s', (_, markup, found) => {
  expect(read(markup)).toEqual(found);
});

test.each([
  '<img src="data:image/gif;base64,AA">',
  '<iframe src="javascript:0">',
  '<img src="blob:https://shop.test/1">',
  '<img src="">',
  '<img alt="src=/x">',
  '<a href="/x">',
  '',
])('nothing is asked of a server by %j', (markup) => {
  expect(read(markup)).toEqual([]);
});

test.each([
  ['a script in its own address', '<script src="data:text/javascript,f(&quot;x&quot;)">', [['script', 'data:text/javascript,f("x")']]],
  ['a frame so', `<iframe src='blob:https://shop.test/1'>`, [['iframe', 'blob:https://shop.test/1']]],
  [
    'the content of a frame, and nothing of what is in it',
    `<iframe srcdoc="<script src='/x.js'></script>&amp;lt;"></iframe>`,
    [['iframe', `about:srcdoc?<script src='/x.js'></script>&lt;`]],
  ],
])('code without a server: %s', (_, markup, found) => {
  expect(read(markup)).toEqual(found);
});

test('content alone', () => {
  expect(read('<p>&amp;', 'srcdoc')).toEqual([['iframe', 'about:srcdoc?<p>&amp;']]);
});

test('a list alone', () => {
  expect(read('a.png 100w, https://cdn.test/b.png 200w', 'srcset')).toEqual([
    ['img', 'https://shop.test/a/a.png'],
    ['img', 'https://cdn.test/b.png'],
  ]);
});

test('long texts are read in part', () => {
  expect(read('<img src="/x">'.repeat(60))).toHaveLength(50);
  expect(read('/x 1x, '.repeat(20), 'srcset')).toHaveLength(10);
});
