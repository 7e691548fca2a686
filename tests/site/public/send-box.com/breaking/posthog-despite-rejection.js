/* Takes any recorded choice, a rejection too, for leave to start PostHog. */
(function () {
  'use strict';
  function start() {
    window.posthog = window.posthog || [];
    window.posthog._i = window.posthog._i || [];
    window.posthog.__SV = 1;
    /* The library keeps quiet for automated browsers unless it is told to count them. */
    window.posthog._i.push([
      'phc_sendboxdemo0000000000000000000000000000000',
      { api_host: 'https://eu.i.posthog.com', opt_out_useragent_filter: true, disable_session_recording: true, person_profiles: 'always' },
      'posthog',
    ]);
    var script = document.createElement('script');
    script.async = true;
    script.src = 'https://eu-assets.i.posthog.com/static/array.js';
    document.head.append(script);
  }
  addEventListener('cc:onConsent', start);
})();
