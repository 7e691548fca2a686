/*
 * Starts Google Analytics after consent to analytical cookies (Consent Mode, basic): advertising stays denied, for the site has none.
 * Its cookies keep the default 730 days, counted from the first visit, and carry Secure.
 */
(function () {
  'use strict';
  var started = false;
  addEventListener('cc:onConsent', start);
  addEventListener('cc:onChange', start);
  function start() {
    if (started || !window.CookieConsent.acceptedCategory('analytical')) return;
    started = true;
    window.dataLayer = window.dataLayer || [];
    window.gtag = function () {
      window.dataLayer.push(arguments);
    };
    window.gtag('consent', 'default', {
      ad_storage: 'denied',
      ad_user_data: 'denied',
      ad_personalization: 'denied',
      analytics_storage: 'denied',
    });
    window.gtag('consent', 'update', { analytics_storage: 'granted' });
    window.gtag('js', new Date());
    window.gtag('config', 'G-SB7K2M4QXT', { cookie_update: false, cookie_flags: 'SameSite=Lax; Secure' });
    var script = document.createElement('script');
    script.async = true;
    script.src = 'https://www.googletagmanager.com/gtag/js?id=G-SB7K2M4QXT';
    document.head.append(script);
  }
})();
