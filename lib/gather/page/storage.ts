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
import { argument, bare, each, functionAt, isObject, isText, privateMap, reader, type Half, type Native } from './guarded.ts';
import * as natives from './natives.ts';
import { noteRead } from './reads.ts';
import type { Realm } from './realm.ts';
import { report, stamp, type Stamp } from './report.ts';
import { functionOf, wrapConstructor, wrapHalf, wrapMethod } from './wrap.ts';

const AREAS: StorageArea[] = ['localStorage', 'sessionStorage'];
const targetOf = privateMap<object, Storage>();
const proxyOf = privateMap<Storage, Storage>();
const areaOf = privateMap<Storage, StorageArea>();

const { getItem: readItem, key: keyAt } = Storage.prototype;
const lengthOf = reader<number>(Storage, 'length');

export function hookStorage(realm: Realm): void {
  // Methods that could not be hooked would refuse the proxies: a page's storage must go on working.
  if (!hookMethods(realm)) return;
  hookStorageEvent(realm);
  each(AREAS, (area) =>
    wrapHalf(realm, area, 'get', (native, self, args) => {
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

function tell(area: StorageArea, action: Claim['action'], mechanism: Claim['mechanism'], name: string, value = '', made?: Stamp): void {
  tellNew?.();
  report({ type: 'storage', area, action, mechanism, name, value: clip(value, MOST_VALUE), length: value.length }, made);
}

/** Tells what was stored by a call that only the platform can judge, before anything else is told. */
let tellNew: (() => void) | null = null;

/**
 * A definition goes to the platform past any trap, since a proxy may not say that it made what its target says is configurable; and
 * whether a name of the prototype's is stored the engines decide each in its own way. So what is new afterwards is told.
 */
async function watchNew(target: Storage, area: StorageArea): Promise<void> {
  tellNew?.();
  const before = entriesOf(target);
  const made = stamp();
  tellNew = () => {
    tellNew = null;
    const now = entriesOf(target);
    for (const name in now) if (now[name] !== before[name]) tell(area, 'set', 'property', name, now[name], made);
  };
  await null;
  tellNew?.();
}

function entriesOf(target: Storage): Record<string, string> {
  const entries: Record<string, string> = bare({});
  for (let i = 0; i < (lengthOf(target) ?? 0); i++) {
    const name = natives.apply(keyAt, target, [i]) as string;
    entries[name] = natives.apply(readItem, target, [name]) as string;
  }
  return entries;
}

function tellDeletion(target: Storage, area: StorageArea, mechanism: 'property' | 'remove-item', name: string): void {
  if (natives.apply(readItem, target, [name]) !== null) tell(area, 'delete', mechanism, name);
}

function proxyFor(storage: Storage, area: StorageArea, prototype: Storage): Storage {
  const known = proxyOf.get(storage);
  if (known) return known;
  const set = (target: Storage, key: string | symbol, value: unknown, receiver: unknown): boolean =>
    receiver === proxy
      ? concealing(() => {
          // Symbols are refused by the platform in its own words.
          if (isText(key) && typeof value !== 'symbol') {
            if (key in prototype) void watchNew(target, area);
            else tell(area, 'set', 'property', key, (value = textOf(value)));
          }
          // As the page's own assignment: `Reflect.set` takes another way through the engine, which reads `Object.prototype`.
          (target as unknown as Record<string | symbol, unknown>)[key] = value;
          return true;
        }, set)
      : // An object that inherits from the storage gets a property of its own: nothing is stored.
        natives.set(target, key, value, receiver);
  const proxy: Storage = new natives.Proxy(storage, {
    __proto__: null,
    get(target, key): unknown {
      const value: unknown = target[key as string];
      if (isText(key) && value !== undefined && !(key in prototype)) concealing(() => noteRead(area, 'property', key));
      return value;
    },
    set,
    get defineProperty() {
      concealing(() => watchNew(storage, area));
      return undefined;
    },
    deleteProperty: (target, key) => {
      if (isText(key) && !(key in prototype)) concealing(() => tellDeletion(target, area, 'property', key));
      return natives.deleteProperty(target, key);
    },
  } as ProxyHandler<Storage>);
  targetOf.set(proxy, storage);
  proxyOf.set(storage, proxy);
  areaOf.set(storage, area);
  return proxy;
}

/** Whether all are hooked. */
function hookMethods(realm: Realm): boolean {
  let all = true;
  /** Sees the arguments before, and may put others in their places. */
  type Before = (area: StorageArea, args: unknown[], target: Storage) => void;
  const through = (
    name: string,
    before?: Before | null,
    after?: ((area: StorageArea, args: unknown[], result: unknown) => void) | null,
    half: Half = 'value',
  ): void => {
    wrapHalf(realm.Storage, name, half, (native, self, args) => {
      const target = targetOf.get(self as object) ?? (self as Storage);
      if (target === self && isForeignProxy(self)) return askOwn(self, name, half, native, args);
      const area = areaOf.get(target) ?? areaByIdentity(target, realm);
      if (area && before) before(area, args, target);
      const result: unknown = natives.apply(native, target, args);
      if (area && after) after(area, args, result);
      return result;
    });
    all &&= isOurs(realm.Storage, name, half);
  };
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
  through('length', null, null, 'get');
  return all;
}

/** Another realm's proxy: looks like a Storage, yet the native getter refuses it. */
function isForeignProxy(self: unknown): self is object {
  if (!isObject(self) || lengthOf(self) !== undefined) return false;
  // Not a native Storage. Only an object that inherits from some other realm's Storage can be its proxy.
  const parent = natives.getPrototypeOf(self);
  return parent !== null && parent !== Storage.prototype && 'getItem' in parent && 'setItem' in parent;
}

let asked: unknown = null;

/**
 * Lets the object's own realm do it: its functions know their proxy. An object that only inherits from a storage leads back to where it
 * is asked from: it is left to the native function, which refuses it.
 */
function askOwn(self: object, name: string, half: Half, native: Native, args: unknown[]): unknown {
  if (asked === self) return natives.apply(native, self, args);
  const before = asked;
  asked = self;
  try {
    const own = (self as Record<string, unknown>)[name];
    return half === 'get' ? own : natives.apply(typeof own === 'function' ? (own as Native) : native, self, args);
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
  wrapHalf(realm.StorageEvent, 'storageArea', 'get', (native, self, args) => {
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
