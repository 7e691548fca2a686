/* Starts TikTok's pixel once marketing is accepted: no service of the policy, and `_ttp` outlasts the 12 months stated for marketing. */
(function () {
  'use strict';
  addEventListener('cc:onConsent', function () {
    if (!window.CookieConsent.acceptedCategory('marketing')) return;
    var script = document.createElement('script');
    script.async = true;
    script.src = 'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=C9SB0XKZ&lib=ttq';
    document.head.append(script);
  });
})();
