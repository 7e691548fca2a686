/** Where a page takes sight away, the audit says so; where it only seems to, nothing is lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { GatheredObservation } from '../../lib/model/observation.ts';
import { auditPages, found, html, pages, seen, shopPolicy } from './audit-of.ts';
import { recordingInEither } from './firefox-recording.ts';

test('a page that freezes what a frame would hook is told as a gap, and what the frame writes is still found', async () => {
  const host = pages({
    'shop.test/': html(`<script>
      const frame = document.createElement('iframe');
      frame.src = '/frame';
      document.documentElement.append(frame);
      for (const { prototype } of [frame.contentWindow.Document, frame.contentWindow.Storage]) Object.freeze(prototype);
    </script>`),
    'shop.test/frame': html(`<script>document.cookie = 'unseen=1; Secure'; localStorage.setItem('unseen', '1');</script>`),
  });
  const { audit } = await auditPages(host, [{ visit: '/' }], shopPolicy());
  expect(audit.gaps.map(({ reason }) => reason)).toEqual(['canary-missing: https://shop.test/frame']);
  expect(found(audit, 'capture-gap')).not.toEqual([]);
  expect(audit.summary.verdict).not.toBe('pass');
  for (const kind of ['cookie', 'localStorage'] as const)
    expect(seen(audit, kind, 'unseen'), kind).toMatchObject([{ action: 'set', initiator: null }]);
});

test('a document that is opened anew keeps its clicks, its writes and its leaving', async () => {
  const host = pages({
    'shop.test/': html(`<script>
      addEventListener('load', () => {
        document.open();
        document.write('<button id="b" onclick="document.cookie=\\'clicked=1; Secure\\'; localStorage.clicked = 1">Принять</button>');
        document.write('<script>addEventListener("pagehide", () => { localStorage.left = 1; });<' + '/script>');
        document.close();
      });
    </script>`),
    'shop.test/next': html(''),
  });
  const { audit } = await auditPages(host, [{ visit: '/' }, { click: '#b' }, { visit: '/next' }], shopPolicy());
  const click = audit.observations.find(({ kind, mechanism }) => kind === 'control' && mechanism === 'click');
  expect(click?.control).toMatchObject({ trusted: true, meaning: 'accept' });
  for (const kind of ['cookie', 'localStorage'] as const) {
    const [written, ...more] = seen(audit, kind, 'clicked');
    expect(more).toEqual([]);
    expect(written?.initiator).not.toBeNull();
    expect(written?.seq).toBeGreaterThan(click?.seq ?? Infinity);
  }
  expect(seen(audit, 'localStorage', 'left')).toMatchObject([{ confirmed: 'snapshot' }]);
  expect(audit.gaps).toEqual([]);
});

test('what no hook saw is found in time, and before a choice what was there before it', async () => {
  const host = pages({
    'shop.test/': html(`<button id="accept" style="position:fixed;inset:0 auto auto 0">Accept all</button><script>
      const frame = document.createElement('iframe');
      frame.src = '/frame';
      document.documentElement.append(frame);
      for (const { prototype } of [frame.contentWindow.Document, frame.contentWindow.Storage]) Object.freeze(prototype);
      accept.onpointerup = () => { frame.contentWindow.localStorage.setItem('before', '1'); };
      accept.onclick = () => { frame.contentWindow.localStorage.setItem('after', '1'); };
    </script>`),
    'shop.test/frame': html(`<script>onload = () => setTimeout(() => localStorage.setItem('late', '1'), 500);</script>`),
  });
  await recordingInEither(host, async (it) => {
    const tab = await it.open('https://shop.test/');
    const until = async (name: string): Promise<GatheredObservation[]> => {
      for (;;) {
        const { observations } = await it.ask('evidence', {});
        if (observations.some((one) => one.kind === 'localStorage' && one.name === name)) return observations;
        await sleep(100);
      }
    };
    await until('late');
    await tab.click('#accept');
    const observations = await until('after');
    const written = (name: string) => observations.find((one) => one.kind === 'localStorage' && one.name === name)?.seq;
    const click = observations.find(({ kind, mechanism }) => kind === 'control' && mechanism === 'click')?.seq;
    expect(written('before')).toBeLessThan(click as number);
    expect(written('after')).toBeGreaterThan(click as number);
  });
});
