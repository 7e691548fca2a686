/** What a page does to its own world to blind or fool whoever watches; afterwards it writes and sends as ever. */
export interface Attack {
  id: string;
  code: string;
  /** Who must be named for what the page does then; default: the page's own script. */
  by?: 'nobody' | 'any';
}

const log = `const asked = (globalThis.asked ??= []);`;
const replaced = (owner: string, names: string[]): string =>
  `for (const name of ${JSON.stringify(names)}) Object.defineProperty(${owner}, name, { configurable: true, writable: true, value() { throw new Error('replaced ' + name); } });`;

export const ATTACKS: Attack[] = [
  { id: 'error-replaced', code: `window.Error = class extends Array {};` },
  { id: 'prepare-throws', code: `Error.prepareStackTrace = () => { throw new Error('no'); };` },
  { id: 'prepare-lies', code: `Error.prepareStackTrace = () => 'Error\\n    at innocent (https://innocent.test/a.js:1:1)';` },
  {
    id: 'prepare-accessor',
    code: `Object.defineProperty(Error, 'prepareStackTrace', { configurable: true, get() { return () => 'https://innocent.test/a.js'; } });`,
  },
  { id: 'no-stack', code: `Error.stackTraceLimit = 0;` },
  {
    id: 'stack-limit-accessor',
    code: `Object.defineProperty(Error, 'stackTraceLimit', { configurable: true, get: () => 0, set() {} });`,
    by: 'any',
  },
  { id: 'error-frozen', code: `Error.stackTraceLimit = 0; Object.freeze(Error);`, by: 'any' },
  {
    id: 'stack-accessor',
    code: `Object.defineProperty(Error.prototype, 'stack', { configurable: true, get: () => '@https://innocent.test/a.js:1:1', set() {} });`,
  },
  { id: 'function-prototype', code: replaced('Function.prototype', ['toString', 'call', 'apply', 'bind']) },
  { id: 'reflect', code: `window.Reflect = null; window.Proxy = null;` },
  {
    id: 'reflect-methods',
    code: replaced('Reflect', [
      'apply',
      'get',
      'set',
      'construct',
      'getOwnPropertyDescriptor',
      'defineProperty',
      'deleteProperty',
      'getPrototypeOf',
    ]),
  },
  { id: 'object-methods', code: replaced('Object', ['defineProperties', 'getOwnPropertyDescriptor', 'getPrototypeOf', 'keys', 'assign']) },
  { id: 'promise', code: `window.Promise = null; Promise;` },
  { id: 'events', code: replaced('EventTarget.prototype', ['addEventListener', 'dispatchEvent', 'removeEventListener']) },
  {
    id: 'messages',
    code: `${replaced('MessagePort.prototype', ['postMessage', 'start', 'close'])} window.postMessage = null; window.MessageEvent = null; window.MessageChannel = null; window.BroadcastChannel = null;`,
  },
  { id: 'arrays', code: replaced('Array.prototype', ['push', 'slice', 'map', 'filter', 'join', 'indexOf', 'concat', 'forEach']) },
  { id: 'array-iterator', code: `Array.prototype[Symbol.iterator] = function () { throw new Error('iterated'); };` },
  {
    id: 'array-setters',
    code: `for (let i = 0; i < 9; i++) Object.defineProperty(Array.prototype, i, { configurable: true, set() { throw new Error('index'); }, get() { throw new Error('index'); } });`,
  },
  {
    id: 'strings',
    code: replaced('String.prototype', ['slice', 'indexOf', 'split', 'replace', 'startsWith', 'toUpperCase', 'toLowerCase', 'trim']),
  },
  { id: 'regular-expressions', code: replaced('RegExp.prototype', ['exec', 'test']) },
  { id: 'weak-maps', code: replaced('WeakMap.prototype', ['get', 'set', 'has']) },
  { id: 'json', code: `window.JSON = null;` },
  { id: 'to-json', code: `Object.prototype.toJSON = String.prototype.toJSON = function () { return 'forged'; };` },
  {
    id: 'traps',
    code: `for (const name of ['has', 'apply', 'construct', 'ownKeys', 'deleteProperty', 'getPrototypeOf']) Object.prototype[name] = () => { throw new Error('trapped'); };`,
  },
  {
    id: 'event-members',
    code: `${log} for (const name of ['data', 'ports', 'bubbles', 'source', 'origin', 'detail']) Object.defineProperty(Object.prototype, name, { configurable: true, get() { asked.push(name); return undefined; }, set() {} });`,
  },
  { id: 'clocks', code: `${replaced('Performance.prototype', ['now'])} Date.now = () => 0;` },
  {
    id: 'urls',
    code: `window.URL = null; Object.defineProperty(Node.prototype, 'baseURI', { configurable: true, get: () => 'https://innocent.test/' });`,
  },
  {
    id: 'frozen',
    code: `for (const p of [Document, Storage, Window, Navigator, Element, EventTarget, MessagePort]) Object.freeze(p.prototype);`,
  },
  {
    id: 'getters',
    code: `Object.defineProperty(Document.prototype, 'defaultView', { configurable: true, get: () => null }); Object.defineProperty(Document.prototype, 'currentScript', { configurable: true, get() { throw new Error('asked'); } });`,
  },
  {
    id: 'wrapped-by-page',
    code: `{ const set = Storage.prototype.setItem; Storage.prototype.setItem = function (...a) { return set.apply(this, a); }; const d = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie'); Object.defineProperty(Document.prototype, 'cookie', { ...d, set(v) { d.set.call(this, v); } }); const f = window.fetch; window.fetch = (...a) => f(...a); }`,
  },
  {
    id: 'proxied-by-page',
    code: `{ const p = (o, n) => { o[n] = new Proxy(o[n], { apply: (t, s, a) => Reflect.apply(t, s, a) }); }; p(Storage.prototype, 'setItem'); p(window, 'fetch'); p(Navigator.prototype, 'sendBeacon'); }`,
  },
  {
    id: 'forged-channel',
    code: `{ const c = new MessageChannel(); for (const target of [document, window]) { target.dispatchEvent(new MessageEvent('consent-audit:ready')); target.dispatchEvent(new MessageEvent('consent-audit:channel', { ports: [c.port1] })); for (const port of [c.port1, c.port2, document, window]) port.dispatchEvent(new MessageEvent('consent-audit:claim', { data: JSON.stringify({ type: 'storage', area: 'localStorage', action: 'set', mechanism: 'set-item', name: 'forged', value: '1', length: 1, time: Date.now(), stack: '' }) })); } }`,
  },
  {
    id: 'forged-click',
    code: `{ const b = document.createElement('button'); b.textContent = 'Accept all'; document.body.append(b); for (const type of ['pointerdown', 'click']) b.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true })); b.click(); Object.defineProperty(Event.prototype, 'forgedTrust', { get: () => true }); }`,
  },
  { id: 'source-url', code: `eval("localStorage['claimed'] = '1'\\n//# sourceURL=https://innocent.test/a.js");` },
];

/** What follows each attack, with the attack's id for a name. */
export const ACTS = (id: string): string =>
  `document.cookie = '${id}=1; Path=/; Secure; Max-Age=9000'; localStorage.setItem('${id}', '1'); localStorage['${id}-property'] = '1'; fetch('/sent/${id}'); navigator.sendBeacon('/sent/${id}-beacon');`;
