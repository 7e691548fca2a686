/** Listens to what consent platforms say of themselves. */
import { attempt, textsOf } from './clip.ts';
import { lookForConsentMode } from './consent-mode.ts';
import { lookForKlaro } from './klaro.ts';
import { atMoments } from './moments.ts';
import { each, listenOn } from './guarded.ts';
import * as natives from './natives.ts';
import { lookBeforeReports, signal } from './report.ts';
import { lookForTcf } from './tcf.ts';

/** Events of vanilla-cookieconsent v3: https://cookieconsent.orestbida.com/reference/api-reference.html#available-callbacks-events */
const VANILLA_COOKIECONSENT = ['cc:onFirstConsent', 'cc:onConsent', 'cc:onChange'];

/** A platform's dialog that asks for the choice: event, platform. Others tell nothing, or also of dialogs that the person opened. */
const DIALOGS = [
  ['cc:onModalShow', 'cmp:vanilla-cookieconsent'],
  ['CookiebotOnDialogDisplay', 'cmp:cookiebot'],
  ['tac.open_alert', 'cmp:tarteaucitron'],
] as const;

export function listenToConsentPlatforms(): void {
  each(VANILLA_COOKIECONSENT, (name) =>
    listenOn(window, name, (event) => {
      signal('cmp:vanilla-cookieconsent', name, attempt(() => acceptedCategories(event)) ?? null);
    }),
  );
  each(DIALOGS, (dialog) =>
    listenOn(window, dialog[0], (event) => {
      const modal = attempt(() => (event as CustomEvent<{ modalName?: unknown } | null>).detail?.modalName);
      // Preferences are opened by the person.
      if (modal === undefined || modal === 'consentModal') signal(dialog[1], dialog[0], null);
    }),
  );
  // Other documents' platforms speak for themselves, not for the audited page.
  if (window !== window.top) return;
  lookBeforeReports(lookForConsentMode);
  atMoments(() => {
    lookForConsentMode();
    attempt(lookForTcf);
    attempt(lookForKlaro);
  });
}

/** `detail.cookie.categories` lists the accepted categories only; those not named are refused or not offered. */
function acceptedCategories(event: Event): Record<string, boolean> | null {
  const list = (event as CustomEvent<{ cookie?: { categories?: unknown } }>).detail?.cookie?.categories;
  if (!natives.isArray(list)) return null;
  const accepted: Record<string, boolean> = {};
  each(textsOf(list, 100, 200), (name) => (accepted[name] = true));
  return accepted;
}
