/* Starts Google Analytics at once; its cookies last 25 months, one more than the policy states, and lack Secure. */
(function () {
  'use strict';
  var TWENTY_FIVE_MONTHS = 761 * 86400;
  window.dataLayer = window.dataLayer || [];
  window.gtag = function () {
    window.dataLayer.push(arguments);
  };
  window.gtag('js', new Date());
  window.gtag('config', 'G-SB7K2M4QXT', { cookie_expires: TWENTY_FIVE_MONTHS, clean_other_paths: true });
  var script = document.createElement('script');
  script.async = true;
  script.src = 'https://www.googletagmanager.com/gtag/js?id=G-SB7K2M4QXT';
  document.head.append(script);
})();
