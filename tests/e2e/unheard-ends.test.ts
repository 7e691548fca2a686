/** Documents that end without a word because their process is gone, which is told; and all those that end in other ways, which is not. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession } from 'puppeteer-core';
import { expect, test } from 'vitest';
import type { Evidence } from '../../lib/model/evidence.ts';
import { html, pages } from './audit-of.ts';
import { namesSet, numbered, recording, type Recording } from './recording.ts';

/** Writes one entry after the other, named by the path's first letter. */
const WRITING = `<script>
  let n = 0;
  setInterval(() => { localStorage[location.pathname[1] + n] = n; n++; }, 5);
</script>`;
/** Writes once, and once more at its very end. */
const LEAVING = `<script>
  const write = (name) => { localStorage[name + location.pathname] = Date.now(); };
  write('came');
  addEventListener('pagehide', () => write('left'));
</script>`;
const FRAMES = html(`<body>${LEAVING}<script>
  const frame = (prepare) => { const made = document.createElement('iframe'); prepare(made); document.body.append(made); return made; };
  const frames = [
    frame((made) => { made.src = '/same'; }),
    frame((made) => { made.src = 'https://widget.test/other'; }),
    frame((made) => { made.srcdoc = '<script>localStorage.srcdoc = 1<\\/script>'; }),
    frame((made) => { made.src = '/sandboxed'; made.sandbox = 'allow-scripts'; }),
    frame(() => undefined),
  ];
  frames.at(-1).contentWindow.localStorage.blank = 1;
</script>`);

const HOST = pages({
  'shop.test/page': html(`<body>${WRITING}<iframe src="https://widget.test/frame"></iframe>`),
  'widget.test/frame': html(WRITING),
  'shop.test/quiet': html(`<body>${LEAVING}`),
  'shop.test/frames': FRAMES,
  'shop.test/same': html(LEAVING),
  'shop.test/sandboxed': html(''),
  'widget.test/other': html(LEAVING),
  'away.test/': html(''),
  'shop.test/speculating': html(
    `<body>${LEAVING}<script type="speculationrules">{"prerender":[{"urls":["/never"],"eagerness":"immediate"}]}</script>`,
  ),
  'shop.test/never': html(`<body>${WRITING}<script>fetch('/r/never')</script>`),
});

const reasons = ({ gaps }: Evidence): string[] => gaps.map(({ reason }) => reason);
const quiet = async (it: Recording): Promise<void> => {
  while ((await it.ask('quiet', {})).milliseconds < 400) await sleep(20);
};

test('a page whose process crashes is a gap of its last moment; what it told before is whole, and a reload begins anew', async () => {
  await recording(HOST, async (it) => {
    const tab = await it.open('https://shop.test/page');
    await tab.waitForFunction(() => localStorage.length > 60);
    const crashedAt = Date.now();
    const session = await tab.createCDPSession();
    // It is not answered any more.
    session.send('Page.crash').catch(() => undefined);
    const evidence = await it.evidence();
    // The frame's own process lives, and ends it without asking.
    expect(reasons(evidence).sort()).toEqual(['document-cut-off: https://shop.test/page', 'document-cut-off: https://widget.test/frame']);
    const told = namesSet(evidence, 'localStorage', 'p');
    expect(told.length).toBeGreaterThan(20);
    expect(told.sort()).toEqual(numbered('p', told.length));
    const gap = evidence.gaps.find(({ reason }) => reason.endsWith('/page'));
    const last = evidence.observations.findLast(({ name }) => name === `p${told.length - 1}`);
    expect(Date.parse(gap?.to ?? '')).toBeGreaterThanOrEqual(Math.max(crashedAt, Date.parse(last?.at ?? '')));
    expect(Date.parse(gap?.to ?? '') - Date.parse(gap?.from ?? '')).toBeLessThanOrEqual(250);
    expect(evidence.lost).toBe(0);

    // What was lost with it lies in the storage, and is found by whoever looks there next.
    const next = await it.open('https://shop.test/quiet');
    const kept = await next.evaluate(() => Object.keys(localStorage).filter((name) => /^p\d/.test(name)));
    const whole = await it.evidence();
    expect(namesSet(whole, 'localStorage', 'p').sort()).toEqual(kept.sort());
    expect(reasons(whole)).toEqual(reasons(evidence));
  });
});

