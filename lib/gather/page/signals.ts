/** Listens to what consent platforms say of themselves. */
import { clip, wrapped } from './clip.ts';
import { lookForConsentMode } from './consent-mode.ts';
import { lookForKlaro } from './klaro.ts';
import { atMoments } from './moments.ts';
import { listenOn, natives } from './natives.ts';
import { lookBeforeReports, report } from './report.ts';
import { lookForTcf } from './tcf.ts';

/** Events of vanilla-cookieconsent v3: https://cookieconsent.orestbida.com/reference/api-reference.html#available-callbacks-events */
const VANILLA_COOKIECONSENT = ['cc:onFirstConsent', 'cc:onConsent', 'cc:onChange'];

/** A platform's dialog that asks for the choice: event, platform. Others tell nothing, or also of dialogs that the person opened. */
const DIALOGS: [string, string][] = [
  ['cc:onModalShow', 'cmp:vanilla-cookieconsent'],
  ['CookiebotOnDialogDisplay', 'cmp:cookiebot'],
  ['tac.open_alert', 'cmp:tarteaucitron'],
];

export function listenToConsentPlatforms(): void {
  for (const name of VANILLA_COOKIECONSENT) {
    listenOn(window, name, (event) => {
      const accepted = wrapped(() => acceptedCategories(event));
      report({ type: 'signal', source: 'cmp:vanilla-cookieconsent', name, categories: accepted.threw ? null : accepted.value });
    });
  }
  for (const [name, source] of DIALOGS)
    listenOn(window, name, (event) => {
      const modal = wrapped(() => (event as CustomEvent<{ modalName?: unknown } | null>).detail?.modalName);
      // Preferences are opened by the person.
      if (modal.threw || modal.value === undefined || modal.value === 'consentModal')
        report({ type: 'signal', source, name, categories: null });
    });
  // Other documents' platforms speak for themselves, not for the audited page.
  if (window !== window.top) return;
  lookBeforeReports(lookForConsentMode);
  atMoments(() => {
    lookForConsentMode();
    for (const look of [lookForTcf, lookForKlaro]) wrapped(look);
  });
}

/** `detail.cookie.categories` lists the accepted categories only; those not named are refused or not offered. */
function acceptedCategories(event: Event): Record<string, boolean> | null {
  const list = (event as CustomEvent<{ cookie?: { categories?: unknown } }>).detail?.cookie?.categories;
  if (!Array.isArray(list)) return null;
  const accepted: Record<string, boolean> = {};
  for (const name of list.slice(0, 100) as unknown[]) accepted[clip(natives.String(name), 200)] = true;
  return accepted;
}
