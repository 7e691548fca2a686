/** ETags that know a visitor again, beside those that nearly every file has, through the real caches of both browsers; and what these caches keep. */
import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { Audit } from '../../lib/model/audit.ts';
import { pixel, type Answer, type Question } from '../site/exchange.ts';
import { auditPages, BROWSER, found, html, pages, script, shopPolicy } from './audit-of.ts';

const PAGE = html(`
  <img src="https://www.google-analytics.com/seen.gif"><img src="https://nobody.test/seen.gif">
  <img src="https://content.google-analytics.com/logo.gif"><img src="https://file.google-analytics.com/dot.gif">
  <script src="https://cookie.google-analytics.com/lib.js"></script><script src="https://hash.google-analytics.com/lib.js"></script>
  <script>
    const loaded = new Promise((resolve) => addEventListener('load', resolve));
    const fetched = ['fetched.google-analytics.com/seen.gif', 'own.google-analytics.com/settings', 'clock.google-analytics.com/now', 'kept.google-analytics.com/list']
      .map((address) => fetch('https://' + address).then((answer) => answer.text()));
    Promise.all([loaded, ...fetched]).then(() => document.body.insertAdjacentHTML('beforeend', '<p id="done">done</p>'));
  </script>`);
/** Answers that a page does not wait for are not kept. */
const whole = (path: string): unknown[] => [{ visit: path }, { hover: '#done' }];

/** What each host was given back, in order. */
const returned: string[] = [];
/** A second from one answer to the next: browsers show whose date an answer has. */
let clock = Date.parse('2026-11-02T10:00:00.000Z');

/** Answers 304 to a tag that comes back, as all that keep one do. */
const keeping =
  (answerOf: (question: Question) => { answer: Answer; tag: string; more?: Record<string, string> }) =>
  (question: Question): Answer => {
    const { answer, tag, more } = answerOf(question);
    const date = new Date((clock += 1000)).toUTCString();
    const isBack = question.ifNoneMatch === tag;
    if (isBack) returned.push(question.url.hostname);
    return { ...answer, status: isBack ? 304 : 200, headers: { 'cache-control': 'private, no-cache', etag: tag, date, ...more } };
  };
const random = (): string => `"${randomBytes(16).toString('hex')}"`;
const hashOf = ({ body }: Answer): string => `"${createHash('sha1').update(body).digest('hex')}"`;

const seen = keeping(({ ifNoneMatch }) => ({ answer: pixel(), tag: ifNoneMatch ?? random() }));
const MODIFIED = { 'last-modified': 'Mon, 02 Nov 2026 09:00:00 GMT' };
const COUNTER = script('var counter = 1;');
let askedForKept = 0;
const settings = new Map<string, Answer>();
const host = pages({
  'shop.test/': PAGE,
  'shop.test/again': PAGE,
  'www.google-analytics.com/seen.gif': seen,
  'fetched.google-analytics.com/seen.gif': seen,
  'nobody.test/seen.gif': seen,
  'cookie.google-analytics.com/lib.js': keeping(({ cookies }) => {
    const visitor = cookies.get('visitor') ?? randomBytes(12).toString('hex');
    return {
      answer: { ...COUNTER, setCookies: [`visitor=${visitor}; Max-Age=1000; Secure; SameSite=None`] },
      tag: `"${visitor}"`,
      more: MODIFIED,
    };
  }),
  'own.google-analytics.com/settings': keeping(({ ifNoneMatch }) => {
    const answer = settings.get(ifNoneMatch ?? '') ?? script(`{ "group": "${randomBytes(4).toString('hex')}" }`);
    settings.set(hashOf(answer), answer);
    return { answer, tag: hashOf(answer) };
  }),
  'kept.google-analytics.com/list': () => {
    askedForKept++;
    return { ...COUNTER, headers: { 'cache-control': 'public, max-age=1000' } };
  },
  // The same for everybody, of a file on two machines, and of what is new each time.
  'content.google-analytics.com/logo.gif': keeping(() => ({ answer: pixel(), tag: hashOf(pixel()) })),
  'hash.google-analytics.com/lib.js': keeping(() => ({ answer: COUNTER, tag: hashOf(COUNTER) })),
  'file.google-analytics.com/dot.gif': keeping(({ ifNoneMatch }) => ({
    answer: pixel(),
    tag: ifNoneMatch ?? `"${randomBytes(6).toString('hex')}-${pixel().body.length.toString(16)}"`,
  })),
  'clock.google-analytics.com/now': keeping(() => {
    const answer = script(String(clock));
    return { answer, tag: hashOf(answer) };
  }),
});

/** Chromium caches nothing of a server whose certificate is bad; this one it is told to take for good. */
function trusted(): string[] {
  const { publicKey } = new X509Certificate(readFileSync(new URL('../site/tls/certificate.pem', import.meta.url)));
  const digest = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' }));
  return BROWSER === 'chromium' ? [`--browser-arg=--ignore-certificate-errors-spki-list=${digest.digest('base64')}`] : [];
}

let audit: Audit;
beforeAll(async () => {
  const steps = [...['/', '/again', '/'].flatMap(whole), { fresh: true }, ...['/', '/again'].flatMap(whole)];
  ({ audit } = await auditPages(host, steps, shopPolicy(), undefined, trusted()));
});

test('an identifier is told in each profile, what may be one is doubted, and the ETags of files are nothing', () => {
  const of = (profile: number): unknown[] =>
    found(audit, 'undeclared-technology')
      .filter((finding) => finding.kind === 'request' && finding.profile === profile)
      .map((finding) => [finding.host, finding.outcome, finding.level, finding.messageId.replace(/^.*_technology_/, '')]);
  for (const profile of [1, 2])
    expect(of(profile)).toEqual([
      ['cookie.google-analytics.com', 'fail', 'warning', 'etag_cookie'],
      ['fetched.google-analytics.com', 'fail', 'warning', 'etag'],
      ['nobody.test', 'unsure', 'warning', 'etag_unsure_purpose'],
      ['own.google-analytics.com', 'unsure', 'warning', 'etag_unsure_content'],
      ['www.google-analytics.com', 'fail', 'warning', 'etag'],
    ]);
});

test('what came back is what the servers were given back, however the browser shows it', () => {
  const told = audit.observations.filter(({ request }) => request?.validator?.returned).map((o) => o.host);
  // A file's own tag is no evidence of anything and is not kept.
  expect(told.sort()).toEqual(returned.filter((name) => name !== 'file.google-analytics.com').sort());
  expect(new Set(told)).toContain('content.google-analytics.com');
});

test('what came out of the cache was sent to nobody', () => {
  const kept = audit.observations.filter((o) => o.kind === 'request' && o.host === 'kept.google-analytics.com');
  expect(askedForKept).toBe(2);
  expect(kept.map(({ visit }) => visit)).toEqual(['v1', 'v2', 'v3', 'v4', 'v5']);
  // Within the second of the first answer Chromium shows no difference: the visits in between may count as sent.
  expect(kept.map(({ request }) => request?.internal).filter((_, index) => index !== 1 && index !== 4)).toEqual([false, true, false]);
});
