/**
 * Goes before everything else on a page of the compatibility set: writes down what the page sees, and sends it away when its script is done.
 * Chance is the same on every visit, and moments are left out, so that two visits of one page give one transcript.
 */
(() => {
  const started = { fetch: window.fetch.bind(window), stringify: JSON.stringify };
  const transcript = [];
  let seed = 1;
  const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  Math.random = chance;
  crypto.getRandomValues = (array) => {
    for (let index = 0; index < array.length; index++) array[index] = Math.floor(chance() * 256);
    return array;
  };
  crypto.randomUUID = () => `00000000-0000-4000-8000-${String(Math.floor(chance() * 1e12)).padStart(12, '0')}`;

  const plain = (text) =>
    text
      .replace(/\d{4}-\d\d-\d\dT\d\d(:|%3A)\d\d(:|%3A)\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?/g, '<time>')
      .replace(/\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]+ GMT/g, '<time>')
      .replace(/(?<!\d)1[6-9]\d{8,11}(\.\d+)?(?!\d)/g, '<time>')
      .replace(/(_ms":)\d+/g, '$1<time>')
      // Identifiers that begin with a moment, in hexadecimal: UUIDv7 and what Mixpanel makes.
      .replace(/[0-9a-f]{6,16}(-[0-9a-f]{4,16}){3}-[0-9a-f]{6,16}/g, '<id>');

  /** A value in words: what it is, what it owns, what it says of itself. */
  function described(value, depth = 0) {
    if (typeof value === 'string') return plain(value);
    if (typeof value === 'function') return `${value.name}/${value.length} ${String(value)}`;
    if (typeof value !== 'object' || value === null) return String(value);
    if (value instanceof Error || value instanceof DOMException) return plain(`${value.name}: ${value.message}\n${value.stack}`);
    if (value instanceof Element) return plain(value.outerHTML);
    const tag = Object.prototype.toString.call(value);
    if (depth > 3 || value instanceof Node || value instanceof Window || value instanceof Event) return tag;
    const entries = Reflect.ownKeys(value)
      .slice(0, 60)
      .map((key) => [String(key), described(value[key], depth + 1)]);
    return { [Array.isArray(value) ? `list of ${value.length}` : tag]: entries };
  }

  window.see = (label, ...values) => void transcript.push([label, ...values.map((value) => described(value))]);
  /** What a call gives, or throws. */
  window.attempt = (label, call) => {
    try {
      const value = call();
      window.see(label, value);
      return value;
    } catch (error) {
      window.see(`${label} throws`, error);
      return undefined;
    }
  };
  /** The same where the engines' words for a proxy, or its place in a stack, cannot be those for the object itself. */
  window.refusal = (label, call) => {
    try {
      window.see(label, call());
    } catch (error) {
      window.see(`${label} throws`, error.name);
    }
  };
  /** How a promise ends. */
  window.ending = async (label, call) => {
    try {
      const value = await call();
      window.see(label, value);
      return value;
    } catch (error) {
      window.see(`${label} rejects`, error);
      return undefined;
    }
  };
  /** The next event of this kind. */
  window.next = (target, type) => new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
  window.until = async (is) => {
    while (!is()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  for (const level of ['error', 'warn', 'info', 'log', 'debug'])
    window.console[level] = (...values) =>
      window.see(`console.${level}`, ...values.map((value) => (value instanceof Error ? value : String(value))));
  addEventListener('error', (event) => window.see('uncaught', event.message ?? described(event.target), event.error));
  addEventListener('unhandledrejection', (event) => window.see('unhandled', event.reason));

  /** What scripts find when they look at what the platform gives them. */
  const LOOKED_AT = {
    Document: ['cookie', 'write', 'writeln'],
    CookieStore: ['get', 'set', 'delete'],
    Storage: ['getItem', 'setItem', 'removeItem', 'clear', 'key', 'length', 'constructor'],
    StorageEvent: ['storageArea', 'constructor'],
    XMLHttpRequest: ['open', 'send', 'setRequestHeader'],
    Navigator: ['sendBeacon', 'getBattery'],
    Element: ['setAttribute', 'setAttributeNS', 'innerHTML', 'outerHTML', 'insertAdjacentHTML'],
    HTMLImageElement: ['src', 'srcset'],
    HTMLScriptElement: ['src'],
    HTMLIFrameElement: ['src', 'contentWindow', 'contentDocument'],
    HTMLLinkElement: ['href'],
    HTMLFormElement: ['submit', 'requestSubmit'],
    HTMLMediaElement: ['src'],
    HTMLCanvasElement: ['toDataURL', 'toBlob', 'getContext'],
    CanvasRenderingContext2D: ['getImageData', 'font'],
    EventTarget: ['addEventListener', 'removeEventListener', 'dispatchEvent'],
    IDBFactory: ['open', 'deleteDatabase'],
    IDBObjectStore: ['put', 'add', 'delete', 'clear', 'get'],
    IDBCursor: ['update', 'delete'],
    CacheStorage: ['open', 'delete'],
    Cache: ['put', 'add', 'addAll', 'delete'],
    ServiceWorkerContainer: ['register'],
    Range: ['createContextualFragment'],
    DOMParser: ['parseFromString'],
    Function: ['toString', 'call', 'apply', 'bind'],
  };
  const GLOBALS = [
    'fetch',
    'open',
    'localStorage',
    'sessionStorage',
    'indexedDB',
    'WebSocket',
    'EventSource',
    'Worker',
    'SharedWorker',
    'Audio',
    'Storage',
    'StorageEvent',
    'RTCPeerConnection',
    'setTimeout',
    'Promise',
  ];
  const propertyOf = (owner, name) => {
    const property = Object.getOwnPropertyDescriptor(owner, name);
    if (!property) return 'none';
    const { value, get, set, ...flags } = property;
    return {
      ...flags,
      halves: [value, get, set].map((half) =>
        typeof half === 'function' ? [described(half), Reflect.ownKeys(half).map(String).sort()] : typeof half,
      ),
    };
  };
  function lookAtNatives() {
    for (const [owner, names] of Object.entries(LOOKED_AT)) {
      const found = window[owner]?.prototype;
      if (!found) continue;
      window.see(`${owner}.prototype`, Reflect.ownKeys(found).map(String).join(' '));
      for (const name of names) window.see(`${owner}.prototype.${name}`, started.stringify(propertyOf(found, name)));
    }
    for (const name of GLOBALS) window.see(name, started.stringify(propertyOf(window, name)));
    // Firefox resolves its globals when they are first asked for: their order is chance.
    window.see('own names of the window', Object.getOwnPropertyNames(window).sort().join(' '));
    for (const object of [document, navigator, history, location, performance])
      window.see('own names', Reflect.ownKeys(object).map(String).join(' '));
  }

  /** Runs what a page tries, and sends what it saw. */
  window.check = async (exercise) => {
    let failed = null;
    localStorage.setItem('compatibility', document.title);
    try {
      await exercise();
    } catch (error) {
      failed = plain(`${error?.name}: ${error?.message}\n${error?.stack}`);
    }
    // What the page did not catch is told of in a turn of its own.
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setTimeout(resolve));
    window.see('cookies', document.cookie.split('; ').sort().join('; '));
    for (const storage of [localStorage, sessionStorage]) window.see('storage', storage);
    // Mixpanel makes its own whenever it finds the time.
    window.see(
      'databases',
      (await indexedDB.databases())
        .filter(({ name }) => !name.startsWith('mixpanel'))
        .map(({ name, version }) => `${name} ${version}`)
        .sort(),
    );
    lookAtNatives();
    await started.fetch('/transcript', { method: 'POST', body: started.stringify({ failed, transcript }) });
  };
})();
