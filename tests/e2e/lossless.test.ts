/**
 * The background is stopped at moments that a seed decides: while the page writes, while it navigates, while the background itself
 * starts. Everything that the page did is there, once. The great one runs in `npm run test:full`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FULL, html, pages } from './audit-of.ts';
import { namesSet, numbered, recording } from './recording.ts';

/** mulberry32: the same seed gives the same story. */
function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Three pages, one after the other; each writes its third, half cookies and half storage, and goes on to the next by itself. */
function writingPages(events: number): Parameters<typeof pages>[0] {
  const each = Math.ceil(events / 3);
  const page = (index: number): string => `<body><script>
    let n = ${index * each};
    const end = Math.min(${events}, ${(index + 1) * each});
    const timer = setInterval(() => {
      for (let i = 0; i < 10 && n < end; i++, n++) {
        if (n % 2) localStorage['s' + n] = 'v' + n;
        else document.cookie = 'c' + n % 100 + '=' + n + '; Secure; Max-Age=1000';
      }
      if (n < end) return;
      clearInterval(timer);
      ${index < 2 ? `location.href = '/${index + 1}'` : `document.title = 'done'`};
    }, 12);
  </script>`;
  return { 'shop.test/0': html(page(0)), 'shop.test/1': html(page(1)), 'shop.test/2': html(page(2)) };
}

async function lossless(events: number, kills: number, seed: number): Promise<void> {
  const random = seeded(seed);
  await recording(pages(writingPages(events)), async (it) => {
    const tab = await it.browser.newPage();
    const opened = tab.goto('https://shop.test/0', { waitUntil: 'domcontentloaded' });
    let killed = 0;
    for (; killed < kills; killed++) {
      await it.stopBackground();
      // Now and then at once again, in the middle of its start.
      if (random() > 0.3) await sleep(random() * (events / 8 / kills) * 10);
    }
    await opened;
    for (let done = false; !done; await sleep(50)) {
      // The page may be between two documents.
      done = await tab.evaluate(() => document.title === 'done').catch(() => false);
    }
    const evidence = await it.evidence();
    const cookies = evidence.observations.filter((o) => o.kind === 'cookie' && o.action === 'set');
    expect(cookies.map(({ name }) => name)).toEqual(Array.from({ length: events / 2 }, (_, index) => `c${(2 * index) % 100}`));
    expect(cookies.filter(({ mechanism }) => mechanism !== 'document.cookie')).toEqual([]);
    const stored = namesSet(evidence, 'localStorage', 's');
    expect(stored.length).toBe(events / 2);
    expect(new Set(stored).size).toBe(events / 2);
    expect(evidence.visits.map(({ url }) => url)).toEqual(['0', '1', '2'].map((path) => `https://shop.test/${path}`));
    expect(evidence.lost).toBe(0);
    expect(evidence.gaps).toEqual([]);
    expect(killed).toBe(kills);
  });
}

test.each(FULL ? [11, 12, 13] : [11])('12 stops during 1 200 events, seed %i', (seed) => lossless(1200, 12, seed));

test.each(FULL ? [1] : [])('50 stops during 10 000 events, seed %i', (seed) => lossless(10_000, 50, seed));

test('several tabs and windows at once, with stops between', async () => {
  const page = html(`<body><script>
    const id = location.pathname.slice(1);
    let n = 0;
    const timer = setInterval(() => {
      document.cookie = id + n + '=' + n + '; Secure; Max-Age=1000';
      sessionStorage[id + n] = n;
      if (++n === 60) { clearInterval(timer); document.title = 'done'; }
    }, 15);
  </script>`);
  await recording(pages({ 'shop.test/a': page, 'shop.test/b': page, 'shop.test/w': page }), async (it) => {
    await it.control.evaluate((url) => {
      const { windows } = (globalThis as unknown as { chrome: { windows: { create(o: object): Promise<unknown> } } }).chrome;
      return windows.create({ url }).then(() => undefined);
    }, 'https://shop.test/w');
    await Promise.all([it.open('https://shop.test/a'), it.open('https://shop.test/b')]);
    for (let stop = 0; stop < 4; stop++) {
      await it.stopBackground();
      await sleep(100);
    }
    const ofSite = async () => (await it.browser.pages()).filter((page) => page.url().startsWith('https://shop.test/'));
    expect(await ofSite()).toHaveLength(3);
    // A tab behind others runs its timers slowly.
    for (const tab of await ofSite()) {
      await tab.bringToFront();
      await tab.waitForFunction(() => document.title === 'done');
    }
    const evidence = await it.evidence();
    const visits = new Map(evidence.visits.map(({ id, url }) => [id, new URL(url).pathname.slice(1)]));
    expect([...visits.values()].sort()).toEqual(['a', 'b', 'w']);
    for (const id of ['a', 'b', 'w']) {
      expect(namesSet(evidence, 'cookie', id).sort()).toEqual(numbered(id, 60));
      expect(namesSet(evidence, 'sessionStorage', id).sort()).toEqual(numbered(id, 60));
    }
    for (const o of evidence.observations)
      if (o.action === 'set' && /^[abw]\d/.test(o.name ?? ''))
        expect(`${o.name} in ${visits.get(o.visit)}`).toBe(`${o.name} in ${o.name?.[0]}`);
    expect(evidence.lost).toBe(0);
    expect(evidence.gaps).toEqual([]);
  });
});
