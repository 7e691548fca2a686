/**
 * Pages do under audit what they do without: `tests/compatibility` uses libraries as they are published, and what each page saw with the
 * extension is held against what it saw in the same browser without any.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { launchChromium } from '../../cli/chromium.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { launchFirefox } from '../../cli/firefox.ts';
import type { Evidence } from '../../lib/model/evidence.ts';
import { newKey } from '../../lib/settings/settings.ts';
import { addressOf, bundles, compatibilitySite, type CompatibilitySite } from '../compatibility/site.ts';
import { SUBJECTS } from '../compatibility/subjects.ts';
import { startSite } from '../site/server.ts';
import { BROWSER, browserArguments, shopPolicy } from './audit-of.ts';
import { plainBrowser } from './plain-browser.ts';

type Visit = (address: string) => Promise<unknown>;

/** Visits every page and waits for what it saw. */
async function visitAll({ seen }: CompatibilitySite, visit: Visit): Promise<void> {
  for (const subject of SUBJECTS) {
    await visit(addressOf(subject));
    await vi.waitUntil(() => seen.has(subject.id), { timeout: 20_000, interval: 10 }).catch(() => undefined);
  }
}

async function without(bundled: Map<string, string>): Promise<CompatibilitySite> {
  const pages = compatibilitySite(bundled);
  const site = await startSite({ form: 'clean', host: pages.host });
  const browser = await plainBrowser(site.port);
  try {
    const page = await browser.newPage();
    await visitAll(pages, (address) => page.goto(address));
  } finally {
    await browser.close();
    await site.close();
  }
  return pages;
}

async function under(bundled: Map<string, string>): Promise<CompatibilitySite & { evidence: Evidence }> {
  const pages = compatibilitySite(bundled);
  const site = await startSite({ form: 'clean', host: pages.host });
  const profile = mkdtempSync(join(tmpdir(), 'compatibility-'));
  const launch = BROWSER === 'chromium' ? launchChromium : launchFirefox;
  const options = readArguments(['--ignore-https-errors', ...browserArguments(BROWSER, site.port)]);
  const browser = await launch(
    findBrowser(BROWSER, null, () => undefined),
    profile,
    options,
  );
  try {
    await browser.ask('configure', { policy: shopPolicy(), sites: [], key: newKey(), clean: true });
    await visitAll(pages, async (address) => {
      await browser.actions.visit(address, 20_000);
      await browser.actions.loaded(20_000);
    });
    return { ...pages, evidence: await browser.ask('evidence', {}) };
  } finally {
    await browser.close();
    await site.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

describe('with the extension as without', () => {
  let plain: CompatibilitySite;
  let audited: CompatibilitySite & { evidence: Evidence };
  beforeAll(async () => {
    const bundled = await bundles();
    plain = await without(bundled);
    audited = await under(bundled);
  });

  test.each(SUBJECTS)('$id', ({ id }) => {
    const seen = plain.seen.get(id);
    expect(seen?.failed).toBeNull();
    expect(seen?.transcript.length).toBeGreaterThan(100);
    expect(audited.seen.get(id)).toEqual(seen);
    expect([...(audited.asked.get(id) ?? [])].sort()).toEqual([...(plain.asked.get(id) ?? [])].sort());
  });

  test('the extension saw every one of these pages', () => {
    const { observations, gaps, lost } = audited.evidence;
    const watched = observations.filter((o) => o.kind === 'localStorage' && o.name === 'compatibility' && o.action === 'set');
    expect(watched.map(({ host }) => host).sort()).toEqual(SUBJECTS.map((subject) => new URL(addressOf(subject)).hostname).sort());
    expect(gaps).toEqual([]);
    expect(lost).toBe(0);
  });
});
