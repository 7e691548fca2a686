/** What a scenario needs of a browser, whichever drives it: the page as a person uses it, and the extension's ear. */
import { ask, type CommandName, type Commands } from '../lib/messaging/commands.ts';

/** A page, or one of its frames. Selectors are CSS and reach into open shadow roots. */
export interface Place {
  /** A trusted click in the middle, once the element can take it. */
  click(selector: string, timeout: number): Promise<void>;
  /** Ticks a checkbox or radio button that is not ticked yet. */
  check(selector: string, timeout: number): Promise<void>;
  hover(selector: string, timeout: number): Promise<void>;
  /** Puts a text in place of what a field holds. */
  fill(selector: string, text: string, timeout: number): Promise<void>;
  /** Runs a function of its own, that closes over nothing, in the page's world. */
  evaluate<T>(script: () => T): Promise<T>;
}

/** The audited tab. Timeouts are in milliseconds; whatever cannot be done rejects with the driver's reason. */
export interface PageActions extends Place {
  url(): string;
  /** Resolves when the new document has begun; `load` is waited for with `loaded`. */
  visit(url: string, timeout: number): Promise<void>;
  reload(timeout: number): Promise<void>;
  /** Rejects when the document is not loaded in time. */
  loaded(timeout: number): Promise<void>;
  /** The first frame below the page's own whose URL contains this, or null. */
  frame(part: string): Place | null;
  clickAt(x: number, y: number): Promise<void>;
  move(x: number, y: number): Promise<void>;
  scroll(pixels: number): Promise<void>;
  /** A key by its name, with modifiers before it: `Enter`, `a`, `Shift+Tab`. */
  press(key: string): Promise<void>;
}

export interface RunningBrowser {
  name: 'chromium' | 'firefox';
  version: string;
  actions: PageActions;
  /** Conditions that only this browser has, as they are recorded. */
  conditions: Record<string, unknown>;
  /** Asks the extension; a background that is just starting is asked again. */
  ask: Ask;
  /** Resolves with a sentence when page or browser go down by themselves. */
  crashed: Promise<string>;
  alive(): boolean;
  /** Leaves the page before the browser ends, and hears out what it does at its end. Nothing can be done with it afterwards. */
  leave(): Promise<void>;
  /** Ends the browser as a person would, so that the profile keeps what it would keep. */
  close(): Promise<void>;
}

type Ask = <Name extends CommandName>(command: Name, parameters: Commands[Name]['ask']) => Promise<Commands[Name]['answer']>;

/** Asks through the extension's own page. The background may be stopped between question and answer; the next question wakes it. */
export function askThrough(sendMessage: (message: unknown) => Promise<unknown>, alive: () => boolean): Ask {
  return async (command, parameters) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask({ sendMessage }, command, parameters);
      } catch (error) {
        // Nobody listened, or the answer was lost with the background; what keeps failing is told.
        if (attempt === 5 || !alive()) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
      }
    }
  };
}

/** In the words of `crashed`. The browser goes on without the extension, and nobody would record what the page does. */
export const EXTENSION_WENT_DOWN = "the extension's process went down";
export const PAGE_CRASHED = 'the page crashed';

/** Why the audited page was closed, in the words of `crashed`: a browser that goes down closes its pages first. */
export function whyClosed(control: { title(): Promise<string> }): Promise<string> {
  return control.title().then(
    () => 'the page was closed',
    () => 'the browser went down',
  );
}

/** Waits until every document has ended: a browser that ends takes the last words of its page with it. */
export async function hearOut(askBackground: Ask): Promise<void> {
  const deadline = Date.now() + 2000;
  while ((await askBackground('quiet', {})).documents > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
}

export const MOBILE = { width: 390, height: 844, deviceScaleFactor: 3, isMobile: true, hasTouch: true } as const;

/** `1280x800`, as it was checked when the command line was read. */
export function sizeOf(viewport: string): { width: number; height: number } {
  const [width = 1280, height = 800] = viewport.split('x').map(Number);
  return { width, height };
}

/** The first line of what a driver says went wrong, without colours and without Firefox's own stack. */
export function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/\u001b\[\d+m/g, '').replace(/\s+\S*@(?:chrome|resource):\/\/.*$/, '');
}
