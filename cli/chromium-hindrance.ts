/** Why an element could not be used, out of what Playwright tells of its attempts, in the words of the other driver. */

/** https://playwright.dev/docs/actionability */
const FOUND = new Map([
  ['element is not visible', 'it is not visible'],
  ['element is not enabled', 'it is disabled'],
  ['element is not stable', 'it moves'],
  ['element is not editable', 'it cannot be edited'],
  ['element is outside of the viewport', 'it lies outside of the window'],
]);
const IN_FRONT = /^<([a-z][\w-]*).* intercepts pointer events$/i;

/**
 * @param message of an error, with the log of the call
 * @returns null where it did not wait in vain, and the message itself says why
 */
export function hindranceOf(message: string): string | null {
  const [first = '', ...log] = message.replace(/\u001b\[\d+m/g, '').split('\n');
  if (!/ Timeout \d+ms exceeded/.test(first)) return null;
  const lines = log.map((line) => line.replace(/^\s*(?:- )?/, ''));
  if (!lines.some((line) => line.startsWith('locator resolved to '))) return 'it is not there';
  for (const line of lines.toReversed()) {
    const inFront = IN_FRONT.exec(line);
    if (inFront) return `<${inFront[1]}> is in front of it`;
    const found = FOUND.get(line);
    if (found !== undefined) return found;
  }
  return null;
}
