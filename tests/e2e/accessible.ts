/** What axe-core finds wrong with a page: https://github.com/dequelabs/axe-core */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page of Playwright or puppeteer, or a frame of one. */
interface Evaluates {
  evaluate<T>(script: string): Promise<T>;
}

/** One line per violation, with the elements; best practices included. Evaluated by the debugger, past the page's own policy. */
export async function violations(page: unknown): Promise<string[]> {
  const target = page as Evaluates;
  await target.evaluate(`${AXE}; undefined`);
  return target.evaluate<string[]>(
    `axe.run(document).then(({ violations, passes }) => {
      if (passes.length < 5) throw new Error('axe found nothing to look at');
      return violations.map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes.slice(0, 5).map(({ target }) => target.join(' ')).join(' | ')); })`,
  );
}
