/** The panel's page as tests read and use it, in the developer tools or as a page of its own. */
import type { ElementHandle, Frame, Page } from 'puppeteer-core';

type Place = Frame | Page;

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
