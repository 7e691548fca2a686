/** The report as a person meets it: on the screen, on paper, and as a page of the extension. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { launchChromium } from '../../cli/chromium.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { goldenFile } from '../../cli/golden.ts';
import { settle } from '../../cli/steps.ts';
import type { Audit } from '../../lib/model/audit.ts';
import { LANGUAGES } from '../../lib/model/policy.ts';
import { htmlReport } from '../../lib/tell/export/html.ts';
import { startSite } from '../site/server.ts';
import { violations } from './accessible.ts';
import { html, pages, runAudit, shopPolicy } from './audit-of.ts';

const path = findBrowser('chromium', null, () => undefined);
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

async function pdfPages(bytes: Buffer): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const texts: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    texts.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return texts;
}

describe('the file', () => {
  let audit: Audit;
  let report: string;
  let stdout: string;
  let browser: Browser;
  let folder: string;
  const url = (language: string): string => pathToFileURL(join(folder, `${language}.html`)).href;

  beforeAll(async () => {
    const outcome = await runAudit(['--demo', 'breaking', '--language', 'ru', '--operator', 'A. B.', '--purpose', 'a test']);
    if (!outcome.audit || outcome.report === null) throw new Error(outcome.stderr);
    ({ audit, report, stdout } = { ...outcome, audit: outcome.audit, report: outcome.report });
    folder = mkdtempSync(join(tmpdir(), 'report-'));
    writeFileSync(join(folder, 'whole.html'), htmlReport(audit, 'kk'));
    const golden = JSON.parse(readFileSync(goldenFile('demo', 'audit.json'), 'utf8')) as Audit;
    for (const language of LANGUAGES) writeFileSync(join(folder, `${language}.html`), htmlReport(golden, language));
    writeFileSync(
      join(folder, 'hostile.html'),
      htmlReport(JSON.parse(readFileSync(goldenFile('hostile', 'audit.json'), 'utf8')) as Audit, 'en'),
    );
    browser = await chromium.launch({ executablePath: path, args });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is written beside the audit in the language asked for, and the terminal speaks it too', () => {
    expect(report === htmlReport(audit, 'ru')).toBe(true);
    expect(audit.conditions).toMatchObject({ operator: 'A. B.', purpose: 'a test' });
    expect(stdout).toContain('Ошибки (');
    expect(stdout).toMatch(/report\.html/);
  });

  const looks = (['light', 'dark'] as const).flatMap((scheme) => [...LANGUAGES, 'hostile'].map((name) => [name, scheme] as const));
  test.each([...looks, ['whole', 'light'] as const])(
    '%s in %s: accessible, on a narrow screen too, and loads nothing',
    async (name, colorScheme) => {
      const page = await browser.newPage({ colorScheme, bypassCSP: true });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(url(name));
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      expect(asked).toEqual([url(name)]);
      await page.close();
    },
  );

  test('nothing in it runs', async () => {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('dialog', (dialog) => {
      said.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(url('hostile'));
    expect(await page.locator('script, img, iframe').count()).toBe(0);
    expect(await page.getByText('<script>alert(1)</script>').count()).toBeGreaterThan(0);
    expect(said).toEqual([]);
    await page.close();
  });

  test('on paper: every page is numbered and named, and every finding is there', async () => {
    const page = await browser.newPage({ colorScheme: 'dark' });
    await page.goto(url('whole'));
    const texts = await pdfPages(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    expect(texts.length).toBeGreaterThan(10);
    for (const [index, text] of texts.entries()) {
      expect(text.replace(/\s+/g, ' ')).toContain(`${index + 1} / ${texts.length}`);
      expect(text).toContain('send-box.com');
      expect(text).toContain(audit.run.endedAt.slice(0, 10));
    }
    const printed = new Set(texts.join(' ').split(/[\s,:]+/));
    expect(audit.findings.filter(({ id }) => !printed.has(id)).map(({ id }) => id)).toEqual([]);
    // What is folded on the screen is open on paper.
    const cited = audit.findings.flatMap(({ observations }) => observations);
    expect(cited.filter((id) => !printed.has(id))).toEqual([]);
    await page.close();
  });
});

test('the page of the extension tells the same as the file that it saves', async () => {
  const shop = html(`<script>document.cookie = '_ga=GA1.1.1234567890.1700000000; Max-Age=65750400; Secure';</script>`);
  const site = await startSite({ form: 'clean', host: pages({ 'shop.test/': shop }) });
  const profile = mkdtempSync(join(tmpdir(), 'report-page-'));
  const flags = [`--host-resolver-rules=MAP * 127.0.0.1:${site.port}`, '--ignore-certificate-errors', '--lang=en'];
  const browser = await launchChromium(
    path,
    profile,
    readArguments(['https://shop.test/', '--ignore-https-errors', ...flags.map((flag) => `--browser-arg=${flag}`)]),
  );
  try {
    await browser.ask('configure', { policy: shopPolicy(), sites: [], key: null, clean: true });
    await browser.page.goto('https://shop.test/');
    await settle(browser, undefined);
    const context = browser.page.context();
    const control = context.pages().find((one) => one.url().endsWith('/control.html'));
    const report = await context.newPage();
    await report.goto(new URL('/report.html?tab=1', control?.url()).href);
    await report.getByRole('heading', { level: 1, name: 'Consent audit of shop.test' }).waitFor();
    expect(await violations(report)).toEqual([]);

    await report.getByRole('combobox').selectOption('kk');
    await report.getByRole('heading', { level: 1, name: 'shop.test сайтындағы келісім аудиті' }).waitFor();
    expect(await report.evaluate(() => document.documentElement.lang)).toBe('kk');
    const [download] = await Promise.all([report.waitForEvent('download'), report.getByRole('button', { name: 'HTML сақтау' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^consent-audit-shop\.test-\d{4}-\d{2}-\d{2}\.html$/);
    const file = await context.newPage();
    await file.setContent(readFileSync(await download.path(), 'utf8'));
    const shown = await report.locator('.document').innerText();
    expect(shown).toContain('761');
    expect((await file.locator('body').innerText()).trim()).toBe(shown.trim());
    expect(await report.locator('svg.picture').count()).toBe(1);
  } finally {
    await browser.close();
    await site.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
