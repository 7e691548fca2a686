/**
 * Hooks `localStorage` and `sessionStorage`, by method and by property.
 *
 * A named property of `Storage` is written without any method being called, and a legacy platform object asks its
 * own setter before its prototype (https://webidl.spec.whatwg.org/#legacy-platform-object-set), so the object that
 * `window.localStorage` returns is a proxy. Native functions refuse proxies; every Storage method therefore unwraps
 * its `this`, also one of another realm's proxy.
 */
import { MOST_VALUE, type StorageArea } from '../channel.ts';
import { attempt, clip, textOf } from './clip.ts';
import { conceal, isOurs } from './conceal.ts';
import { argument, bare, reader, natives, privateMap } from './natives.ts';
import { noteRead } from './reads.ts';
import type { Realm } from './realm.ts';
import { report } from './report.ts';
import { functionOf, wrapAccessor, wrapConstructor, wrapMethod, type Native } from './wrap.ts';

const AREAS: StorageArea[] = ['localStorage', 'sessionStorage'];
const targetOf = privateMap<object, Storage>();
const proxyOf = privateMap<Storage, Storage>();
const areaOf = privateMap<Storage, StorageArea>();

const readItem = Storage.prototype.getItem;
const lengthOf = reader<number>(Storage.prototype, 'length');

const METHODS = ['getItem', 'key', 'setItem', 'removeItem', 'clear'];

export function hookStorage(realm: Realm): void {
  hookMethods(realm);
  // Methods that could not be hooked would refuse the proxies: a page's storage must go on working.
  for (let i = 0; i < METHODS.length; i++) if (!isOurs(realm.Storage.prototype, METHODS[i] as string, 'value')) return;
  hookStorageEvent(realm);
  for (let i = 0; i < AREAS.length; i++) {
    const area = AREAS[i] as StorageArea;
    wrapAccessor(realm, area, 'get', (native, self, args) => {
      // Another window's storage is its own world's: that world's methods know its proxy.
      const own = self === undefined || self === null || self === realm ? null : functionOf(self, area, 'get');
      if (own && own !== natives.getOwnPropertyDescriptor(realm, area)?.get) return natives.apply(own, self, args);
      // Throws SecurityError in opaque origins, as without us.
      const storage = natives.apply(native, self, args) as Storage;
      return storage === null ? storage : proxyFor(storage, area, realm.Storage.prototype);
    });
  }
}

