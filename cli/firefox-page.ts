/** The audited page in Firefox: what Playwright does in Chromium, with BiDi's trusted pointer and keys. */
import type { ElementHandle, Frame, KeyInput, Page } from 'puppeteer-core';
import type { PageActions, Place } from './browser.ts';
import { deepSelectors } from './deep-selector.ts';

const POLL = 50; // milliseconds

export function actionsOn(page: Page): PageActions {
  const main = page.mainFrame();
  return {
    ...placeOf(page, main),
    url: () => page.url(),
    visit: (url, timeout) => begun(main, page.goto(url, { waitUntil: [], timeout }), timeout),
    reload: (timeout) => begun(main, page.reload({ waitUntil: [], timeout }), timeout),
    loaded: (timeout) => untilTrue(timeout, 'the page did not load', () => isComplete(main)),
    frame(part) {
      const frame = page.frames().find((one) => one !== main && one.url().includes(part));
      return frame ? placeOf(page, frame) : null;
    },
    clickAt: (x, y) => page.mouse.click(x, y),
    move: (x, y) => page.mouse.move(x, y),
    scroll: (pixels) => page.mouse.wheel({ deltaY: pixels }),
    press: (key) => press(page, key),
  };
}

function placeOf(page: Page, frame: Frame): Place {
  const use = async <T>(selector: string, timeout: number, act: (element: ElementHandle) => Promise<T>): Promise<T> => {
    const element = await usable(frame, selector, timeout);
    try {
      return await act(element);
    } finally {
      // The element may be gone with its document.
      await element.dispose().catch(() => undefined);
    }
  };
  const click = async (element: ElementHandle): Promise<void> => {
    const { x, y } = await element.clickablePoint();
    await page.mouse.click(x, y);
  };
  return {
    click: (selector, timeout) => use(selector, timeout, click),
    check: (selector, timeout) =>
      use(selector, timeout, async (element) => {
        if (await element.evaluate(isChecked)) return;
        await click(element);
        await untilTrue(timeout, 'the click did not tick it', () => element.evaluate(isChecked));
      }),
    hover: (selector, timeout) =>
      use(selector, timeout, async (element) => {
        const { x, y } = await element.clickablePoint();
        await page.mouse.move(x, y);
      }),
    fill: (selector, text, timeout) => use(selector, timeout, (element) => element.evaluate(putText, text)),
    evaluate: (script) => frame.evaluate(script),
  };
}

/** A document has begun when it is interactive, or when its clock is another one: some never become interactive. */
async function begun(frame: Frame, navigation: Promise<unknown>, timeout: number): Promise<void> {
  let ended = false;
  const interactive = navigation.finally(() => {
    ended = true;
  });
  // It may fail before anybody waits for it, and what loses the race when nobody does any more.
  interactive.catch(() => undefined);
  // Firefox's own page about what went wrong has a clock too; of it the navigation itself tells.
  const clock = (): Promise<number | null> =>
    frame.evaluate(() => (/^about:(?!blank)/.test(document.documentURI) ? null : performance.timeOrigin)).catch(() => null);
  const before = await clock();
  const other = untilTrue(timeout, 'Timeout', async () => ended || ![null, before].includes(await clock()));
  other.catch(() => undefined);
  await Promise.race([interactive, other]);
  if (ended) await interactive;
}

/** Between two documents there is nothing to ask. */
function isComplete(frame: Frame): Promise<boolean> {
  return frame.evaluate(() => document.readyState === 'complete').catch(() => false);
}

async function untilTrue(timeout: number, failure: string, ask: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + timeout;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(failure);
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
}

/** The first element of the selector, once a person could use it: shown, enabled, at rest, and nothing in front of it. */
async function usable(frame: Frame, selector: string, timeout: number): Promise<ElementHandle> {
  const deadline = Date.now() + timeout;
  let hindrance = 'it is not there';
  for (let place = ''; ;) {
    const element = await firstOf(frame, selector);
    if (element) {
      const state = await element.evaluate(stateOf).catch(() => ({ hindrance: 'it is gone again', place: '' }));
      if (state.hindrance === null && state.place === place) return element;
      hindrance = state.hindrance ?? 'it moves';
      place = state.place;
      await element.dispose().catch(() => undefined);
    }
    if (Date.now() > deadline) throw new Error(hindrance);
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
}

async function firstOf(frame: Frame, selector: string): Promise<ElementHandle | null> {
  for (const deep of deepSelectors(selector)) {
    const element = await frame.$(deep).catch((error: unknown) => {
      // A frame between two documents has no elements; a selector that is none stays one.
      if (error instanceof Error && /selector/i.test(error.message)) throw error;
      return null;
    });
    if (element) return element;
  }
  return null;
}

/* The functions below run in the page, in the driver's own realm: they close over nothing. */

function stateOf(element: Element): { hindrance: string | null; place: string } {
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const { x, y, width, height } = element.getBoundingClientRect();
  const place = [x, y, width, height].join(' ');
  if (width === 0 || height === 0 || getComputedStyle(element).visibility !== 'visible') return { hindrance: 'it is not visible', place };
  if (element.matches(':disabled') || element.closest('[aria-disabled="true"]')) return { hindrance: 'it is disabled', place };
  let hit = document.elementFromPoint(x + width / 2, y + height / 2);
  for (let inner = hit?.shadowRoot; hit && inner; inner = hit.shadowRoot) {
    const deeper = inner.elementFromPoint(x + width / 2, y + height / 2);
    if (!deeper || deeper === hit) break;
    hit = deeper;
  }
  // What is inside the element, or a label of it, takes the click for it.
  for (
    let node: Node | null = hit;
    node;
    node = node instanceof ShadowRoot ? node.host : ((node as Element).assignedSlot ?? node.parentNode)
  ) {
    if (node === element || (node instanceof HTMLLabelElement && node.control === element)) return { hindrance: null, place };
  }
  return { hindrance: hit ? `<${hit.localName}> is in front of it` : 'it lies outside of the window', place };
}

function isChecked(element: Element): boolean {
  const control = element instanceof HTMLLabelElement ? element.control : element;
  return control instanceof HTMLInputElement ? control.checked : control?.getAttribute('aria-checked') === 'true';
}

function putText(element: Element, text: string): void {
  const control = element instanceof HTMLLabelElement ? element.control : element;
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
    control.focus();
    control.value = text;
    control.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
  } else if (control instanceof HTMLElement && control.isContentEditable) {
    control.focus();
    getSelection()?.selectAllChildren(control);
    document.execCommand('insertText', false, text);
  } else throw new Error('it is no field for text');
}

/** Names as Playwright has them: https://playwright.dev/docs/api/class-keyboard#keyboard-press */
const KEYS: Record<string, string> = { Space: ' ', ControlOrMeta: process.platform === 'darwin' ? 'Meta' : 'Control' };

async function press(page: Page, combination: string): Promise<void> {
  // The last plus of `Control++` is the key itself.
  const names = combination
    .split(/\+(?=.)/)
    .map((name) => KEYS[name] ?? /^(?:Key([A-Z])|Digit(\d))$/.exec(name)?.slice(1).find(Boolean)?.toLowerCase() ?? name);
  const key = names.pop() as KeyInput;
  for (const name of names) await page.keyboard.down(name as KeyInput);
  try {
    await page.keyboard.press(key);
  } finally {
    for (const name of names.toReversed()) await page.keyboard.up(name as KeyInput);
  }
}
