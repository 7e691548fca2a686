/**
 * Hooks `localStorage` and `sessionStorage`, by method and by property.
 *
 * A named property of `Storage` is written without any method being called, and a legacy platform object asks its
 * own setter before its prototype (https://webidl.spec.whatwg.org/#legacy-platform-object-set), so the object that
 * `window.localStorage` returns is a proxy. Native functions refuse proxies; every Storage method therefore unwraps
 * its `this`, also one of another realm's proxy.
 */
import { MOST_VALUE, type PageClaim, type StorageArea } from '../channel.ts';
import { attempt, clip, textOf } from './clip.ts';
import { concealing, isOurs } from './conceal.ts';
import { argument, bare, each, functionAt, isObject, isText, privateMap, reader, type Native } from './guarded.ts';
import * as natives from './natives.ts';
import { noteRead } from './reads.ts';
import type { Realm } from './realm.ts';
import { report } from './report.ts';
import { functionOf, wrapAccessor, wrapConstructor, wrapMethod } from './wrap.ts';

const AREAS: StorageArea[] = ['localStorage', 'sessionStorage'];
const targetOf = privateMap<object, Storage>();
const proxyOf = privateMap<Storage, Storage>();
const areaOf = privateMap<Storage, StorageArea>();

const readItem = Storage.prototype.getItem;
const lengthOf = reader<number>(Storage, 'length');

const METHODS = ['getItem', 'key', 'setItem', 'removeItem', 'clear'];

export function hookStorage(realm: Realm): void {
  hookMethods(realm);
  // Methods that could not be hooked would refuse the proxies: a page's storage must go on working.
  let all = true;
  each(METHODS, (name) => (all &&= isOurs(realm.Storage, name, 'value')));
  if (!all) return;
  hookStorageEvent(realm);
  each(AREAS, (area) =>
    wrapAccessor(realm, area, 'get', (native, self, args) => {
      // Another window's storage is its own world's: that world's methods know its proxy.
      const own = self === undefined || self === null || self === realm ? null : functionOf(self, area, 'get');
      if (own && own !== functionAt(realm, area, 'get')) return natives.apply(own, self, args);
      // Throws SecurityError in opaque origins, as without us.
      const storage = natives.apply(native, self, args) as Storage;
      return storage === null ? storage : proxyFor(storage, area, realm.Storage.prototype);
    }),
  );
}

type Claim = Extract<PageClaim, { type: 'storage' }>;

function tell(area: StorageArea, action: Claim['action'], mechanism: Claim['mechanism'], name: string, value = ''): void {
  report({ type: 'storage', area, action, mechanism, name, value: clip(value, MOST_VALUE), length: value.length });
}

function tellDeletion(target: Storage, area: StorageArea, mechanism: 'property' | 'remove-item', name: string): void {
  if (natives.apply(readItem, target, [name]) !== null) tell(area, 'delete', mechanism, name);
}

function proxyFor(storage: Storage, area: StorageArea, prototype: Storage): Storage {
  const known = proxyOf.get(storage);
  if (known) return known;
  const proxy: Storage = new natives.Proxy(
    storage,
    bare<ProxyHandler<Storage>>({
      get(target, key): unknown {
        const value: unknown = target[key as string];
        if (isText(key) && value !== undefined && !(key in prototype)) concealing(() => noteRead(area, 'property', key));
        return value;
      },
      set: (target, key, value, receiver) =>
        receiver === proxy
          ? writeProperty(key, value, area, prototype, (value) => assign(target, key, value))
          : // An object that inherits from the storage gets a property of its own: nothing is stored.
            natives.set(target, key, value, receiver),
      defineProperty(target, key, descriptor) {
        const define = (value: unknown): boolean => {
          objects.defineProperty(target, key, bare('value' in descriptor ? { ...descriptor, value } : descriptor));
          return true;
        };
        return 'value' in descriptor
          ? writeProperty(key, descriptor.value, area, prototype, define)
          : concealingDefine(() => define(undefined));
      },
      deleteProperty: (target, key) => {
        if (isText(key) && !(key in prototype)) concealing(() => tellDeletion(target, area, 'property', key));
        return natives.deleteProperty(target, key);
      },
    }),
  );
  targetOf.set(proxy, storage);
  proxyOf.set(storage, proxy);
  areaOf.set(storage, area);
  return proxy;
}

function writeProperty(
  key: string | symbol,
  value: unknown,
  area: StorageArea,
  prototype: Storage,
  write: (value: unknown) => boolean,
): boolean {
  return concealingDefine(() => {
    // Symbols are refused by the platform in its own words.
    if (!isText(key) || typeof value === 'symbol' || key in prototype) return write(value);
    const text = textOf(value);
    tell(area, 'set', 'property', key, text);
    return write(text);
  });
}