function proxyFor(storage: Storage, area: StorageArea, prototype: Storage): Storage {
  const known = proxyOf.get(storage);
  if (known) return known;
  const proxy: Storage = new natives.Proxy(
    storage,
    bare<ProxyHandler<Storage>>({
      get(target, key): unknown {
        const value: unknown = natives.get(target, key, target);
        if (typeof key === 'string' && value !== undefined && !(key in prototype)) noteRead(area, 'property', key);
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
        return 'value' in descriptor ? writeProperty(key, descriptor.value, area, prototype, define) : concealing(() => define(undefined));
      },
      deleteProperty: (target, key) => {
        if (typeof key === 'string' && !(key in prototype) && natives.apply(readItem, target, [key]) !== null)
          report({ type: 'storage', area, action: 'delete', mechanism: 'property', name: key, value: '', length: 0 });
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
  return concealing(() => {
    // Symbols are refused by the platform in its own words.
    if (typeof key !== 'string' || typeof value === 'symbol' || key in prototype) return write(value);
    const text = textOf(value);
    reportSet(area, 'property', key, text);
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

function concealing<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    conceal(error, '\n    at Object.defineProperty (<anonymous>)');
    throw error;
  }
}

function reportSet(area: StorageArea, mechanism: 'property' | 'set-item', name: string, value: string): void {
  report({ type: 'storage', area, action: 'set', mechanism, name, value: clip(value, MOST_VALUE), length: value.length });
}

function hookMethods(realm: Realm): void {
  const { prototype } = realm.Storage;
  type Around = (area: StorageArea, args: unknown[], target: Storage) => unknown[];
  const through = (name: string, before: Around | null, after?: (area: StorageArea, args: unknown[], result: unknown) => void): void =>
    wrapMethod(prototype, name, (native, self, args) => {
      const target = targetOf.get(self as object) ?? (self as Storage);
      if (target === self && isForeignProxy(self)) return callOwn(self, name, native, args);
      const area = areaOf.get(target) ?? areaByIdentity(target, realm);
      const result: unknown = natives.apply(native, target, area && before ? before(area, args, target) : args);
      if (area && after) after(area, args, result);
      return result;
    });
  through('getItem', null, (area, args, result) => {
    if (result !== null && args.length > 0 && typeof args[0] === 'string') noteRead(area, 'get-item', args[0]);
  });
  through('key', null);
  through('setItem', (area, args) => {
    if (args.length < 2 || typeof args[0] === 'symbol' || typeof args[1] === 'symbol') return args;
    const name = textOf(args[0]);
    const value = textOf(args[1]);
    reportSet(area, 'set-item', name, value);
    return [name, value];
  });
  through('removeItem', (area, args, target) => {
    if (args.length === 0 || typeof args[0] === 'symbol') return args;
    const name = textOf(args[0]);
    if (natives.apply(readItem, target, [name]) !== null)
      report({ type: 'storage', area, action: 'delete', mechanism: 'remove-item', name, value: '', length: 0 });
    return [name];
  });
  through('clear', (area, args) => {
    report({ type: 'storage', area, action: 'clear', mechanism: 'clear', name: '', value: '', length: 0 });
    return args;
  });
  wrapAccessor(prototype, 'length', 'get', (native, self, args) => {
    const target = targetOf.get(self as object) ?? self;
    if (target === self && isForeignProxy(self)) return asOwn(self, native, args, () => (self as Storage).length);
    return natives.apply(native, target, args);
  });
}

/** Another realm's proxy: looks like a Storage, yet the native getter refuses it. */
function isForeignProxy(self: unknown): boolean {
  if (typeof self !== 'object' || self === null) return false;
  try {
    lengthOf(self);
    return false;
  } catch {
    // Not a native Storage. Only an object that inherits from some other realm's Storage can be its proxy.
    const parent = natives.getPrototypeOf(self);
    return parent !== null && parent !== Storage.prototype && 'getItem' in parent && 'setItem' in parent;
  }
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
  for (let i = 0; i < AREAS.length; i++) {
    const area = AREAS[i] as StorageArea;
    if (attempt(() => targetOf.get(realm[area]) === target)) return area;
  }
  return null;
}

/** `event.storageArea === localStorage` must stay true, and a page may construct such events itself. */
function hookStorageEvent(realm: Realm): void {
  wrapAccessor(realm.StorageEvent.prototype, 'storageArea', 'get', (native, self, args) => {
    const area = natives.apply(native, self, args) as Storage | null;
    return area === null ? null : (proxyOf.get(area) ?? area);
  });
  wrapMethod(realm.StorageEvent.prototype, 'initStorageEvent', (native, self, args) => {
    const area = argument(args, 7);
    const target = typeof area === 'object' && area !== null ? targetOf.get(area) : undefined;
    return natives.apply(native, self, target ? withArea(args, target) : args);
  });
  wrapConstructor(realm, 'StorageEvent', (args) => {
    const init = argument(args, 1);
    if (typeof init !== 'object' || init === null) return args;
    const target = targetOf.get((init as StorageEventInit).storageArea ?? {});
    return target ? [args[0], { ...(init as StorageEventInit), storageArea: target }] : args;
  });
}

/** The arguments of `initStorageEvent` with another storage, the eighth. */
function withArea(args: unknown[], area: Storage): unknown[] {
  const given: unknown[] = [];
  for (let i = 0; i < args.length; i++)
    natives.defineProperty(given, i, bare({ value: i === 7 ? area : args[i], writable: true, enumerable: true, configurable: true }));
  return given;
}
