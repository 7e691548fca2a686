/** Takes one scenario step on the page, as a person would. */
import type { Frame, Page } from 'playwright-core';
import { ExitError, noVerdict } from './exit.ts';
import { firstLine, type RunningBrowser } from './chromium.ts';
import type { MarkValue, Step } from './scenario.ts';

const PATIENCE = 10_000; // milliseconds for a control to be there and to take the click
const LOAD = 30_000; // milliseconds for a document to begin
const QUIET = 500; // milliseconds without a new observation
const LONGEST = 5_000; // milliseconds to wait for quiet

/** @param where file and JSON pointer of the step, for errors */
export async function takeStep(
  browser: RunningBrowser,
  step: Exclude<Step, { fresh: true } | { restart: true }>,
  base: string,
  where: string,
): Promise<void> {
  const { page } = browser;
  if ('visit' in step) return visit(page, new URL(step.visit, base).href);
  if ('reload' in step) {
    await page.reload({ waitUntil: 'commit', timeout: LOAD }).catch(unreachable(page.url()));
    return loaded(page);
  }
  if ('wait' in step) return page.waitForTimeout(step.wait);
  if ('scroll' in step) return page.mouse.wheel(0, step.scroll);
  if ('move' in step) return page.mouse.move(step.move.x, step.move.y);
  if ('press' in step) return page.keyboard.press(step.press).catch(impossible(where, `the key "${step.press}" cannot be pressed`));
  if ('click' in step) {
    if (typeof step.click === 'object') await page.mouse.click(step.click.x, step.click.y);
    else await on(page, step.frame, step.click, where, (locator) => locator.click({ timeout: PATIENCE }));
  } else if ('check' in step) await on(page, step.frame, step.check, where, (locator) => locator.check({ timeout: PATIENCE }));
  else if ('hover' in step) await on(page, step.frame, step.hover, where, (locator) => locator.hover({ timeout: PATIENCE }));
  else if ('fill' in step)
    await on(page, step.frame, step.fill.selector, where, (locator) =>
      locator.fill(process.env[step.fill.env] ?? '', { timeout: PATIENCE }),
    );
  if ('mark' in step && step.mark !== undefined) await mark(browser, step.mark);
}

/** Waits until nothing new was observed for a while, then has everything looked into once more. */
export async function settle(browser: RunningBrowser, override: number | undefined): Promise<void> {
  const quiet = override ?? QUIET;
  const deadline = Date.now() + Math.max(LONGEST, quiet * 2);
  while (Date.now() < deadline) {
    const { milliseconds } = await browser.ask('quiet', {});
    if (milliseconds >= quiet) break;
    await new Promise((resolve) => setTimeout(resolve, Math.min(100, quiet - milliseconds + 5)));
  }
  await browser.ask('snapshot', {});
}

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'commit', timeout: LOAD }).catch(unreachable(url));
  await loaded(page);
}

/** A document that never finishes loading is audited as it is. */
async function loaded(page: Page): Promise<void> {
  await page.waitForLoadState('load', { timeout: PATIENCE }).catch(() => undefined);
}

async function on(
  page: Page,
  frame: string | undefined,
  selector: string,
  where: string,
  act: (locator: ReturnType<Page['locator']>) => Promise<void>,
): Promise<void> {
  const place: Page | Frame = frame === undefined ? page : await frameOf(page, frame, where);
  await act(place.locator(`css=${selector}`).first()).catch(
    impossible(
      where,
      `"${selector}" could not be used${frame === undefined ? '' : ` in the frame "${frame}"`} within ${PATIENCE / 1000} s`,
    ),
  );
}

async function frameOf(page: Page, part: string, where: string): Promise<Frame> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const frame = page.frames().find((one) => one !== page.mainFrame() && one.url().includes(part));
    if (frame) return frame;
    if (Date.now() > deadline) throw noVerdict(`${where}: no frame's URL contains "${part}".`);
    await page.waitForTimeout(100);
  }
}

async function mark(browser: RunningBrowser, value: MarkValue): Promise<void> {
  await browser.ask(
    'mark',
    typeof value === 'string' ? { tab: null, state: value, categories: null } : { tab: null, state: null, categories: value },
  );
}

function unreachable(url: string) {
  return (error: unknown): never => {
    throw noVerdict(`${url}: the page could not be opened (${firstLine(error).replace(/^.*?:\s*(?=net::|Timeout|NS_)/, '')}).`);
  };
}

function impossible(where: string, what: string) {
  return (error: unknown): never => {
    if (error instanceof ExitError) throw error;
    throw noVerdict(`${where}: ${what} (${firstLine(error)}).`);
  };
}
