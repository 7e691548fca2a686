/* Starts Mixpanel when analytical cookies are accepted, and goes on after a withdrawal: it asks its own cookie, not the consent. */
(function () {
  'use strict';
  var TOKEN = '5e0db0c0de5e0db0c0de5e0db0c0de01';
  addEventListener('cc:onConsent', function () {
    var startedEarlier = document.cookie.indexOf('mp_' + TOKEN) !== -1;
    if (!startedEarlier && !window.CookieConsent.acceptedCategory('analytical')) return;
    var script = document.createElement('script');
    script.src = '/assets/mixpanel-snippet.js';
    script.onload = function () {
      window.mixpanel.init(TOKEN, {
        api_host: 'https://api-js.mixpanel.com',
        track_pageview: true,
        batch_requests: false,
        record_sessions_percent: 0,
      });
    };
    document.head.append(script);
  });
})();
