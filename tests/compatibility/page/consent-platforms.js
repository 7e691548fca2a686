/** Which platform it is, the page says by what is there. */
check(async () => {
  const { CookieConsent, klaro, orejime, tarteaucitron, cookieconsent } = window;
  const shown = (selector) => until(() => document.querySelector(selector));
  const press = async (selector) => {
    await shown(selector);
    see('text', document.querySelector(selector).textContent);
    document.querySelector(selector).click();
    await new Promise((resolve) => setTimeout(resolve));
    see('cookies now', document.cookie.split('; ').sort().join('; '));
  };
  if (CookieConsent) {
    await CookieConsent.run({
      autoShow: true,
      hideFromBots: false,
      categories: { necessary: { enabled: true, readOnly: true }, analytics: { autoClear: { cookies: [{ name: /^_ga/ }] } } },
      onFirstConsent: () => see('first consent'),
      onChange: ({ changedCategories }) => see('changed', changedCategories),
      language: {
        default: 'en',
        translations: {
          en: {
            consentModal: { title: 't', description: 'd', acceptAllBtn: 'all', acceptNecessaryBtn: 'none' },
            preferencesModal: { title: 'p', acceptAllBtn: 'all', savePreferencesBtn: 'save', sections: [] },
          },
        },
      },
    });
    await press('[data-role=all]');
    see('accepted', CookieConsent.acceptedCategory('analytics'), CookieConsent.getUserPreferences());
    document.cookie = '_ga=1';
    CookieConsent.acceptCategory([]);
    see('withdrawn', CookieConsent.acceptedCategory('analytics'), document.cookie);
  }
  if (klaro) {
    await press('.cm-btn-accept-all');
    see('klaro', klaro.getManager().consents, klaro.getManager().confirmed);
    klaro.getManager().changeAll(false);
    klaro.getManager().saveAndApplyConsents();
    see('declined', klaro.getManager().consents);
  }
  if (orejime) await press('.orejime-Button--save');
  if (tarteaucitron) {
    window.tarteaucitronForceLanguage = 'en';
    await next(window, 'load');
    tarteaucitron.init({
      privacyUrl: '',
      orientation: 'middle',
      cookieslist: false,
      adblocker: false,
      DenyAllCta: true,
      AcceptAllCta: true,
      highPrivacy: true,
      mandatory: true,
      useExternalCss: false,
      googleConsentMode: false,
    });
    await until(() => tarteaucitron.services);
    tarteaucitron.services.counter = {
      key: 'counter',
      type: 'analytic',
      name: 'counter',
      uri: '',
      needConsent: true,
      cookies: [],
      js: () => see('counter'),
    };
    (tarteaucitron.job = tarteaucitron.job || []).push('counter');
    await press('#tarteaucitronPersonalize2');
    see('state', tarteaucitron.state);
    tarteaucitron.userInterface.respondAll(false);
    see('refused', tarteaucitron.state);
  }
  if (cookieconsent) {
    cookieconsent.initialise({
      type: 'opt-in',
      palette: { popup: { background: '#000' } },
      onStatusChange: (status) => see('status', status),
    });
    await press('.cc-allow');
  }
});
