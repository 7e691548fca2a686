/*
 * The consent platform as the clean form sets it up: the record lasts 12 months; a withdrawal first switches the counters off,
 * for they would write again while the page goes, then clears what they stored, and loads the page anew.
 */
(function () {
  'use strict';
  var ANALYTICAL = [{ name: /^_ga/ }, { name: /^_ym_/ }];
  window.CookieConsent.run({
    hideFromBots: false,
    cookie: { name: 'cc_cookie', expiresAfterDays: 365 },
    guiOptions: window.sbConsentLook,
    categories: {
      necessary: { enabled: true, readOnly: true },
      functional: { autoClear: { cookies: [{ name: 'sb_lang' }] } },
      analytical: { autoClear: { cookies: ANALYTICAL, reloadPage: true } },
      marketing: {},
    },
    onChange: function (change) {
      if (change.changedCategories.includes('analytical') && !window.CookieConsent.acceptedCategory('analytical')) {
        window['disableYaCounter98765432'] = true;
        window['ga-disable-G-SB7K2M4QXT'] = true;
      }
    },
    language: { default: document.documentElement.lang, translations: window.sbConsentTexts },
  });
})();
