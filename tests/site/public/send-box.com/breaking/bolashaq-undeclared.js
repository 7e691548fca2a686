/* Loads a counter that the policy does not declare. It sends the visitor's id also to a pixel over http. */
(function () {
  'use strict';
  var script = document.createElement('script');
  script.async = true;
  script.src = 'https://stats.bolashaq-metrics.kz/bq.js';
  document.head.append(script);
})();
