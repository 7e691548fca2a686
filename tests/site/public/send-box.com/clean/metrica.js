/* Starts Yandex.Metrica after consent to analytical cookies: no recording of visits, nothing in the local storage. */
(function () {
  'use strict';
  var started = false;
  addEventListener('cc:onConsent', start);
  addEventListener('cc:onChange', start);
  function start() {
    if (started || !window.CookieConsent.acceptedCategory('analytical')) return;
    started = true;
    window.ym = function () {
      (window.ym.a = window.ym.a || []).push(arguments);
    };
    window.ym(98765432, 'init', { clickmap: false, webvisor: false, localStorage: false });
    var script = document.createElement('script');
    script.async = true;
    script.src = 'https://mc.yandex.ru/metrika/tag.js';
    document.head.append(script);
  }
})();
