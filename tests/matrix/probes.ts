/**
 * What a script can ask to find out that it is watched. Each probe is the body of a function in a file of its own; what it gives, and what
 * it throws with message and stack, must be the same with the extension as without it.
 */
export interface Probe {
  id: string;
  code: string;
}

/** Every place that is hooked. */
const PLACES = `[
  [Document.prototype, 'cookie'], [Storage.prototype, 'setItem'], [Storage.prototype, 'getItem'], [Storage.prototype, 'removeItem'],
  [Storage.prototype, 'clear'], [Storage.prototype, 'key'], [Storage.prototype, 'length'], [window, 'localStorage'], [window, 'sessionStorage'],
  [window, 'fetch'], [window, 'open'], [window, 'WebSocket'], [window, 'EventSource'], [window, 'Worker'], [window, 'SharedWorker'],
  [window, 'Audio'], [window, 'WebTransport'], ...(window.fetchLater ? [[window, 'fetchLater']] : []), [Worklet.prototype, 'addModule'], [window, 'StorageEvent'], [window, 'RTCPeerConnection'], [StorageEvent.prototype, 'storageArea'],
  [XMLHttpRequest.prototype, 'open'], [XMLHttpRequest.prototype, 'send'], [Navigator.prototype, 'sendBeacon'],
  [HTMLImageElement.prototype, 'src'], [HTMLScriptElement.prototype, 'src'], [HTMLIFrameElement.prototype, 'src'], [HTMLIFrameElement.prototype, 'srcdoc'],
  [HTMLIFrameElement.prototype, 'contentWindow'], [HTMLIFrameElement.prototype, 'contentDocument'], [HTMLLinkElement.prototype, 'href'],
  [HTMLFormElement.prototype, 'submit'], [Element.prototype, 'setAttribute'], [Element.prototype, 'innerHTML'], [Element.prototype, 'outerHTML'],
  [Element.prototype, 'insertAdjacentHTML'], [Document.prototype, 'write'], [Range.prototype, 'createContextualFragment'],
  [HTMLCanvasElement.prototype, 'toDataURL'], [HTMLCanvasElement.prototype, 'toBlob'], [CanvasRenderingContext2D.prototype, 'getImageData'],
  [CanvasRenderingContext2D.prototype, 'font'], [WebGLRenderingContext.prototype, 'getParameter'], [EventTarget.prototype, 'addEventListener'],
  [Function.prototype, 'toString'], ...[Error, DOMException].map((c) => [c.prototype, 'stack']).filter(([o, n]) => Object.hasOwn(o, n)), [CookieStore.prototype, 'set'], [CookieStore.prototype, 'delete'],
]`;
const eachFunction = (what: string): string =>
  `return ${PLACES}.map(([owner, name]) => { const d = Object.getOwnPropertyDescriptor(owner, name);
    return [name, ...['value', 'get', 'set'].map((half) => { const f = d[half]; return typeof f === 'function' ? (${what}) : String(f); })]; });`;
const frame = `const i = document.createElement('iframe'); document.body.append(i); const w = i.contentWindow;`;
const thrown = (code: string): string =>
  `try { ${code} } catch (error) { return [error.name, error.message, error.stack, Object.getOwnPropertyNames(error), error.constructor === self[error.constructor.name]]; }`;
/** What listeners of a window hear of an error that nobody catches, one probe after the other. */
const uncaught = (code: string): string =>
  `return await (globalThis.uncaught = Promise.resolve(globalThis.uncaught).then(() => new Promise((done) => { const heard = [];
    onerror = (...all) => { heard.push(all.map((one) => one?.stack ?? one), new Error('heard').stack); return true; };
    addEventListener('error', (e) => { const { message, filename, lineno, colno, error, cancelable, defaultPrevented } = e;
      setTimeout(() => done([...heard, message, filename, lineno, colno, error?.stack, cancelable, defaultPrevented, e.defaultPrevented])); }, { once: true });
    setTimeout(() => { ${code} }); })));`;

