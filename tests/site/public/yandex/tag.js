/*
 * A stand-in for the counter of Yandex.Metrica that keeps, sends and brings back what the published counter does:
 * names, value formats, lifetimes and parameters are those of its open source. Served as https://mc.yandex.ru/metrika/tag.js.
 * One option is the replica's own: `localStorage: false` keeps it out of the local storage.
 */
(function () {
  'use strict';
  var ENDPOINT = 'https://mc.yandex.ru';
  var YEAR = 365 * 86400;
  var HALF_A_YEAR = 182.5 * 86400;
  var rootDomain = location.hostname.split('.').slice(-2).join('.');
  var now = function () {
    return Math.floor(Date.now() / 1000);
  };
  var random = function (from, to) {
    return from + Math.floor(Math.random() * (to - from + 1));
  };

  function readCookie(name) {
    var found = ('; ' + document.cookie).split('; ' + name + '=')[1];
    return found === undefined ? null : found.split(';')[0];
  }
  function writeCookie(name, value, seconds) {
    var end = new Date(Date.now() + seconds * 1000).toUTCString();
    document.cookie = name + '=' + value + ';expires=' + end + ';domain=.' + rootDomain + ';path=/;SameSite=None;Secure';
  }
  /* Asks whether cookies work: written and expired again in the same turn. */
  function cookiesWork() {
    document.cookie = 'metrika_enabled=1;path=/;SameSite=None;Secure';
    var works = readCookie('metrika_enabled') === '1';
    document.cookie = 'metrika_enabled=;expires=Thu, 01 Jan 1970 00:00:01 GMT;path=/;SameSite=None;Secure';
    return works;
  }

  function Counter(id, options) {
    this.id = id;
    this.options = options || {};
    this.keeps = this.options.localStorage !== false;
    this.pageView = random(1, 1073741823);
    this.recovered = false;
    this.requests = 0;
  }
  Counter.prototype.disabled = function () {
    return window['disableYaCounter' + this.id] === true;
  };
  Counter.prototype.remember = function (key, value) {
    if (this.keeps) localStorage.setItem(key, JSON.stringify(value));
  };
  Counter.prototype.recall = function (key) {
    var text = this.keeps ? localStorage.getItem(key) : null;
    return text === null ? null : JSON.parse(text);
  };
  /* The visitor: the cookie, else the copy in the local storage, else a new one. The pair is renewed after half a year. */
  Counter.prototype.identify = function () {
    var uid = readCookie('_ym_uid');
    if (!uid) {
      uid = this.recall('_ym_uid');
      this.recovered = uid !== null;
    }
    uid = uid || String(now()) + String(random(1000000, 999999999));
    var written = Number(readCookie('_ym_d') || 0);
    if (!readCookie('_ym_uid') || now() - written > HALF_A_YEAR) {
      writeCookie('_ym_uid', uid, YEAR);
      writeCookie('_ym_d', String(now()), YEAR);
    }
    this.remember('_ym_uid', uid);
    return uid;
  };
  Counter.prototype.browserInfo = function (flags) {
    var date = new Date(Date.now() - new Date().getTimezoneOffset() * 60000);
    var pairs = flags.concat([
      ['vf', '9r1yq4ycvsgqyz4ngsvy3'],
      ['fp', '412'],
      ['fu', '0'],
      ['en', 'utf-8'],
      ['la', navigator.language],
      ['v', '1841'],
      ['cn', '1'],
      ['hid', this.pageView],
      ['z', -new Date().getTimezoneOffset()],
      ['i', date.toISOString().replace(/\D/g, '').slice(0, 14)],
      ['et', now()],
      ['c', '1'],
      ['rn', random(1, 1073741823)],
      ['rqn', ++this.requests],
      ['u', this.uid],
      ['w', innerWidth + 'x' + innerHeight],
      ['s', screen.width + 'x' + screen.height + 'x' + screen.colorDepth],
      ['sk', devicePixelRatio],
      ['j', '1'],
      ['st', now()],
    ]);
    if (this.keeps) pairs.push(['ls', this.recall('_ym' + this.id + '_lsid')]);
    pairs.push(['t', document.title]);
    return pairs
      .map(function (pair) {
        return pair.join(':');
      })
      .join(':');
  };
  Counter.prototype.url = function (resource, mode, flags, transport, more) {
    var query = new URLSearchParams({ wmode: mode, 'page-url': location.href, 'page-ref': document.referrer, charset: 'utf-8' });
    Object.keys(more || {}).forEach(function (name) {
      query.set(name, more[name]);
    });
    query.set('browser-info', this.browserInfo(flags));
    query.set('t', 'gdpr(14)clc(0-0-0)rqnt(' + this.requests + ')aw(1)' + (this.recovered ? 're(1)' : '') + 'ti(' + transport + ')');
    return ENDPOINT + '/' + resource + '/' + this.id + '?' + query;
  };
  /* The page view, as fetch. Until it is answered it waits in the local storage for another try. */
  Counter.prototype.hit = function () {
    if (this.disabled()) return;
    var self = this;
    var url = this.url(
      'watch',
      '7',
      [
        ['pv', '1'],
        ['ar', '1'],
      ],
      '1',
    );
    this.remember('_ym_retryReqs', { 1: { protocol: 'https:', host: 'mc.yandex.ru', resource: 'watch/' + this.id, time: Date.now() } });
    this.remember('_ym' + this.id + '_reqNum', this.requests);
    this.remember('_ym' + this.id + '_lastHit', Date.now());
    fetch(url, { credentials: 'include', mode: 'cors' }).then(
      function () {
        if (self.keeps) localStorage.removeItem('_ym_retryReqs');
      },
      function () {
        /* Not answered: the hit stays in the local storage and is sent later. */
      },
    );
  };
  Counter.prototype.watchClicks = function () {
    var self = this;
    document.addEventListener('click', function (event) {
      if (self.disabled()) return;
      var place = [
        'rn',
        random(1, 999999),
        'x',
        event.offsetX,
        'y',
        event.offsetY,
        't',
        250,
        'p',
        'A1',
        'X',
        event.pageX,
        'Y',
        event.pageY,
      ];
      new Image().src = self.url('clmap', '0', [], '4', { 'pointer-click': place.join(':') });
    });
  };
  /* Webvisor: the recording of the visit, sent in parts and once more when the page goes. */
  Counter.prototype.recordVisit = function () {
    var self = this;
    var part = 0;
    var sendPart = function () {
      if (self.disabled()) return;
      var url = self.url('webvisor', '0', [], '0', { 'wv-part': ++part, 'wv-type': '7', 'wv-hit': self.pageView });
      navigator.sendBeacon(url, JSON.stringify([{ type: 'page', data: { height: document.documentElement.scrollHeight } }]));
    };
    setTimeout(sendPart, 300);
    addEventListener('pagehide', sendPart);
  };
  Counter.prototype.start = function () {
    if (this.disabled() || !cookiesWork()) return;
    if (this.keeps) {
      localStorage.setItem('_ymBRC', '1');
      localStorage.removeItem('_ymBRC');
    }
    this.uid = this.identify();
    if (readCookie('_ym_isad') === null) writeCookie('_ym_isad', '2', 2 * 86400);
    if (this.options.webvisor) writeCookie('_ym_visorc', 'w', 30 * 60);
    if (this.keeps && this.recall('_ym' + this.id + '_lsid') === null) {
      this.remember('_ym' + this.id + '_lsid', random(1, 999999999999));
    }
    this.hit();
    if (this.options.clickmap) this.watchClicks();
    if (this.options.webvisor) this.recordVisit();
  };

  var counters = {};
  function call(id, method, options) {
    if (method === 'init' && !counters[id]) {
      counters[id] = new Counter(id, options);
      counters[id].start();
    }
    if (method === 'hit' && counters[id]) counters[id].hit();
  }
  var queue = (window.ym && window.ym.a) || [];
  window.ym = call;
  queue.forEach(function (command) {
    call.apply(null, command);
  });
})();
