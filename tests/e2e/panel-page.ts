/** The panel's page as tests read and use it, in the developer tools or as a page of its own. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ElementHandle, Frame, Page } from 'puppeteer-core';

type Place = Frame | Page;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds: rule and place of each violation. */
export async function violations(place: Place): Promise<string[]> {
  // Evaluated, not added as a script: the page's content security policy allows none but its own.
  await place.evaluate(`${AXE};0`);
  return place.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    return (await axe.run()).violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}

/** Resolves when the panel has its answers and shows this scene. */
export async function shows(place: Place, scene: string): Promise<void> {
  await place.waitForSelector(`main[aria-busy="false"][data-scene="${scene}"]`);
}

/** Clicks the first control whose name begins so, as soon as it can be used. */
export async function press(place: Place, name: string): Promise<void> {
  const control = await place.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll<HTMLButtonElement>('button, summary')].find(
        (one) => !one.disabled && (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().startsWith(wanted),
      ),
    {},
    name,
  );
  await (control.asElement() as ElementHandle<HTMLElement> | null)?.click();
}

/** The rows that are made, cell by cell under the name of their column. */
export async function rowsOf(place: Place): Promise<Record<string, string>[]> {
  return place.evaluate(() => {
    const names = [...document.querySelectorAll('[role="columnheader"] button')].map((button) => button.getAttribute('title') ?? '');
    return [...document.querySelectorAll('.body [role="row"]')].map((row) =>
      Object.fromEntries([...row.querySelectorAll('[role="gridcell"]')].map((cell, index) => [names[index] ?? '', cell.textContent ?? ''])),
    );
  });
}

export const counted = (place: Place): Promise<string> => place.$eval('footer span', (span) => span.textContent ?? '');
export const detail = (place: Place): Promise<string> => place.$eval('aside', (aside) => (aside as HTMLElement).innerText);
