/* A counter that no list knows. Served as https://stats.bolashaq-metrics.kz/bq.js. */
(function () {
  'use strict';
  var TWO_YEARS = 730 * 86400;
  var found = /(?:^|; )bq_visitor=([^;]+)/.exec(document.cookie);
  var visitor = found ? found[1] : crypto.randomUUID();
  document.cookie = 'bq_visitor=' + visitor + '; path=/; max-age=' + TWO_YEARS + '; SameSite=Lax; Secure';
  fetch('https://stats.bolashaq-metrics.kz/v1/collect', {
    method: 'POST',
    credentials: 'include',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ visitor: visitor, page: location.pathname, title: document.title, language: navigator.language }),
  }).catch(function () {
    /* The counter does not care whether it was heard. */
  });
  new Image().src = 'http://pixel.bolashaq-metrics.kz/p.gif?visitor=' + visitor;
})();
