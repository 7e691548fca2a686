/** Cookies that browsers tell of in ways of their own: of texts that are no ASCII or no whole pair, and of downloads. */
import { beforeAll, expect, test } from 'vitest';
import { auditPages, BROWSER, html, pages, seen, shopPolicy, type PageAudit } from './audit-of.ts';

const REST = '; Path=/; Secure; Max-Age=900';
const HOST = 'names.shop.test';
const BY_SCRIPT = ['город=всё', 'café=é', 'эм😀=😀', 'only', '=nameless', 'plain=всё'];
const BY_ANSWER = ['имя=всё', 'голо', 'ends=1'];

const LIVES = 'lives.shop.test';
const ASKED = [
  'Max-Age=+500',
  'Max-Age=700; Max-Age=junk',
  'Expires=Fri, 31 Dec 2100 00:00:00 GMT; Expires=soon',
  'Max-Age=1.5',
  'Max-Age=600',
];

/** Node writes headers byte by byte. */
const inBytes = (text: string): string => Buffer.from(text).toString('latin1');

const answer = (pairs: string[]) => ({ status: 200, type: 'text/plain', body: '', setCookies: pairs.map((pair) => pair + REST) });

/** What `document.cookie` was before there was one that is no UTF-8: since then Chromium's is empty. */
let read = '';
const site = pages({
  'shop.test/': html(`<script>
    document.cookie = 'half=\\ud83dx${REST}';
    document.cookie = 'whole=1${REST}';
    fetch('/sent');
  </script>`),
  [`${HOST}/`]: html(`<script>
    for (const pair of ${JSON.stringify(BY_SCRIPT)}) document.cookie = pair + '${REST}';
    (async () => {
      await fetch('/answer');
      await fetch('/read', { method: 'POST', body: document.cookie });
      document.cookie = 'ha\\ud83dlf=1${REST}';
      await fetch('/broken');
      await fetch('/last');
    })();
  </script>`),
  [`${HOST}/answer`]: answer(BY_ANSWER.map(inBytes)),
  [`${HOST}/broken`]: answer(['l\xe9=\xe9']),
  [`${HOST}/read`]: ({ body }) => {
    read = body.toString();
    return { status: 204, type: 'text/plain', body: '' };
  },
  [`${LIVES}/`]: html(`<script>
    for (const [index, life] of ${JSON.stringify(ASKED)}.entries()) document.cookie = 's' + index + '=1; Path=/; Secure; ' + life;
    document.cookie = '=__Host-a; Path=/; Secure';
    document.cookie = '=left; Path=/; Secure';
    fetch('/lives');
  </script>`),
  [`${LIVES}/lives`]: {
    status: 200,
    type: 'text/plain',
    body: '',
    setCookies: ASKED.map((life, index) => `h${index}=1; Path=/; Secure; ${life}`),
  },
  'shop.test/download': html('<a id="file" href="/file" download>file</a>'),
  'shop.test/file': {
    status: 200,
    type: 'application/octet-stream',
    body: 'x',
    headers: { 'content-disposition': 'attachment' },
    setCookies: [`filed=1${REST}`],
  },
});

let run: PageAudit;
beforeAll(async () => {
  const steps = [
    { visit: '/' },
    { visit: `https://${HOST}/` },
    { wait: 500 },
    { visit: `https://${LIVES}/` },
    { wait: 500 },
    { visit: '/download' },
    { click: '#file' },
    { wait: 500 },
  ];
  run = await auditPages(site, steps, shopPolicy());
});

const requestTo = (url: string) => run.audit.observations.find(({ request }) => request?.url === url);
const nameOf = (pair: string): string => pair.slice(0, Math.max(0, pair.indexOf('=')));

test('the Cookie header names every cookie beside one that is no UTF-8', () => {
  expect(run.site.log().find(({ path }) => path === '/sent')?.cookies).toEqual(['half', 'whole']);
  expect(requestTo('https://shop.test/sent')?.request).toMatchObject({ sentCookies: ['half', 'whole'], hit: true });
  expect(seen(run.audit, 'cookie', 'half')).toMatchObject([{ confirmed: 'jar', rejected: null }]);
});

