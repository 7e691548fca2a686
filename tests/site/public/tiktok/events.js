/* A stand-in for TikTok's pixel: `_ttp` and `_tt_enable_cookie` for 389 days. Served as https://analytics.tiktok.com/i18n/pixel/events.js. */
(function () {
  'use strict';
  var LIFETIME = 389 * 86400;
  var ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';
  var topDomain = location.hostname.split('.').slice(-2).join('.');

  function writeCookie(name, value) {
    document.cookie = name + '=' + value + '; Max-Age=' + LIFETIME + '; path=/; domain=.' + topDomain + '; SameSite=None; Secure';
  }
  function visitor() {
    var found = /(?:^|; )_ttp=([^;]+)/.exec(document.cookie);
    if (found) return found[1];
    var letters = Array.from(crypto.getRandomValues(new Uint8Array(27)), function (byte) {
      return ALPHABET[byte & 63];
    });
    return letters.join('');
  }
  var ttp = visitor();
  writeCookie('_tt_enable_cookie', '1');
  writeCookie('_ttp', ttp);
  var code = new URL(document.currentScript.src).searchParams.get('sdkid');
  var message = {
    event: 'Pageview',
    event_id: '',
    timestamp: new Date().toISOString(),
    context: {
      pixel: { code: code },
      page: { url: location.href, referrer: document.referrer },
      user: { ttp: ttp },
      library: { name: 'pixel.js' },
    },
  };
  navigator.sendBeacon('https://analytics.tiktok.com/api/v2/pixel', JSON.stringify(message));
})();
