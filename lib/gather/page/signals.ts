/** Listens to what consent platforms say of themselves. */
import { clip, wrapped } from './clip.ts';
import { listenOn, natives } from './natives.ts';
import { report } from './report.ts';

/** Events of vanilla-cookieconsent v3: https://cookieconsent.orestbida.com/reference/api-reference.html#available-callbacks-events */
const VANILLA_COOKIECONSENT = ['cc:onFirstConsent', 'cc:onConsent', 'cc:onChange'];

export function listenToConsentPlatforms(): void {
  for (const name of VANILLA_COOKIECONSENT) {
    listenOn(window, name, (event) => {
      const accepted = wrapped(() => acceptedCategories(event));
      report({ type: 'signal', source: 'cmp:vanilla-cookieconsent', name, categories: accepted.threw ? null : accepted.value });
    });
  }
}

/** `detail.cookie.categories` lists the accepted categories only; those not named are refused or not offered. */
function acceptedCategories(event: Event): Record<string, boolean> | null {
  const list = (event as CustomEvent<{ cookie?: { categories?: unknown } }>).detail?.cookie?.categories;
  if (!Array.isArray(list)) return null;
  const accepted: Record<string, boolean> = {};
  for (const name of list.slice(0, 100) as unknown[]) accepted[clip(natives.String(name), 200)] = true;
  return accepted;
}
