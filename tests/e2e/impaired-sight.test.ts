/** Where a page takes sight away, the audit says so; where it only seems to, nothing is lost. */
import { expect, test } from 'vitest';
import { MOST_CLAIMS } from '../../lib/gather/relay/queue.ts';
import { auditPages, found, html, pages, seen, shopPolicy } from './audit-of.ts';

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

test('beyond its limit a flood is counted, and the click after it is kept', async () => {
  const more = 4000;
  const host = pages({
    'shop.test/': html(
      `<button id="b" onclick="localStorage.after = 1">Accept</button><script>for (let i = 0; i < ${MOST_CLAIMS + more}; i++) sessionStorage.flood = i;</script>`,
    ),
  });
  const { audit } = await auditPages(host, [{ visit: '/' }, { click: '#b' }], shopPolicy());
  // The canary is a claim too; what the click wrote is found in the storage.
  expect(audit.summary.lost).toBe(more + 2);
  expect(audit.gaps.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^dropped-entries: \d+ in https:\/\/shop\.test\/$/)]);
  expect(seen(audit, 'sessionStorage', 'flood').length).toBeGreaterThanOrEqual(MOST_CLAIMS - 1);
  expect(audit.observations.filter(({ kind, mechanism }) => kind === 'control' && mechanism === 'click')).toHaveLength(1);
  expect(seen(audit, 'localStorage', 'after')).toMatchObject([{ mechanism: 'snapshot', initiator: null }]);
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
