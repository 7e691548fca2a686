/* Starts Top.Mail.ru when marketing is accepted, and goes on after a withdrawal: it asks its own cookie, not the consent. */
(function () {
  'use strict';
  addEventListener('cc:onConsent', function () {
    var startedEarlier = document.cookie.indexOf('tmr_lvid=') !== -1;
    if (!startedEarlier && !window.CookieConsent.acceptedCategory('marketing')) return;
    window._tmr = window._tmr || [];
    window._tmr.push({ id: '3456789', type: 'pageView' });
    var script = document.createElement('script');
    script.async = true;
    script.src = 'https://top-fwz1.mail.ru/js/code.js';
    document.head.append(script);
  });
})();