export const PROBES: Probe[] = [
  { id: 'source-text', code: eachFunction('Function.prototype.toString.call(f)') },
  { id: 'source-text-by-concatenation', code: eachFunction(`'' + f`) },
  { id: 'source-text-of-frame', code: `${frame} const t = w.Function.prototype.toString; ${eachFunction('t.call(f)')}` },
  {
    id: 'source-text-of-removed-frame',
    code: `${frame} const t = w.Function.prototype.toString; i.remove(); ${eachFunction('t.call(f)')}`,
  },
  {
    id: 'source-text-of-frames-functions',
    code: `${frame} return ['fetch', 'open'].map((name) => Function.prototype.toString.call(w[name])).concat(String(w.Storage.prototype.setItem), String(w.Function.prototype.toString));`,
  },
  {
    id: 'source-text-of-own-functions',
    code: `return [function named() {}, () => 1, class A {}, (function () {}).bind(), new Proxy(function () {}, {}), Math.max].map((f) => Function.prototype.toString.call(f));`,
  },
  {
    id: 'descriptors',
    code: `return ${PLACES}.map(([o, n]) => { const d = Object.getOwnPropertyDescriptor(o, n); return [n, d.enumerable, d.configurable, d.writable, typeof d.value, typeof d.get, typeof d.set]; });`,
  },
  { id: 'names-and-lengths', code: eachFunction('[f.name, f.length, Object.getOwnPropertyNames(f).sort().join()]') },
  {
    id: 'own-keys',
    code: eachFunction('Reflect.ownKeys(f).map(String).sort().concat(String(f.prototype), Object.isExtensible(f), typeof f)'),
  },
  { id: 'prototypes', code: eachFunction('Object.getPrototypeOf(f) === Function.prototype || Object.getPrototypeOf(f).name') },
  { id: 'constructing-methods', code: `try { new localStorage.setItem(); } catch (error) { return error.message; }` },
  { id: 'extending-methods', code: `try { return class extends localStorage.setItem {}; } catch (error) { return error.message; }` },
  {
    id: 'keys-of-owners',
    code: `return [Document, Storage, Navigator, Element].map((c) => Reflect.ownKeys(c.prototype).map(String).join());`,
  },
  { id: 'names-of-window', code: `return Object.getOwnPropertyNames(window).filter((n) => !/^(result|probe)/.test(n)).sort().join();` },
  {
    id: 'storage-looks',
    code: `localStorage.looks = 1; return [Object.prototype.toString.call(localStorage), localStorage instanceof Storage, localStorage.constructor === Storage, localStorage === localStorage, String(localStorage), typeof localStorage, Object.keys(localStorage).includes('looks'), 'looks' in localStorage, 'none' in localStorage, JSON.stringify({ ...sessionStorage }), JSON.stringify(Object.getOwnPropertyDescriptor(localStorage, 'looks')), Object.getPrototypeOf(localStorage) === Storage.prototype, Object.isExtensible(localStorage), localStorage.none, localStorage.getItem('none'), delete localStorage.none];`,
  },
  {
    id: 'storage-fixed',
    code: thrown(
      `const same = Object.defineProperty(sessionStorage, 'fixed', { value: '1', writable: false, configurable: false }) === sessionStorage; return [same, sessionStorage.getItem('fixed'), JSON.stringify(Object.getOwnPropertyDescriptor(sessionStorage, 'fixed')), delete sessionStorage.fixed, Reflect.defineProperty(sessionStorage, 'fixed', { value: '2', configurable: false }), sessionStorage.fixed, delete sessionStorage.fixed];`,
    ),
  },
  { id: 'storage-defining-symbol', code: thrown(`Object.defineProperty(sessionStorage, 'defined', { value: Symbol('x') });`) },
  {
    id: 'aliases',
    code: `return ['RTCPeerConnection'].map((name) => [typeof window['webkit' + name], window['webkit' + name] === window[name], String(window['webkit' + name])]);`,
  },
  { id: 'storage-preventing', code: thrown(`Object.preventExtensions(sessionStorage);`) },
  {
    id: 'storage-symbols',
    code: `const s = Symbol('s'); sessionStorage[s] = 1; const had = sessionStorage[s]; delete sessionStorage[s]; return [had, s in sessionStorage];`,
  },
  {
    id: 'storage-accessor',
    code: thrown(`'use strict'; Object.defineProperty(sessionStorage, 'accessor', { get() { return 1; }, configurable: true });`).replace(
      'error.message',
      `error.message.replace('of Storage', 'of Proxy')`,
    ),
  },
  {
    id: 'storage-of-frame',
    code: `${frame} w.Storage.prototype.setItem.call(localStorage, 'cross', '1'); Storage.prototype.setItem.call(w.localStorage, 'cross-2', '1'); return [localStorage.getItem('cross'), localStorage['cross-2'], w.localStorage instanceof w.Storage, w.localStorage instanceof Storage, w.Storage.prototype.getItem.call(localStorage, 'cross'), Object.getOwnPropertyDescriptor(w, 'localStorage').get.call(window) === localStorage];`,
  },
  {
    id: 'storage-event',
    code: `const e = new StorageEvent('storage', { key: 'k', storageArea: localStorage }); return [e.storageArea === localStorage, e.key, e.constructor === StorageEvent, StorageEvent.prototype.constructor === StorageEvent, new StorageEvent('x').storageArea];`,
  },
  { id: 'throws-no-arguments', code: thrown(`localStorage.setItem();`) },
  { id: 'throws-symbol', code: thrown(`localStorage.setItem(Symbol('x'), 1);`) },
  { id: 'throws-symbol-property', code: thrown(`localStorage.symbolic = Symbol('x');`) },
  { id: 'throws-illegal-method', code: thrown(`Storage.prototype.setItem.call({}, 1, 2);`) },
  { id: 'throws-inherited-method', code: thrown(`Object.create(localStorage).setItem(1, 2);`) },
  { id: 'throws-illegal-length', code: thrown(`Object.getOwnPropertyDescriptor(Storage.prototype, 'length').get.call({});`) },
  { id: 'throws-illegal-cookie', code: thrown(`Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set.call({}, 'x=1');`) },
  { id: 'throws-illegal-cookie-read', code: thrown(`Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').get.call({});`) },
  { id: 'throws-cookie-symbol', code: thrown(`document.cookie = Symbol('x');`) },
  { id: 'throws-source-text', code: thrown(`Function.prototype.toString.call({});`) },
  { id: 'throws-socket', code: thrown(`new WebSocket('bad:');`) },
  { id: 'throws-socket-without-new', code: thrown(`WebSocket('wss://shop.test/');`) },
  { id: 'throws-socket-without-arguments', code: thrown(`new WebSocket();`) },
  { id: 'throws-xhr', code: thrown(`new XMLHttpRequest().send();`) },
  { id: 'throws-xhr-open', code: thrown(`new XMLHttpRequest().open('GET');`) },
  { id: 'throws-beacon', code: thrown(`navigator.sendBeacon();`) },
  { id: 'throws-canvas', code: thrown(`HTMLCanvasElement.prototype.toDataURL.call({});`) },
  { id: 'throws-attribute', code: thrown(`document.body.setAttribute('1 x', 'y');`) },
  { id: 'throws-adjacent', code: thrown(`document.body.insertAdjacentHTML('nowhere', '<img>');`) },
  { id: 'throws-quota', code: thrown(`sessionStorage.setItem('quota', 'q'.repeat(2e7));`) },
  { id: 'throws-deep', code: `const deep = (n) => (n ? deep(n - 1) : localStorage.setItem()); ${thrown(`deep(30);`)}` },
  {
    // The outermost frame's text is where the innermost one's begins.
    id: 'throws-prefixed',
    code: `return await new Promise((done) => setTimeout(() => {\n[1].map(() => { try { (() => {           localStorage.setItem(Symbol(), 1); })(); } catch (error) { done(error.stack); } });\n}));`,
  },
  {
    id: 'throws-tree',
    code: `const walk = (n) => (n === 0 ? localStorage.setItem() : n % 3 ? [n].map((m) => walk(m - 1)) : walk(n - 1)); ${thrown(`walk(20);`)}`,
  },
  { id: 'uncaught-type', code: uncaught(`localStorage.setItem();`) },
  { id: 'uncaught-exception', code: uncaught(`sessionStorage.setItem('quota', 'q'.repeat(2e7));`) },
  { id: 'uncaught-assignment', code: uncaught(`localStorage.symbolic = Symbol('x');`) },
  { id: 'uncaught-constructor', code: uncaught(`new WebSocket('bad:');`) },
  {
    id: 'uncaught-elsewhere',
    code: uncaught(
      `const s = document.createElement('script'); s.src = 'https://other.test/throwing.js'; document.body.append(s);`,
    ).replace(/;$/, `.then((heard) => JSON.stringify(heard).replaceAll('"https://other.test/throwing.js"', '""'));`),
  },
  {
    id: 'throws-conversion',
    code: thrown(`localStorage.setItem({ toString() { throw new RangeError('mine'); } }, '1');`).replace(
      'error.stack',
      `error.stack.split('\\n')[0]`,
    ),
  },
  {
    id: 'conversions-once',
    code: `let calls = ''; const c = (n, v) => ({ toString() { calls += n; return v; } }); localStorage.setItem(c('k', 'k'), c('v', 'v')); document.cookie = c('c', 'conversion=1'); localStorage.conv = c('p', 'p'); localStorage.removeItem(c('r', 'k')); try { Storage.prototype.setItem.call({}, c('x', ''), ''); } catch {} try { localStorage.setItem(c('a', '')); } catch {} return calls;`,
  },
  {
    id: 'conversion-throws-once',
    code: `let calls = 0; try { localStorage.setItem({ toString() { calls++; throw 1; } }, '1'); } catch {} try { document.cookie = { toString() { calls++; throw 1; } }; } catch {} return calls;`,
  },
  {
    id: 'returns',
    code: `return [localStorage.setItem('r', '1'), localStorage.removeItem('r'), localStorage.getItem('r'), localStorage.key(1e6), document.cookie = 'r=1', navigator.sendBeacon('/empty'), typeof localStorage.length];`,
  },
  {
    id: 'subclasses',
    code: `class S extends EventSource {} const s = new S('/empty'); s.close(); class W extends Worker {} const k = new W('data:text/javascript,'); k.terminate(); return [s instanceof S, s instanceof EventSource, s.constructor === S, k instanceof W, EventSource.prototype.constructor === EventSource, WebSocket.CONNECTING, WebSocket.prototype.constructor === WebSocket, new Audio() instanceof HTMLAudioElement, HTMLAudioElement.prototype.constructor === HTMLAudioElement, Reflect.construct(EventSource, ['/empty'], S) instanceof S];`,
  },
  {
    id: 'reflect',
    code: `return [Reflect.get(document, 'cookie') === document.cookie, Reflect.has(localStorage, 'setItem'), Reflect.apply(Storage.prototype.key, localStorage, [1e6])];`,
  },
  { id: 'own-stack', code: `return new Error('x').stack;` },
  {
    id: 'stack-limit',
    code: `return [Error.stackTraceLimit, Object.getOwnPropertyNames(Error).sort().join(), typeof Error.prepareStackTrace];`,
  },
  { id: 'markup', code: `return document.documentElement.outerHTML.replace(/<script.*$/s, '');` },
  { id: 'resources', code: `return performance.getEntries().map((e) => e.name).filter((n) => /extension/.test(n));` },
  {
    id: 'hears-nothing',
    code: `const heard = []; for (const target of [window, document]) for (const type of ['consent-audit:channel', 'consent-audit:ready', 'consent-audit:claim', 'consent-audit:reopened', 'message']) target.addEventListener(type, (e) => heard.push(type), true); localStorage.heard = 1; document.cookie = 'heard=1'; ${frame} w.localStorage.heard = 2; return heard;`,
  },
  {
    id: 'frame-hears-nothing',
    code: `const heard = []; const i = document.createElement('iframe'); i.src = '/empty.html'; document.body.append(i); for (const target of [i.contentWindow, i.contentDocument, i.contentDocument.fonts]) for (const type of ['consent-audit:channel', 'consent-audit:ready', 'consent-audit:claim']) target.addEventListener(type, (e) => heard.push(type), true); await new Promise((r) => (i.onload = r)); i.contentWindow.localStorage.heard = 1; return heard;`,
  },
  { id: 'rejection', code: `try { await fetch('http://%'); } catch (error) { return [error.name, error.message]; }` },
  {
    id: 'unhandled-rejection',
    code: `const heard = new Promise((r) => addEventListener('unhandledrejection', (e) => { e.preventDefault(); r(e.reason.name); }, { once: true })); fetch('http://%'); return heard;`,
  },
  { id: 'cloning-storage', code: `try { structuredClone(localStorage); } catch (error) { return error.name; }` },
  {
    id: 'poisoned-prototype',
    code: `let asked = ''; const names = ['apply', 'has', 'construct', 'ownKeys', 'toJSON', 'bubbles', 'ports', 'data']; for (const n of names) Object.defineProperty(Object.prototype, n, { configurable: true, get() { asked += n + ' '; return undefined; } }); try { localStorage.poisoned = 1; localStorage.setItem('poisoned', 2); document.cookie = 'poisoned=1'; 'x' in localStorage; Object.keys(localStorage); void localStorage.setItem.name; } finally { for (const n of names) delete Object.prototype[n]; } return asked;`,
  },
];
