check(async () => {
  see('tags', String(localStorage), Object.prototype.toString.call(sessionStorage), `${Storage}`);
  see(
    'identity',
    localStorage === window.localStorage,
    localStorage !== sessionStorage,
    localStorage instanceof Storage,
    Object.getPrototypeOf(localStorage) === Storage.prototype,
    localStorage.constructor === Storage,
  );
  localStorage.b = 2;
  localStorage['a'] = { toString: () => (see('asked for its text'), 'text') };
  localStorage.setItem(null, undefined);
  localStorage.length2 = localStorage.length;
  for (const key in localStorage) see('in', key);
  see('listed', Object.keys(localStorage), Object.values(localStorage), Object.entries(localStorage), JSON.stringify(localStorage), {
    ...localStorage,
  });
  see(
    'own',
    Reflect.ownKeys(localStorage),
    Object.getOwnPropertyDescriptor(localStorage, 'a'),
    Object.getOwnPropertyDescriptor(localStorage, 'none'),
    'a' in localStorage,
    Object.hasOwn(localStorage, 'getItem'),
  );
  attempt('iterated', () => [...localStorage]);
  attempt('key', () => localStorage.key(99));
  attempt('no key', () => localStorage.key());
  attempt('no arguments', () => localStorage.setItem('x'));
  attempt('symbol', () => localStorage.setItem(Symbol('s'), 1));
  attempt('symbol property', () => {
    localStorage[Symbol.for('s')] = 1;
    return Reflect.ownKeys(localStorage).map(String);
  });
  attempt('symbol value', () => {
    localStorage.s = Symbol('s');
  });
  attempt('over a method', () => {
    localStorage.getItem = 'mine';
    return [typeof localStorage.getItem, Storage.prototype.getItem.call(localStorage, 'getItem')];
  });
  attempt('delete', () => [delete localStorage.b, delete localStorage.none, delete localStorage.getItem, Reflect.ownKeys(localStorage)]);
  attempt('define accessor', () => {
    try {
      Object.defineProperty(localStorage, 'acc', { get: () => 1, configurable: true });
    } catch (error) {
      // Firefox names the kind of object, which docs/blind-spots.md has.
      error.message = error.message.replace('of Proxy', 'of Storage');
      throw error;
    }
  });
  attempt('define', () => Object.getOwnPropertyDescriptor(Object.defineProperty(localStorage, 'd', { value: 1 }), 'd'));
  refusal('freeze', () => Object.freeze(localStorage));
  attempt('extensible', () => [Object.isExtensible(localStorage), Object.isFrozen(localStorage), Object.isSealed(localStorage)]);
  attempt('prevent', () => Reflect.preventExtensions(localStorage));
  attempt('prototype', () => Object.setPrototypeOf(localStorage, Storage.prototype) === localStorage);
  attempt('foreign', () => Storage.prototype.getItem.call({}, 'a'));
  attempt('of the prototype', () => Storage.prototype.length);
  attempt('inherits', () => {
    const own = Object.create(localStorage);
    return [own.a, own.getItem('a')];
  });
  attempt('new Storage', () => new Storage());
  attempt('Storage()', () => Storage());
  attempt('subclass', () => {
    class Own extends Storage {}
    return new Own();
  });
  attempt('reflect', () => [
    Reflect.get(localStorage, 'a'),
    Reflect.set(localStorage, 'r', 1),
    Reflect.has(localStorage, 'r'),
    Reflect.deleteProperty(localStorage, 'r'),
  ]);
  attempt('with a receiver', () => [Reflect.set(localStorage, 'w', 1, {}), localStorage.w]);
  attempt('page proxy', () => {
    const proxy = new Proxy(localStorage, {
      get: (target, key) => (typeof target[key] === 'function' ? target[key].bind(target) : target[key]),
    });
    proxy.setItem('p', '1');
    return [proxy.p, proxy.length, Object.keys(proxy)];
  });
  attempt('transparent proxy', () => new Proxy(localStorage, {}).getItem('a'));
  attempt('patched', () => {
    const native = Storage.prototype.setItem;
    Storage.prototype.setItem = function (...given) {
      see('patched', ...given);
      return native.apply(this, given);
    };
    localStorage.setItem('patched', 1);
    Storage.prototype.setItem = native;
    return [Storage.prototype.setItem === native, localStorage.patched];
  });
  attempt('replaced', () => {
    const property = Object.getOwnPropertyDescriptor(window, 'sessionStorage');
    Object.defineProperty(window, 'sessionStorage', { configurable: true, value: new Map() });
    const tag = String(sessionStorage);
    Object.defineProperty(window, 'sessionStorage', property);
    return [tag, String(sessionStorage)];
  });
  attempt('quota', () => localStorage.setItem('big', 'x'.repeat(20_000_000)));
  refusal('quota by property', () => {
    localStorage.big = 'x'.repeat(20_000_000);
  });
  attempt('map key', () => new Map([[localStorage, 1]]).get(window.localStorage));
  refusal('post', () => {
    postMessage(localStorage, '*');
  });

  attempt('storage event', () => new StorageEvent('storage', { storageArea: sessionStorage, key: 'k' }).storageArea === sessionStorage);
  attempt('storage event of another', () => new StorageEvent('storage', { storageArea: {} }));
  attempt('storage event without', () => new StorageEvent());
  attempt('created event', () => {
    const event = document.createEvent('StorageEvent');
    event.initStorageEvent('storage', false, false, 'k', null, 'v', '/', localStorage);
    return event.storageArea === localStorage;
  });
  const frame = document.body.appendChild(document.createElement('iframe'));
  const heard = next(window, 'storage');
  frame.contentWindow.localStorage.setItem('from-frame', '1');
  const event = await heard;
  see('heard', event.key, event.newValue, event.storageArea === localStorage);
  see(
    'frame',
    frame.contentWindow.localStorage instanceof Storage,
    frame.contentWindow.localStorage instanceof frame.contentWindow.Storage,
    frame.contentWindow.localStorage === localStorage,
    frame.contentWindow.localStorage.a,
  );
  attempt('crossed', () => [
    Storage.prototype.getItem.call(frame.contentWindow.localStorage, 'a'),
    frame.contentWindow.Storage.prototype.getItem.call(localStorage, 'a'),
  ]);
  see(
    'source text of a frame',
    frame.contentWindow.Function.prototype.toString.call(fetch),
    Function.prototype.toString.call(frame.contentWindow.fetch),
  );
  frame.remove();

  attempt('cookie', () => {
    document.cookie = 'n=1; Path=/';
    return document.cookie;
  });
  attempt('cookie of an object', () => {
    document.cookie = { toString: () => (see('asked for its text'), 'o=1') };
    return document.cookie;
  });
  attempt('cookie of a thrower', () => {
    document.cookie = {
      toString: () => {
        throw new RangeError('of the page');
      },
    };
  });
  attempt('cookie of a symbol', () => {
    document.cookie = Symbol('c');
  });
  attempt('foreign cookie', () => Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').get.call({}));
  attempt('setter without', () => Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set.call(document));
  attempt('parsed document', () => {
    const other = new DOMParser().parseFromString('<p>', 'text/html');
    other.cookie = 'x=1';
    return other.cookie;
  });
  attempt('own cookie', () => {
    const native = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
    Object.defineProperty(document, 'cookie', {
      configurable: true,
      get() {
        return native.get.call(this).toUpperCase();
      },
      set(text) {
        see('set', text);
        native.set.call(this, text);
      },
    });
    document.cookie = 'own=1';
    const all = document.cookie;
    delete document.cookie;
    return [all, document.cookie];
  });
  const canvas = document.createElement('canvas');
  attempt('canvas', () => canvas.toDataURL().slice(0, 30));
  attempt('canvas of nothing', () => canvas.getContext('2d').getImageData(0, 0, 0, 0));
  attempt('listener', () => addEventListener('devicemotion', null));
  attempt('bad listener', () => addEventListener('x', 1));
  attempt('attribute', () => document.createElement('img').setAttribute('1 2', 'x'));
  attempt('attribute of nothing', () => document.createElement('img').setAttribute());
  attempt('markup', () => {
    const div = document.createElement('div');
    div.innerHTML = '<img src="x:y"><p>';
    return div;
  });
  attempt('function text', () => [
    Function.prototype.toString.call(
      class A {
        b() {}
      },
    ),
    Function.prototype.toString.call(Function.prototype.toString),
  ]);
  attempt('function text of nothing', () => Function.prototype.toString.call({}));
  const deep = (count) => (count === 0 ? localStorage.setItem(Symbol('deep'), '1') : deep(count - 1));
  attempt('deep', () => deep(30));
});
