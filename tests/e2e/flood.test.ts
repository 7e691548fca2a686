/** A page that writes without end. */
import { expect, test } from 'vitest';
import { MOST } from '../../lib/gather/relay/queue.ts';
import { auditPages, html, pages, seen, shopPolicy } from './audit-of.ts';

test('beyond its limit a flood is counted, and the click after it is kept', async () => {
  const more = 4000;
  const host = pages({
    'shop.test/': html(
      `<button id="b" onclick="localStorage.after = 1">Accept</button><script>for (let i = 0; i < ${MOST.claim + more}; i++) sessionStorage.flood = i;</script>`,
    ),
  });
  const { audit } = await auditPages(host, [{ visit: '/' }, { click: '#b' }], shopPolicy());
  // The canary is a claim too; what the click wrote is found in the storage.
  expect(audit.summary.lost).toBe(more + 2);
  expect(audit.gaps.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^dropped-entries: \d+ in https:\/\/shop\.test\/$/)]);
  expect(seen(audit, 'sessionStorage', 'flood').length).toBeGreaterThanOrEqual(MOST.claim - 1);
  expect(audit.observations.filter(({ kind, mechanism }) => kind === 'control' && mechanism === 'click')).toHaveLength(1);
  expect(seen(audit, 'localStorage', 'after')).toMatchObject([{ mechanism: 'snapshot', initiator: null }]);
});
