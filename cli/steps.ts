/** Takes one scenario step on the page, as a person would. */
import { firstLine, type PageActions, type Place, type RunningBrowser } from './browser.ts';
import { ExitError, noVerdict } from './exit.ts';
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
  const { actions } = browser;
  const on = (selector: string, act: (place: Place) => Promise<void>): Promise<void> => using(actions, step.frame, selector, where, act);
  if ('visit' in step) return visit(actions, new URL(step.visit, base).href);
  if ('reload' in step) {
    await actions.reload(LOAD).catch(unreachable(actions.url()));
    return loaded(actions);
  }
  if ('wait' in step) return new Promise((resolve) => setTimeout(resolve, step.wait));
  if ('scroll' in step) return actions.scroll(step.scroll);
  if ('move' in step) return actions.move(step.move.x, step.move.y);
  if ('press' in step) return actions.press(step.press).catch(impossible(where, `the key "${step.press}" cannot be pressed`));
  if ('click' in step) {
    const { click } = step;
    if (typeof click === 'object') await actions.clickAt(click.x, click.y);
    else await on(click, (place) => place.click(click, PATIENCE));
  } else if ('check' in step) await on(step.check, (place) => place.check(step.check, PATIENCE));
  else if ('hover' in step) await on(step.hover, (place) => place.hover(step.hover, PATIENCE));
  else if ('fill' in step) {
    const { selector, env } = step.fill;
    await on(selector, (place) => place.fill(selector, process.env[env] ?? '', PATIENCE));
  }
  if ('mark' in step && step.mark !== undefined) await mark(browser, step.mark);
}

/**
 * Waits until nothing new was observed for a while and what was asked for is answered, then has everything looked into once more.
 * @param override milliseconds of quiet that the scenario asks for: they are enough, whatever is still on its way
 */
export async function settle(browser: RunningBrowser, override: number | undefined): Promise<void> {
  const quiet = override ?? QUIET;
  const deadline = Date.now() + Math.max(LONGEST, quiet * 2);
  while (Date.now() < deadline) {
    const { milliseconds, unanswered } = await browser.ask('quiet', {});
    // A script that a slow network brings later is to be seen too.
    if (milliseconds >= quiet && (override !== undefined || unanswered === 0)) break;
    await new Promise((resolve) => setTimeout(resolve, Math.min(100, Math.max(0, quiet - milliseconds) + 5)));
  }
  await browser.ask('snapshot', {});
}

async function visit(actions: PageActions, url: string): Promise<void> {
  await actions.visit(url, LOAD).catch(unreachable(url));
  await loaded(actions);
}

/** A document that never finishes loading is audited as it is. */
async function loaded(actions: PageActions): Promise<void> {
  await actions.loaded(PATIENCE).catch(() => undefined);
}

async function using(
  actions: PageActions,
  frame: string | undefined,
  selector: string,
  where: string,
  act: (place: Place) => Promise<void>,
): Promise<void> {
  await act(frame === undefined ? actions : await frameOf(actions, frame, where)).catch(
    impossible(
      where,
      `"${selector}" could not be used${frame === undefined ? '' : ` in the frame "${frame}"`} within ${PATIENCE / 1000} s`,
    ),
  );
}

async function frameOf(actions: PageActions, part: string, where: string): Promise<Place> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const frame = actions.frame(part);
    if (frame) return frame;
    if (Date.now() > deadline) throw noVerdict(`${where}: no frame's URL contains "${part}".`);
    await new Promise((resolve) => setTimeout(resolve, 100));
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
