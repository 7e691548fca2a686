/* Tells Google at once that everything is granted, and never tells it anything else: neither before a choice nor after a refusal is it true. */
(function () {
  'use strict';
  window.dataLayer = window.dataLayer || [];
  window.gtag = function () {
    window.dataLayer.push(arguments);
  };
  window.gtag('consent', 'default', {
    ad_storage: 'granted',
    ad_user_data: 'granted',
    ad_personalization: 'granted',
    analytics_storage: 'granted',
  });
})();
