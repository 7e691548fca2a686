/* Remembers the language after consent to functional cookies, for a year from the choice. */
(function () {
  'use strict';
  var YEAR = 365 * 86400;
  addEventListener('cc:onConsent', remember);
  addEventListener('cc:onChange', remember);
  function remember() {
    var language = document.documentElement.lang;
    if (!window.CookieConsent.acceptedCategory('functional') || document.cookie.indexOf('sb_lang=' + language) !== -1) return;
    document.cookie = 'sb_lang=' + language + '; path=/; max-age=' + YEAR + '; SameSite=Lax; Secure';
  }
})();
