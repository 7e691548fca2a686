import { expect, test } from 'vitest';
import { hindranceOf } from '../../../cli/chromium-hindrance.ts';

/** What Playwright throws, the colours included. */
const thrown = (action: string, ...log: string[]): string =>
  [`locator.${action}: Timeout 10000ms exceeded.`, 'Call log:', ...log.map((line) => `\u001b[2m${line}\u001b[22m`), ''].join('\n');
const WAITING = "  - waiting for locator('#x').first()";
const RESOLVED = '    - locator resolved to <button id="x">x</button>';
const ATTEMPT = ['  - attempting click action', '    2 × waiting for element to be visible, enabled and stable'];

test.each([
  ['it is not there', [WAITING]],
  [
    'it is not visible',
    [WAITING, RESOLVED, ...ATTEMPT, '      - element is not visible', '    - retrying click action', '    - waiting 20ms'],
  ],
  ['it is disabled', [WAITING, RESOLVED, ...ATTEMPT, '    - element is not enabled']],
  ['it moves', [WAITING, RESOLVED, ...ATTEMPT, '    - element is not stable']],
  ['it cannot be edited', [WAITING, RESOLVED, ...ATTEMPT, '    - element is not editable']],
  ['it lies outside of the window', [WAITING, RESOLVED, ...ATTEMPT, '      - element is outside of the viewport']],
  ['<div> is in front of it', [WAITING, RESOLVED, ...ATTEMPT, '    - <div class="overlay">…</div> intercepts pointer events']],
  ['<p> is in front of it', [WAITING, RESOLVED, ...ATTEMPT, '    - <p>over</p> from <div>…</div> subtree intercepts pointer events']],
  // The last attempt counts, and what the page wrote into its element is no word of the driver.
  [
    'it is disabled',
    [WAITING, RESOLVED, '    - <b>x</b> intercepts pointer events', '    - element is not enabled', '  - retrying click action'],
  ],
  ['it moves', [WAITING, RESOLVED, '    - element is not stable', '    - <i title="', 'constructor', '">x</i>']],
  ['it moves', [WAITING, RESOLVED, '    - element is not stable', '    - locator resolved to <i title="element is not visible">x</i>']],
])('%s', (hindrance, log) => {
  expect(hindranceOf(thrown('click', ...log))).toBe(hindrance);
});

test.each([
  'locator.click: Unexpected token "!" while parsing css selector "!!".',
  'locator.check: Error: Not a checkbox or radio button\nCall log:\n  - waiting for locator',
  thrown('click', WAITING, RESOLVED, ...ATTEMPT),
])('what says itself why, or says nothing, is left as it is', (message) => {
  expect(hindranceOf(message)).toBeNull();
});
