/**
 * When to look for what a page may define at any time (`__tcfapi`, `dataLayer`, `klaro`). A setter on `window` would be visible to the
 * page, and a timer without an end would cost it; so it is looked for at bounded moments: when a script has loaded, when the document
 * has been parsed and has loaded, when the person acts, and after a few pauses that grow.
 */
import { attempt } from './clip.ts';
import { each, listenOn } from './guarded.ts';
import * as natives from './natives.ts';

const PAUSES = [50, 250, 1000, 2000, 4000, 8000, 16_000]; // milliseconds
const ACTS = ['pointerdown', 'click', 'keydown'];

/** `look` may call the page's functions: it runs in a task of its own or in a listener, never inside a call of the page. */
export function atMoments(look: () => void): void {
  const looked = (): void => attempt(look);
  // `load` does not bubble, but it is captured: also that of each script.
  listenOn(window, 'load', looked);
  listenOn(document, 'load', ({ target }) => {
    if (target instanceof HTMLScriptElement) looked();
  });
  listenOn(document, 'DOMContentLoaded', looked);
  each(ACTS, (act) =>
    listenOn(window, act, ({ isTrusted }) => {
      if (isTrusted) looked();
    }),
  );
  each(PAUSES, (pause) => natives.apply(natives.setTimeout, window, [looked, pause]));
}
