/** Hard to see and hard to fool: the probes and attacks of `tests/matrix`, with the extension and without it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ATTACKS } from '../matrix/attacks.ts';
import { hostileSite, type Found } from '../matrix/hostile-site.ts';
import { PROBES } from '../matrix/probes.ts';
import { TOP } from '../matrix/way.ts';
import { startSite } from '../site/server.ts';
import { auditPages, seen, shopPolicy, type PageAudit } from './audit-of.ts';
import { plainBrowser } from './plain-browser.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The probes' answers in the same browser without any extension. */
async function withoutExtension(): Promise<Found> {
  const { host, found } = hostileSite();
  const site = await startSite({ form: 'clean', host });
  const browser = await plainBrowser(site.port);
  const page = await browser.newPage();
  await page.goto(`${TOP}/probes`);
  while (found.answers.size < PROBES.length) await new Promise((resolve) => setTimeout(resolve, 50));
  await browser.close();
  await site.close();
  return found;
}

describe('hard to see', () => {
  let without: Found;
  let under: Found;
  beforeAll(async () => {
    without = await withoutExtension();
    const { host, found } = hostileSite();
    await auditPages(host, [{ visit: '/probes' }], shopPolicy());
    under = found;
  });

  test.each(PROBES.map(({ id }) => id))('%s', (id) => {
    expect(without.answers.has(id)).toBe(true);
    expect(under.answers.get(id)).toEqual(without.answers.get(id));
  });

  test.each(['chrome-mv3', 'firefox-mv3'])('nothing of the extension can be fetched by a page: %s', (build) => {
    const manifest = JSON.parse(readFileSync(join(ROOT, '.output', build, 'manifest.json'), 'utf8')) as object;
    expect(manifest).not.toHaveProperty('web_accessible_resources');
    expect(manifest).not.toHaveProperty('externally_connectable');
  });
});

describe('hard to fool', () => {
  let result: PageAudit;
  let found: Found;
  beforeAll(async () => {
    const site = hostileSite();
    found = site.found;
    result = await auditPages(
      site.host,
      ATTACKS.map(({ id }) => ({ visit: `/attacked/${id}`, settle: 150 })),
      shopPolicy(),
    );
  });

  test.each(ATTACKS)('$id', ({ id, by }) => {
    const { audit } = result;
    expect(found.noticed.get(id)).toEqual({ threw: null, asked: id === 'event-members' ? [] : null });
    const written = [seen(audit, 'cookie', id), seen(audit, 'localStorage', id), seen(audit, 'localStorage', `${id}-property`)];
    for (const group of written) {
      expect(group).toHaveLength(1);
      expect(group[0]).toMatchObject({ action: 'set', rejected: null });
      expect(group[0]?.confirmed).not.toBeNull();
    }
    const sent = ['', '-beacon'].map((end) => audit.observations.filter(({ request }) => request?.url === `${TOP}/sent/${id}${end}`));
    for (const group of sent) expect(group).toHaveLength(1);
    if (by === undefined)
      for (const [one] of [...written, ...sent]) expect(one?.initiator?.url, one?.mechanism).toBe(`${TOP}/attack/${id}.js`);
  });

  test('nothing forged is believed', () => {
    const { audit } = result;
    expect(audit.observations.filter(({ name }) => name === 'forged')).toEqual([]);
    expect(audit.consent.map(({ source }) => source)).toEqual(['start']);
    // A claimed address stays a claim: the script that really ran is in the stack.
    expect(seen(audit, 'localStorage', 'claimed')[0]?.initiator?.stack.join()).toContain(`${TOP}/attack/source-url.js`);
    expect(audit.summary.lost).toBe(0);
    expect(audit.gaps).toEqual([]);
  });
});
