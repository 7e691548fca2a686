/* Starts Meta's marketing pixel as soon as analytical cookies are accepted, without asking for the marketing category. */
(function () {
  'use strict';
  addEventListener('cc:onConsent', function () {
    if (!window.CookieConsent.acceptedCategory('analytical')) return;
    window.fbq = function () {
      window.fbq.queue.push(arguments);
    };
    window.fbq.queue = [];
    window.fbq('init', '401234567890123');
    window.fbq('track', 'PageView');
    var script = document.createElement('script');
    script.async = true;
    script.src = 'https://connect.facebook.net/en_US/fbevents.js';
    document.head.append(script);
  });
})();