/** As the page's own assignment: `Reflect.set` takes another way through the engine, which reads `Object.prototype`. */
function assign(target: Storage, key: string | symbol, value: unknown): boolean {
  (target as unknown as Record<string | symbol, unknown>)[key] = value;
  return true;
}

/** Throws the platform's own error where `Reflect.defineProperty` only says no. */
const objects = { defineProperty: Object.defineProperty };

function concealingDefine<T>(write: () => T): T {
  return concealing(write, '\n    at Object.defineProperty (<anonymous>)');
}

function hookMethods(realm: Realm): void {
  /** Sees the arguments before, and may put others in their places. */
  type Before = (area: StorageArea, args: unknown[], target: Storage) => void;
  const through = (name: string, before?: Before | null, after?: (area: StorageArea, args: unknown[], result: unknown) => void): void =>
    wrapMethod(realm.Storage, name, (native, self, args) => {
      const target = targetOf.get(self as object) ?? (self as Storage);
      if (target === self && isForeignProxy(self)) return callOwn(self, name, native, args);
      const area = areaOf.get(target) ?? areaByIdentity(target, realm);
      if (area && before) before(area, args, target);
      const result: unknown = natives.apply(native, target, args);
      if (area && after) after(area, args, result);
      return result;
    });
  through('getItem', null, (area, args, result) => {
    if (result !== null && args.length > 0 && isText(args[0])) noteRead(area, 'get-item', args[0]);
  });
  through('key');
  through('setItem', (area, args) => {
    if (args.length < 2 || typeof args[0] === 'symbol' || typeof args[1] === 'symbol') return;
    const name = textOf(args[0]);
    const value = textOf(args[1]);
    tell(area, 'set', 'set-item', name, value);
    args[0] = name;
    args[1] = value;
  });
  through('removeItem', (area, args, target) => {
    if (args.length === 0 || typeof args[0] === 'symbol') return;
    const name = textOf(args[0]);
    tellDeletion(target, area, 'remove-item', name);
    args[0] = name;
  });
  through('clear', (area) => tell(area, 'clear', 'clear', ''));
  wrapAccessor(realm.Storage, 'length', 'get', (native, self, args) => {
    const target = targetOf.get(self as object) ?? self;
    if (target === self && isForeignProxy(self)) return asOwn(self, native, args, () => (self as Storage).length);
    return natives.apply(native, target, args);
  });
}

/** Another realm's proxy: looks like a Storage, yet the native getter refuses it. */
function isForeignProxy(self: unknown): boolean {
  if (!isObject(self) || lengthOf(self) !== undefined) return false;
  // Not a native Storage. Only an object that inherits from some other realm's Storage can be its proxy.
  const parent = natives.getPrototypeOf(self);
  return parent !== null && parent !== Storage.prototype && 'getItem' in parent && 'setItem' in parent;
}

/** Lets the object's own realm do it: its methods know their proxy. */
function callOwn(self: unknown, name: string, native: Native, args: unknown[]): unknown {
  return asOwn(self, native, args, () => {
    const own = (self as Record<string, unknown>)[name];
    return typeof own === 'function' ? natives.apply(own as Native, self, args) : natives.apply(native, self, args);
  });
}

let asked: unknown = null;

/** An object that only inherits from a storage leads back to where it is asked from: it is left to the native function, which refuses it. */
function asOwn(self: unknown, native: Native, args: unknown[], ask: () => unknown): unknown {
  if (asked === self) return natives.apply(native, self, args);
  const before = asked;
  asked = self;
  try {
    return ask();
  } finally {
    asked = before;
  }
}

/** A Storage object that was taken before `window.localStorage` was read through the hook (another realm's getter). */
function areaByIdentity(target: Storage, realm: Realm): StorageArea | null {
  let found: StorageArea | null = null;
  each(AREAS, (area) =>
    attempt(() => {
      if (targetOf.get(realm[area]) === target) found = area;
    }),
  );
  return found;
}

/** `event.storageArea === localStorage` must stay true, and a page may construct such events itself. */
function hookStorageEvent(realm: Realm): void {
  wrapAccessor(realm.StorageEvent, 'storageArea', 'get', (native, self, args) => {
    const area = natives.apply(native, self, args) as Storage | null;
    return area && (proxyOf.get(area) ?? area);
  });
  wrapMethod(realm.StorageEvent, 'initStorageEvent', (native, self, args) => {
    const target = targetOf.get(argument(args, 7) as object);
    if (target) args[7] = target;
    return natives.apply(native, self, args);
  });
  wrapConstructor(realm, 'StorageEvent', (args) => {
    const init = argument(args, 1);
    const storageArea = isObject(init) && targetOf.get((init as StorageEventInit).storageArea as object);
    if (storageArea) args[1] = { ...init, storageArea };
  });
}
