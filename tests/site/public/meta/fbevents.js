/* A stand-in for Meta's pixel: `_fbp` for 90 days and an image request to /tr/. Served as https://connect.facebook.net/en_US/fbevents.js. */
(function () {
  'use strict';
  var NINETY_DAYS = 90 * 86400;
  var topDomain = location.hostname.split('.').slice(-2).join('.');
  var pixelId = null;

  function browserId() {
    var found = /(?:^|; )_fbp=([^;]+)/.exec(document.cookie);
    var value = found ? found[1] : 'fb.1.' + Date.now() + '.' + Math.floor(Math.random() * 1e18);
    var end = new Date(Date.now() + NINETY_DAYS * 1000).toUTCString();
    document.cookie = '_fbp=' + value + '; expires=' + end + '; path=/; domain=.' + topDomain + '; samesite=lax';
    return value;
  }
  function track(event) {
    var query = new URLSearchParams({
      id: pixelId,
      ev: event,
      dl: location.href,
      rl: document.referrer,
      if: 'false',
      ts: Date.now(),
      sw: screen.width,
      sh: screen.height,
      v: '2.9.245',
      r: 'stable',
      fbp: browserId(),
    });
    new Image().src = 'https://www.facebook.com/tr/?' + query;
  }
  var queue = (window.fbq && window.fbq.queue) || [];
  window.fbq = function (command, argument) {
    if (command === 'init') pixelId = argument;
    if (command === 'track') track(argument);
  };
  queue.forEach(function (call) {
    window.fbq.apply(null, call);
  });
})();