test('whatever the text, one write is one observation, by the name that the page reads', () => {
  const whole = read.split('; ').map(nameOf);
  expect(whole).toEqual(expect.arrayContaining(['город', 'café', 'эм😀', 'имя']));
  expect(requestTo(`https://${HOST}/read`)?.request?.sentCookies).toEqual(whole);
  const names = [...whole, BROWSER === 'chromium' ? 'ha\ufffd\ufffd\ufffdlf' : 'ha\ufffdlf', 'l\ufffd'];
  expect(requestTo(`https://${HOST}/last`)?.request?.sentCookies).toEqual(names);

  const written = run.audit.observations.filter(({ kind, action, host }) => kind === 'cookie' && action === 'set' && host === HOST);
  // Chromium keeps the last of three cookies without a name; Firefox has a name for two of them, and refuses the third.
  const nameless = written.filter(({ name }) => name === '');
  expect(nameless.map(({ rejected }) => rejected)).toEqual(BROWSER === 'chromium' ? [null, null, null] : ['nameless']);
  const named = written.filter(({ name }) => name !== '');
  expect(named.map(({ name }) => name).toSorted()).toEqual(names.filter((name) => name !== '').toSorted());
  expect(named.filter(({ confirmed, rejected, mechanism }) => confirmed === null || rejected !== null || mechanism === 'unknown')).toEqual(
    [],
  );
});

test('values are equal where they are, whoever told of them', () => {
  const values = ['город', 'plain', 'имя'].map((name) => seen(run.audit, 'cookie', name)[0]?.value);
  expect(values).toMatchObject([{ length: 3 }, { length: 3 }, { length: 3 }]);
  expect(new Set(values.map((value) => value?.digest)).size).toBe(1);
});

test('what a download sends is told, or told to be hidden', () => {
  const file = requestTo('https://shop.test/file');
  const [stored] = seen(run.audit, 'cookie', 'filed');
  expect(run.site.log().find(({ path }) => path === '/file')?.cookies).toEqual(['half', 'whole']);
  if (BROWSER === 'chromium')
    expect([file?.request, stored]).toMatchObject([
      { sentCookies: [], cookiesHidden: true },
      { mechanism: 'unknown', cause: null },
    ]);
  else expect([file?.request, stored]).toMatchObject([{ sentCookies: ['half', 'whole'] }, { mechanism: 'http', cause: file?.id }]);
  expect(run.audit.observations.filter(({ request }) => request?.cookiesHidden)).toHaveLength(BROWSER === 'chromium' ? 1 : 0);
});

test('what life was asked for is what the browser took it for', () => {
  const asked = ['s', 'h'].map((by) => ASKED.map((_, index) => seen(run.audit, 'cookie', `${by}${index}`)[0]?.cookie?.asked));
  const expected = [BROWSER === 'chromium' ? 500 : null, null, null, null, 600];
  expect(asked).toEqual([expected, expected]);
  const cookies = run.audit.observations.filter(
    ({ kind, action, host, name }) => kind === 'cookie' && action === 'set' && host === LIVES && name !== '',
  );
  expect(cookies).toHaveLength(2 * ASKED.length);
  expect(cookies.map(({ cookie }) => cookie?.session)).toEqual(cookies.map(({ cookie }) => cookie?.granted === null));
});

test('a nameless cookie that would pass for one with a prefix says why it is refused', () => {
  const nameless = run.audit.observations.filter(
    ({ kind, action, host, name }) => kind === 'cookie' && action === 'set' && host === LIVES && name === '',
  );
  expect(nameless.map(({ rejected }) => rejected)).toEqual(BROWSER === 'chromium' ? ['nameless-prefix', null] : ['nameless', 'nameless']);
});
