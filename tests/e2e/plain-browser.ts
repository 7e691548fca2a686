/** The browser that this run of the specs is about, without any extension. */
import { launch, type Browser } from 'puppeteer-core';
import { findBrowser } from '../../cli/find-browser.ts';
import { leadingTo } from '../site/leading.ts';
import { BROWSER } from './audit-of.ts';

/** @param port of a site from `startSite`: every host leads there */
export function plainBrowser(port: number): Promise<Browser> {
  const { args, prefs } = leadingTo(BROWSER, port);
  return launch({
    browser: BROWSER === 'chromium' ? 'chrome' : BROWSER,
    executablePath: findBrowser(BROWSER, null, () => undefined),
    headless: true,
    acceptInsecureCerts: true,
    args: [...args, ...(BROWSER === 'chromium' ? ['--no-sandbox'] : [])],
    // Stacks as the audit's Firefox has them, whenever the driver looks on.
    extraPrefsFirefox: { ...prefs, 'javascript.options.asyncstack': false },
  });
}
