/* A stand-in for the counter of Top.Mail.ru / VK Ads: `tmr_*` cookies and a tracker image. Served as https://top-fwz1.mail.ru/js/code.js. */
(function () {
  'use strict';
  var YEAR = 365 * 86400;
  var topDomain = location.hostname.split('.').slice(-2).join('.');

  function readCookie(name) {
    var found = ('; ' + document.cookie).split('; ' + name + '=')[1];
    return found === undefined ? null : found.split(';')[0];
  }
  function writeCookie(name, value) {
    document.cookie = name + '=' + value + ';path=/;domain=.' + topDomain + ';max-age=' + YEAR + ';SameSite=None;Secure';
  }
  function visitor() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, function (byte) {
      return byte.toString(16).padStart(2, '0');
    }).join('');
  }
  var lvid = readCookie('tmr_lvid') || localStorage.getItem('tmr_lvid') || visitor();
  var since = readCookie('tmr_lvidTS') || String(Date.now());
  var number = Number(readCookie('tmr_reqNum') || 0) + 1;
  writeCookie('tmr_lvid', lvid);
  writeCookie('tmr_lvidTS', since);
  writeCookie('tmr_reqNum', String(number));
  writeCookie('tmr_detect', '0|' + Date.now());
  localStorage.setItem('tmr_lvid', lvid);

  (window._tmr || []).forEach(function (call) {
    var query = [
      'js=13',
      'id=' + call.id,
      'u=' + encodeURIComponent(location.href),
      'r=' + encodeURIComponent(document.referrer),
      's=' + screen.width + '*' + screen.height,
      'lvid=' + lvid,
      'nt=' + number,
      'e=' + encodeURIComponent(call.type),
      '_=' + Math.random(),
    ];
    new Image().src = 'https://top-fwz1.mail.ru/tracker?' + query.join(';');
  });
})();
