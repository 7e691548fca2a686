/* The consent platform as the breaking form sets it up: the record lasts 24 months, and a withdrawal clears nothing. */
(function () {
  'use strict';
  window.CookieConsent.run({
    hideFromBots: false,
    cookie: { name: 'cc_cookie', expiresAfterDays: 730 },
    guiOptions: window.sbConsentLook,
    categories: { necessary: { enabled: true, readOnly: true }, functional: {}, analytical: {}, marketing: {} },
    language: { default: document.documentElement.lang, translations: window.sbConsentTexts },
  });
})();