test('a frame whose process crashes is told alone; its page is heard on', async () => {
  await recording(HOST, async (it) => {
    const tab = await it.open('https://shop.test/page');
    const frame = await tab.waitForFrame((one) => one.url() === 'https://widget.test/frame');
    await frame.waitForFunction(() => localStorage.length > 20);
    // The frame's own, which puppeteer's types keep to themselves.
    const { client } = frame as unknown as { client: CDPSession };
    client.send('Page.crash').catch(() => undefined);
    const [before] = namesSet(await it.ask('evidence', {}), 'localStorage', 'p').slice(-1);
    await tab.waitForFunction((count) => localStorage.length > count, {}, Number(before?.slice(1)) + 50);
    await tab.goto('https://away.test/');
    const evidence = await it.evidence();
    expect(reasons(evidence)).toEqual(['document-cut-off: https://widget.test/frame']);
    expect(namesSet(evidence, 'localStorage', 'p').length).toBeGreaterThan(Number(before?.slice(1)) + 50);
  });
});

test('whatever else ends a document or its connection is no gap', async () => {
  await recording(HOST, async (it) => {
    const tab = await it.open('https://shop.test/frames');
    await quiet(it);
    await tab.evaluate(() => document.querySelectorAll('iframe').forEach((frame) => frame.remove()));
    await quiet(it);
    await tab.reload();
    await quiet(it);
    // Frames that go elsewhere, and a page that is left with its frames, comes back and is left again.
    await tab.evaluate(() => document.querySelectorAll('iframe').forEach((frame) => (frame.src = '/quiet')));
    await quiet(it);
    await tab.goto('https://shop.test/quiet');
    await quiet(it);
    await tab.goBack();
    await quiet(it);
    await it.stopBackground();
    await quiet(it);
    await tab.goto('https://shop.test/speculating');
    while (!it.site.log().some(({ path }) => path === '/r/never')) await sleep(20);
    await tab.waitForFunction(() => localStorage.n30 !== undefined);
    await tab.goto('https://shop.test/frames');
    await quiet(it);
    const opened = await tab.evaluateHandle(() => {
      const popUp = open('/quiet', '', 'width=300,height=300');
      const blank = open('', '', 'width=300,height=300');
      blank?.localStorage.setItem('blank', '1');
      return [popUp, blank];
    });
    await quiet(it);
    await opened.evaluate((popUps) => popUps.forEach((one) => one?.close()));
    await quiet(it);
    const other = await it.open('https://shop.test/quiet');
    const before = namesSet(await it.evidence(), 'localStorage', 'left/');
    await tab.close();
    const evidence = await it.evidence();
    expect(reasons(evidence)).toEqual([]);
    expect(evidence.lost).toBe(0);
    // The browser lets neither frames of a closed tab nor pages that were never shown say what they do last. It is found all the same.
    expect(namesSet(evidence, 'localStorage', 'left/').slice(before.length).sort()).toEqual(['left/frames', 'left/same']);
    const ofNever = await other.evaluate(() => Object.keys(localStorage).filter((name) => /^n\d/.test(name)));
    expect(namesSet(evidence, 'localStorage', 'n').sort()).toEqual(ofNever.sort());
  });
});

test('what frames do when their page is left for another site is heard', async () => {
  await recording(HOST, async (it) => {
    const tab = await it.open('https://shop.test/frames');
    await quiet(it);
    await tab.goto('https://away.test/');
    const left = namesSet(await it.evidence(), 'localStorage', 'left');
    expect(left.sort()).toEqual(['left/frames', 'left/other', 'left/same']);
  });
});
