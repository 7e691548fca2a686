/** What the site answers without a page of it coming of it: a redirect elsewhere, a download, nothing to show. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Answer } from '../site/exchange.ts';
import { auditPages, html, pages, shopPolicy } from './audit-of.ts';
import { recordingInEither } from './firefox-recording.ts';

const OUT = 'https://shop.test/out';
const ELSEWHERE = 'https://elsewhere.test/';
const GAP = `led-elsewhere: ${OUT} to https://elsewhere.test`;
const sets = (name: string, answer: Partial<Answer> = {}): Answer => ({
  status: 200,
  type: 'text/html',
  body: '',
  setCookies: [`${name}=1; Max-Age=500; Path=/`],
  ...answer,
});
const host = pages({
  'shop.test/': html('<p>page</p>'),
  'shop.test/out': sets('left', { status: 302, headers: { location: ELSEWHERE } }),
  'shop.test/file': sets('file', { type: 'application/octet-stream', body: 'x', headers: { 'content-disposition': 'attachment' } }),
  'shop.test/nothing': sets('nothing', { status: 204 }),
  'shop.test/missing': sets('missing', { status: 404 }),
  'elsewhere.test/': html(`<script>document.cookie = 'theirs=1'; new Image().src = 'https://other.test/theirs'</script>`),
});
const audited = (steps: unknown[]) => auditPages(host, steps, shopPolicy(), undefined, ['--fail-on', 'never', '--language', 'en']);

test('an audited address that leads to another site is told with what it set, and there is no verdict', async () => {
  const { audit, code, stdout, site } = await audited([{ visit: '/out' }, { wait: 300 }]);
  expect(site.log().map(({ host: asked }) => asked)).toEqual(expect.arrayContaining(['elsewhere.test', 'other.test']));
  expect([code, audit.summary.verdict, audit.gaps.map(({ reason }) => reason)]).toEqual([3, 'inconclusive', [GAP]]);
  expect(stdout).toContain('a page of the site that led to another site, which is not audited');
  expect(audit.run.visits.map(({ url, step }) => [url, step])).toEqual([[OUT, 0]]);
  const happened = audit.observations.filter(({ action }) => action !== 'present');
  expect(happened.map((o) => [o.visit, o.request?.url ?? o.name, o.confirmed])).toEqual([
    ['v1', OUT, 'header'],
    ['v1', 'left', 'header'],
  ]);
  expect(happened.at(-1)?.cookie?.granted).not.toBe(null);
});

test('so is a profile in the middle that nothing else was seen of', async () => {
  const { audit, code } = await audited([{ visit: '/' }, { fresh: true }, { visit: '/out' }, { fresh: true }, { visit: '/' }]);
  expect([code, audit.gaps.map(({ reason }) => reason)]).toEqual([3, [GAP]]);
  expect(audit.run.visits.map(({ profile, reason, url }) => `${profile} ${reason} ${url}`)).toEqual([
    '1 visit https://shop.test/',
    `2 fresh ${OUT}`,
    '3 fresh https://shop.test/',
  ]);
});

test.each([
  ['visits nothing', [{ mark: 'rejected' }]],
  ['visits other sites alone', [{ visit: ELSEWHERE }, { wait: 300 }]],
])('a scenario that %s has no verdict', async (_what, steps) => {
  const { audit, code } = await audited(steps);
  expect([code, audit.summary.verdict, audit.gaps.map(({ reason }) => reason)]).toEqual([3, 'inconclusive', ['no-page-seen']]);
  expect(audit.observations).toEqual([]);
});

test("answers that show nothing are told, and the page of another site that stays in the tab is nobody's of the audit", async () => {
  await recordingInEither(host, async (it) => {
    const asked = (path: string): boolean => it.site.log().some((entry) => entry.path === path);
    for (const name of ['file', 'nothing', 'missing']) {
      const tab = await it.open(ELSEWHERE);
      // The driver may wait for a page that never comes.
      tab.goto(`https://shop.test/${name}`).catch(() => undefined);
      while (!asked(`/${name}`)) await sleep(20);
      await it.evidence();
      if (name === 'missing') continue;
      await tab.evaluate((path) => void (new Image().src = `https://other.test/later-${path}`), name);
      while (!asked(`/later-${name}`)) await sleep(20);
    }
    const { visits, observations } = await it.evidence();
    const happened = observations.filter(({ action }) => action !== 'present');
    for (const name of ['file', 'nothing', 'missing']) {
      const visit = visits.find(({ url }) => url === `https://shop.test/${name}`);
      const sent = happened.filter(({ request }) => request?.url === visit?.url);
      const set = happened.filter((o) => o.kind === 'cookie' && o.name === name);
      expect([...sent, ...set].map((o) => [o.kind, o.visit, o.confirmed])).toEqual([
        ['request', visit?.id, 'header'],
        ['cookie', visit?.id, 'header'],
      ]);
      expect(set[0]?.cause).toBe(sent[0]?.id);
    }
    expect(happened.filter(({ host: of }) => of === 'other.test' || of === 'elsewhere.test')).toEqual([]);
  });
});
