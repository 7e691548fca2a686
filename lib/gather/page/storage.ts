/**
 * Hooks `localStorage` and `sessionStorage`, by method and by property.
 *
 * A named property of `Storage` is written without any method being called, and a legacy platform object asks its
 * own setter before its prototype (https://webidl.spec.whatwg.org/#legacy-platform-object-set), so the object that
 * `window.localStorage` returns is a proxy. Native functions refuse proxies; every Storage method therefore unwraps
 * its `this`, also one of another realm's proxy.
 */
import { MOST_VALUE, type StorageArea } from '../channel.ts';
import { clip, wrapped } from './clip.ts';
import { natives, privateMap, replaceConstructor, wrapAccessor, wrapMethod } from './natives.ts';
import { report } from './report.ts';

const targetOf = privateMap<object, Storage>();
const proxyOf = privateMap<Storage, Storage>();
const areaOf = privateMap<Storage, StorageArea>();

const prototype = Storage.prototype;
const readItem = prototype.getItem;

export function hookStorage(): void {
  for (const area of ['localStorage', 'sessionStorage'] as const) {
    wrapAccessor(window, area, 'get', (native, self, args) => {
      // Throws SecurityError in opaque origins, as without us.
      const storage = natives.apply(native, self, args) as Storage;
      return storage === null ? storage : proxyFor(storage, area);
    });
  }
  hookMethods();
  hookStorageEvent();
}

function proxyFor(storage: Storage, area: StorageArea): Storage {
  const known = proxyOf.get(storage);
  if (known) return known;
  const proxy = new natives.Proxy(storage, {
    get: (target, key): unknown => natives.get(target, key, target),
    set: (target, key, value) => writeProperty(key, value, area, (text) => natives.set(target, key, text, target)),
    defineProperty: (target, key, descriptor) =>
      'value' in descriptor
        ? writeProperty(key, descriptor.value, area, (text) => natives.defineProperty(target, key, { ...descriptor, value: text }))
        : natives.defineProperty(target, key, descriptor),
    deleteProperty: (target, key) => {
      if (typeof key === 'string' && !(key in prototype) && natives.apply(readItem, target, [key]) !== null)
        report({ type: 'storage', area, action: 'delete', mechanism: 'property', name: key, value: '', length: 0 });
      return natives.deleteProperty(target, key);
    },
  });
  targetOf.set(proxy, storage);
  proxyOf.set(storage, proxy);
  areaOf.set(storage, area);
  return proxy;
}

function writeProperty(key: string | symbol, value: unknown, area: StorageArea, write: (value: unknown) => boolean): boolean {
  if (typeof key !== 'string' || key in prototype) return write(value);
  const text = wrapped(() => natives.String(value));
  if (text.threw) return write(value);
  report({
    type: 'storage',
    area,
    action: 'set',
    mechanism: 'property',
    name: key,
    value: clip(text.value, MOST_VALUE),
    length: text.value.length,
  });
  return write(text.value);
}

function hookMethods(): void {
  const through = (name: string, before?: (area: StorageArea, args: unknown[], target: Storage) => unknown[]): void =>
    wrapMethod(prototype, name, function handle(native, self, args) {
      const target = targetOf.get(self as object) ?? (self as Storage);
      if (target === self && isForeignProxy(self)) return callOwn(self, name, native, args);
      const area = areaOf.get(target) ?? areaByIdentity(target);
      return natives.apply(native, target, area && before ? before(area, args, target) : args);
    });
  through('getItem');
  through('key');
  through('setItem', (area, args) => {
    if (args.length < 2) return args;
    const texts = wrapped(() => [natives.String(args[0]), natives.String(args[1])] as const);
    if (texts.threw) return args;
    const [name, value] = texts.value;
    report({ type: 'storage', area, action: 'set', mechanism: 'set-item', name, value: clip(value, MOST_VALUE), length: value.length });
    return [name, value];
  });
  through('removeItem', (area, args, target) => {
    const name = args.length > 0 ? wrapped(() => natives.String(args[0])) : { threw: true as const };
    if (name.threw) return args;
    if (natives.apply(readItem, target, [name.value]) !== null)
      report({ type: 'storage', area, action: 'delete', mechanism: 'remove-item', name: name.value, value: '', length: 0 });
    return [name.value];
  });
  through('clear', (area, args) => {
    report({ type: 'storage', area, action: 'clear', mechanism: 'clear', name: '', value: '', length: 0 });
    return args;
  });
  wrapAccessor(prototype, 'length', 'get', (native, self, args) => {
    const target = targetOf.get(self as object) ?? self;
    if (target === self && isForeignProxy(self)) return (self as Storage).length;
    return natives.apply(native, target, args);
  });
}

const nativeLength = natives.getOwnPropertyDescriptor(prototype, 'length')?.get;

/** Another realm's proxy: looks like a Storage, yet the native getter refuses it. */
function isForeignProxy(self: unknown): boolean {
  if (typeof self !== 'object' || self === null || !nativeLength) return false;
  try {
    natives.apply(nativeLength, self, []);
    return false;
  } catch {
    // Not a native Storage. Only an object that inherits from some other realm's Storage can be its proxy.
    const parent = Object.getPrototypeOf(self) as object | null;
    return parent !== null && parent !== prototype && 'getItem' in parent && 'setItem' in parent;
  }
}

/** Lets the object's own realm do it: its methods know their proxy. */
function callOwn(self: unknown, name: string, native: (...a: never[]) => unknown, args: unknown[]): unknown {
  const own = (self as Record<string, unknown>)[name];
  return typeof own === 'function' ? natives.apply(own as never, self, args) : natives.apply(native, self, args);
}

/** A Storage object that was taken before `window.localStorage` was read through the hook (another realm's getter). */
function areaByIdentity(target: Storage): StorageArea | null {
  for (const area of ['localStorage', 'sessionStorage'] as const) {
    const known = wrapped(() => targetOf.get(window[area]) === target);
    if (!known.threw && known.value) return area;
  }
  return null;
}

/** `event.storageArea === localStorage` must stay true, and a page may construct such events itself. */
function hookStorageEvent(): void {
  wrapAccessor(StorageEvent.prototype, 'storageArea', 'get', (native, self, args) => {
    const area = natives.apply(native, self, args) as Storage | null;
    return area === null ? null : (proxyOf.get(area) ?? area);
  });
  const unwrapInit = (init: unknown): unknown => {
    if (typeof init !== 'object' || init === null) return init;
    const target = targetOf.get((init as StorageEventInit).storageArea ?? {});
    return target ? { ...(init as StorageEventInit), storageArea: target } : init;
  };
  const Native = StorageEvent;
  const constructor: typeof StorageEvent = new natives.Proxy(Native, {
    construct: (target, args: unknown[], newTarget): object =>
      natives.construct(
        target,
        args.length > 1 ? [args[0], unwrapInit(args[1])] : args,
        newTarget === constructor ? target : newTarget,
      ) as object,
  });
  replaceConstructor(window, 'StorageEvent', Native, constructor);
}
