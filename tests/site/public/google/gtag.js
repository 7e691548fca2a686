/*
 * A stand-in for Google's tag with the cookies, values, lifetimes, parameters and Consent Mode of Google Analytics 4.
 * Served as https://www.googletagmanager.com/gtag/js?id=G-….
 * One option is the replica's own: `clean_other_paths` writes the deletion that the real tag makes in some cases, with two `expires`.
 */
(function () {
  'use strict';
  var TWO_YEARS = 63072000;
  var HALF_AN_HOUR = 1800;
  var now = function () {
    return Math.floor(Date.now() / 1000);
  };
  var random = function () {
    return Math.floor(Math.random() * 2147483647) + 1;
  };
  var topDomain = location.hostname.split('.').slice(-2).join('.');
  var consent = {};
  var started = performance.now();

  function readCookies(name) {
    return document.cookie
      .split('; ')
      .filter(function (pair) {
        return pair.indexOf(name + '=') === 0;
      })
      .map(function (pair) {
        return pair.slice(name.length + 1);
      });
  }
  function writeCookie(name, value, until, flags) {
    var line = name + '=' + value + '; expires=' + new Date(until * 1000).toUTCString() + '; path=/; domain=' + topDomain;
    document.cookie = flags ? line + '; ' + flags : line;
  }

  /* A letter of gcd: declared << 4 | default << 2 | update, where 1 is unset, 2 denied and 3 granted. */
  var LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
  function level(word) {
    return word === 'granted' ? 3 : word === 'denied' ? 2 : 1;
  }
  function letter(type) {
    var signal = consent[type] || {};
    return '3' + LETTERS[(1 << 4) | (level(signal.byDefault) << 2) | level(signal.byUpdate)];
  }
  function granted(type) {
    var signal = consent[type] || {};
    return (signal.byUpdate || signal.byDefault || 'granted') === 'granted';
  }
  function consentParameters() {
    var order = ['ad_storage', 'analytics_storage', 'ad_user_data', 'ad_personalization'];
    var active = Object.keys(consent).length > 0;
    var parameters = { gcd: '1' + order.map(letter).join('') + (active ? '5l1' : '1l1') };
    if (active) parameters.gcs = 'G1' + (granted('ad_storage') ? 1 : 0) + (granted('analytics_storage') ? 1 : 0);
    return parameters;
  }

  function Stream(id, options) {
    this.id = id;
    this.options = Object.assign({ cookie_expires: TWO_YEARS, cookie_update: true, cookie_flags: '', send_page_view: true }, options);
    this.sessionCookie = '_ga_' + id.replace('G-', '');
    this.hits = 0;
  }
  Stream.prototype.disabled = function () {
    return window['ga-disable-' + this.id] === true;
  };
  /* `_ga`: GA1.<levels of the domain>.<random>.<second of the first visit>. */
  Stream.prototype.client = function () {
    var value = readCookies('_ga').filter(function (text) {
      return /^GA1\.\d+\.\d+\.\d+$/.test(text);
    })[0];
    var known = value !== undefined;
    value = value || 'GA1.1.' + random() + '.' + now();
    var born = Number(value.split('.')[3]);
    this.until = (this.options.cookie_update ? now() : born) + this.options.cookie_expires;
    if (!known || this.options.cookie_update) writeCookie('_ga', value, this.until, this.options.cookie_flags);
    this.isNew = !known;
    return value.split('.').slice(2).join('.');
  };
  /* `_ga_<container>`: GS2.1.s<start>$o<number>$g<engaged>$t<last hit>$j<…>$l<…>$h<…>. */
  Stream.prototype.session = function (engaged) {
    var value = readCookies(this.sessionCookie).filter(function (text) {
      return text.indexOf('GS2.1.') === 0;
    })[0];
    var fields = { s: now(), o: 0, t: 0 };
    (value || '')
      .slice(6)
      .split('$')
      .forEach(function (field) {
        if (field) fields[field[0]] = Number(field.slice(1));
      });
    this.isStart = now() - fields.t > HALF_AN_HOUR;
    if (this.isStart) {
      fields.s = now();
      fields.o += 1;
    }
    if (this.isStart && this.options.clean_other_paths) {
      var end = new Date(this.until * 1000).toUTCString();
      document.cookie = this.sessionCookie + '=deleted; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; expires=' + end;
    }
    var text = 'GS2.1.s' + fields.s + '$o' + fields.o + '$g' + (engaged ? 1 : 0) + '$t' + now() + '$j60$l0$h0';
    writeCookie(this.sessionCookie, text, this.until, this.options.cookie_flags);
    return fields;
  };
  Stream.prototype.send = function (name, more) {
    if (this.disabled()) return;
    var stored = granted('analytics_storage');
    var client = stored ? this.client() : random() + '.' + now();
    var session = stored ? this.session(name === 'user_engagement') : { s: now(), o: 1 };
    var query = new URLSearchParams(
      Object.assign({ v: '2', tid: this.id, gtm: '45je5b40v9138', _p: Math.floor(Date.now()) }, consentParameters(), {
        npa: granted('ad_personalization') ? '0' : '1',
        dma: '0',
        cid: client,
        ul: navigator.language.toLowerCase(),
        sr: screen.width + 'x' + screen.height,
        pscdl: 'noapi',
        _s: ++this.hits,
        sid: session.s,
        sct: session.o,
        seg: name === 'user_engagement' ? '1' : '0',
        dl: location.href,
        dr: document.referrer,
        dt: document.title,
        en: name,
      }),
    );
    if (this.isNew && name === 'page_view') query.set('_fv', '1');
    if (this.isStart && name === 'page_view') query.set('_ss', '1');
    Object.keys(more || {}).forEach(function (key) {
      query.set(key, more[key]);
    });
    query.set('tfd', Math.round(performance.now()));
    if (name === 'page_view') {
      fetch('https://www.google-analytics.com/g/collect?' + query, {
        method: 'POST',
        mode: 'no-cors',
        credentials: 'include',
        keepalive: true,
      }).catch(function () {
        /* The page went away or the network did: the tag tries no second time. */
      });
    } else {
      navigator.sendBeacon('https://region1.google-analytics.com/g/collect?' + query);
    }
  };

  var streams = [];
  var commands = {
    consent: function (kind, signals) {
      Object.keys(signals).forEach(function (type) {
        consent[type] = consent[type] || {};
        consent[type][kind === 'default' ? 'byDefault' : 'byUpdate'] = signals[type];
      });
    },
    config: function (id, options) {
      var stream = new Stream(id, options);
      streams.push(stream);
      if (stream.options.send_page_view) stream.send('page_view');
    },
    event: function (name, parameters) {
      streams.forEach(function (stream) {
        var more = {};
        Object.keys(parameters || {}).forEach(function (key) {
          more['ep.' + key] = parameters[key];
        });
        stream.send(name, more);
      });
    },
  };
  function run(entry) {
    var command = commands[entry && entry[0]];
    if (command) command(entry[1], entry[2]);
  }
  var layer = (window.dataLayer = window.dataLayer || []);
  Array.prototype.slice.call(layer).forEach(run);
  var push = layer.push;
  layer.push = function () {
    var length = push.apply(layer, arguments);
    Array.prototype.forEach.call(arguments, run);
    return length;
  };
  /* The time on the page is reported when it goes, and that renews the session's cookie once more. */
  addEventListener('pagehide', function () {
    streams.forEach(function (stream) {
      if (granted('analytics_storage')) stream.send('user_engagement', { _et: Math.round(performance.now() - started) });
    });
  });
})();
