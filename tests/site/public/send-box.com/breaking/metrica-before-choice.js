/* Starts Yandex.Metrica with the recording of visits at once, whatever the visitor chooses, before and after the choice. */
(function () {
  'use strict';
  window.ym =
    window.ym ||
    function () {
      (window.ym.a = window.ym.a || []).push(arguments);
    };
  window.ym(98765432, 'init', { clickmap: true, trackLinks: true, accurateTrackBounce: true, webvisor: true });
  var script = document.createElement('script');
  script.async = true;
  script.src = 'https://mc.yandex.ru/metrika/tag.js';
  document.head.append(script);
})();
