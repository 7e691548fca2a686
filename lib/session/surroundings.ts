/** The tool and its conditions, as the extension itself can tell them. */
import type { Browser } from 'webextension-polyfill';
import { RULESET } from '../judge/ruleset.ts';
import type { Conditions, Tool } from '../model/audit.ts';

declare const __BUILD__: string;

export async function extensionTool(browser: Browser): Promise<Tool> {
  const manifest = browser.runtime.getManifest();
  return { name: 'consent-audit', version: manifest.version, build: __BUILD__, ruleset: RULESET, browser: browserOf(navigator.userAgent) };
}

/** Name and version out of the user agent string, which both browsers still tell to their extensions. */
function browserOf(userAgent: string): Tool['browser'] {
  const firefox = /Firefox\/([\d.]+)/.exec(userAgent)?.[1];
  const chromium = /Chrom(?:e|ium)\/([\d.]+)/.exec(userAgent)?.[1];
  return firefox ? { name: 'firefox', version: firefox } : { name: 'chromium', version: chromium ?? '' };
}

export function extensionConditions(): Conditions {
  return {
    operator: null,
    purpose: null,
    commandLine: [],
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: navigator.language,
    viewport: null,
    userAgent: navigator.userAgent,
    webdriver: navigator.webdriver,
    thirdPartyCookies: null,
  };
}
