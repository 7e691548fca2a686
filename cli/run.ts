/** Lives through a scenario in real browsers, profile by profile, and brings home the evidence. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinEvidence } from '../lib/gather/correlate/join.ts';
import type { Conditions } from '../lib/model/audit.ts';
import type { Evidence } from '../lib/model/evidence.ts';
import type { PolicyDocument } from '../lib/model/policy.ts';
import { newKey } from '../lib/settings/settings.ts';
import type { AuditOptions } from './arguments.ts';
import { firstLine, type RunningBrowser } from './browser.ts';
import { ExitError, EXIT } from './exit.ts';
import type { Scenario, Step } from './scenario.ts';
import { settle, takeStep } from './steps.ts';

export interface RunInput {
  browserPath: string;
  options: AuditOptions;
  policy: PolicyDocument;
  sites: string[];
  scenario: Scenario;
  scenarioFile: string;
  /** What relative visits are resolved against. */
  base: string;
  say(text: string): void;
  /** Aborted when the person interrupts. */
  signal: AbortSignal;
}

export interface RunResult {
  evidence: Evidence;
  complete: boolean;
  /** Why it ended before its end, or null. */
  failure: ExitError | null;
  browserVersion: string;
  /** With those that only the one browser has. */
  conditions: Pick<Conditions, 'timeZone' | 'locale' | 'userAgent' | 'webdriver'> & Record<string, unknown>;
}

const UNKNOWN_CONDITIONS: RunResult['conditions'] = { timeZone: 'UTC', locale: 'en', userAgent: '', webdriver: null };

/** Never throws for what happens to page or browser: what was observed so far comes back with the failure. */
export async function runScenario(input: RunInput): Promise<RunResult> {
  const { options, scenario, say, signal } = input;
  // Each brings its driver, which takes a while to load.
  const launch =
    options.browser === 'firefox' ? (await import('./firefox.ts')).launchFirefox : (await import('./chromium.ts')).launchChromium;
  const folders: string[] = [];
  const collected: Evidence[] = [];
  // One key for all profiles, so that equal values stay equal across them; it ends with this process.
  const key = newKey();
  const started: { browser: RunningBrowser | null; profile: string } = { browser: null, profile: '' };
  let version = '';
  let conditions = UNKNOWN_CONDITIONS;
  let failure: ExitError | null = null;

  const begin = async (): Promise<RunningBrowser> => {
    started.profile = mkdtempSync(join(tmpdir(), 'consent-audit-'));
    folders.push(started.profile);
    const browser = await launch(input.browserPath, started.profile, options);
    started.browser = browser;
    version = browser.version;
    await browser.ask('configure', { policy: input.policy, sites: input.sites, key, clean: true });
    conditions = await readConditions(browser);
    return browser;
  };
  /** The extension may have gone down with the page; what it stored is still there. */
  const again = async (): Promise<Evidence> => {
    await started.browser?.close();
    started.browser = await launch(input.browserPath, started.profile, options);
    return started.browser.ask('evidence', {});
  };
  /** Reads the profile's evidence; a browser that went down is started once more on the same profile for it. */
  const collect = async (): Promise<void> => {
    if (started.profile === '') return;
    if (!started.browser?.alive()) started.browser = await launch(input.browserPath, started.profile, options);
    collected.push(await started.browser.ask('evidence', {}).catch(again));
    await started.browser.close();
    started.profile = '';
  };

  try {
    let browser = await begin();
    let reason: 'visit' | 'fresh' | 'restart' = 'visit';
    for (const [index, step] of scenario.steps.entries()) {
      if (signal.aborted) break;
      say(`${String(index + 1).padStart(2)}/${scenario.steps.length}  ${describe(step)}`);
      if ('fresh' in step || 'restart' in step) {
        reason = 'fresh' in step ? 'fresh' : 'restart';
        await unlessStopped(browser, signal, settle(browser, step.settle));
        if ('fresh' in step) {
          await collect();
          browser = await begin();
        } else {
          await browser.leave();
          await browser.close();
          browser = await launch(input.browserPath, started.profile, options);
          started.browser = browser;
        }
        continue;
      }
      await browser.ask('step', { index, reason: 'visit' in step ? reason : 'reload' in step ? 'reload' : 'other' });
      if ('visit' in step) reason = 'visit';
      await unlessStopped(
        browser,
        signal,
        takeStep(browser, step, input.base, `${input.scenarioFile}: /steps/${index}`).then(() => settle(browser, step.settle)),
      );
    }
  } catch (error) {
    failure =
      (await cutShort(started.browser)) ??
      (error instanceof ExitError ? error : new ExitError(EXIT.noVerdict, `The audit could not be carried out: ${firstLine(error)}`));
  }
  if (signal.aborted) failure = new ExitError(EXIT.interrupted, 'Interrupted: the audit holds what was observed so far.');
  try {
    await collect();
  } catch (error) {
    failure ??= new ExitError(EXIT.noVerdict, `What was observed could not be read: ${firstLine(error)}`);
    await started.browser?.close();
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return { evidence: joinEvidence(collected), complete: failure === null, failure, browserVersion: version, conditions };
}

/** Ends waiting at once when the person interrupts or the browser goes down. */
async function unlessStopped(browser: RunningBrowser, signal: AbortSignal, work: Promise<void>): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const crashed = browser.crashed.then((what) => {
    throw goneDown(what);
  });
  // What loses the race may still fail later; nobody is waiting for it then.
  work.catch(() => undefined);
  crashed.catch(() => undefined);
  await Promise.race([work, stopped, crashed]);
}

function goneDown(what: string): ExitError {
  return new ExitError(EXIT.noVerdict, `The audit was cut short: ${what}.`);
}

const LAST_NEWS = 2000; // milliseconds for the driver to tell that page or browser went down

/** Where page or browser go down, a step that fails of it may be heard of first; null where they are still there. */
async function cutShort(browser: RunningBrowser | null): Promise<ExitError | null> {
  if (!browser) return null;
  let timer: NodeJS.Timeout | undefined;
  const nothing = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, LAST_NEWS, null);
  });
  return Promise.race([browser.crashed.then(goneDown), nothing]).finally(() => clearTimeout(timer));
}

async function readConditions(browser: RunningBrowser): Promise<RunResult['conditions']> {
  const read = await browser.actions.evaluate(() => ({
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: navigator.language,
    userAgent: navigator.userAgent,
    webdriver: navigator.webdriver,
  }));
  return { ...read, ...browser.conditions };
}

function describe(step: Step): string {
  const [name = '', value] =
    Object.entries(step).find(([key]) => !['settle', 'frame', 'mark'].includes(key)) ?? Object.entries(step)[0] ?? [];
  const shown = value === true ? '' : typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  return `${name} ${shown}`.trim();
}
