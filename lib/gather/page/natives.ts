/**
 * The page world's own functions, saved before any script of the page can replace them.
 * Everything on the capture path goes through here.
 */
const { apply, construct, get, set, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, defineProperty, deleteProperty } = Reflect;
const { isArray } = Array;
const { stringify } = JSON;
const { now } = Performance.prototype;
const dispatch = EventTarget.prototype.dispatchEvent;
const listen = EventTarget.prototype.addEventListener;
const unlisten = EventTarget.prototype.removeEventListener;
const { toString } = Object.prototype;
const { exec } = RegExp.prototype;
const { getElementById } = Document.prototype;
const later = globalThis.setTimeout;
const weakGet = WeakMap.prototype.get;
const weakSet = WeakMap.prototype.set;

export const natives = {
  apply,
  construct,
  get,
  set,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ownKeys,
  isArray,
  defineProperty,
  deleteProperty,
  stringify,
  /** `[object Arguments]` and the like. */
  kindOf: (value: unknown) => apply(toString, value, []) as string,
  match: (pattern: RegExp, text: string) => apply(exec, pattern, [text]) as RegExpExecArray | null,
  elementById: (id: string) => apply(getElementById, document, [id]) as Element | null,
  setTimeout: (run: () => void, milliseconds: number): void => {
    apply(later, window, [run, milliseconds]);
  },
  String,
  Error,
  MessageEvent,
  MessageChannel,
  Proxy,
  URL,
  performance: globalThis.performance,
  timeOrigin: performance.timeOrigin,
};

/** Milliseconds since the epoch, with the fraction that the page's clock gives. */
export function clock(): number {
  return natives.timeOrigin + (apply(now, natives.performance, []) as number);
}

export function dispatchOn(target: EventTarget, event: Event): void {
  apply(dispatch, target, [event]);
}

export function listenOn(target: EventTarget, type: string, listener: (event: Event) => void, capture = true): void {
  apply(listen, target, [type, listener, capture]);
}

export function unlistenOn(target: EventTarget, type: string, listener: (event: Event) => void, capture = true): void {
  apply(unlisten, target, [type, listener, capture]);
}

/** Reads an accessor of a platform object as the platform does, whatever the page put over it. Throws where `self` is no such object. */
export function reader<T>(owner: object, name: string): (self: unknown) => T {
  const getter = getOwnPropertyDescriptor(owner, name)?.get as (() => unknown) | undefined;
  return (self) => apply(getter as () => unknown, self, []) as T;
}

/** The value of an own data property; undefined for accessors and everything else that could run the page's code. */
export function ownValue(object: unknown, key: PropertyKey): unknown {
  if (typeof object !== 'object' || object === null) return undefined;
  return getOwnPropertyDescriptor(object, key)?.value as unknown;
}

/**
 * Hears how a native promise ends, and gives the page one that ends the same: a listener on the page's own promise would hide
 * from the page that nobody handles a rejection. `await` asks neither `then` nor a subclass of the page's.
 */
export async function follow<T>(promise: Promise<T>, kept: (value: T) => unknown, broken?: () => unknown): Promise<T> {
  let value: T;
  try {
    value = await promise;
  } catch (error) {
    quietly(() => broken?.());
    throw error;
  }
  quietly(() => kept(value));
  return value;
}

/** Runs what only tells: whatever goes wrong there must not reach the page. */
export function quietly(tell: () => unknown): void {
  try {
    tell();
  } catch {
    // Not the object it should be, or one that is gone: the next look finds what was stored.
  }
}

/** A weak map that the page cannot reach by replacing `WeakMap.prototype`. */
export function privateMap<K extends object, V>(): { get(key: K): V | undefined; set(key: K, value: V): void } {
  const map = new WeakMap<K, V>();
  return {
    get: (key) => apply(weakGet, map, [key]) as V | undefined,
    set: (key, value) => {
      apply(weakSet, map, [key, value]);
    },
  };
}

/**
 * Replaces a method by a proxy of itself, so that name, length and identity of behaviour stay.
 * `handle` must call the native function itself, exactly once, and must not throw anything of its own.
 */
export function wrapMethod(
  owner: object,
  name: string,
  handle: (native: (...a: never[]) => unknown, self: unknown, args: unknown[]) => unknown,
): void {
  const descriptor = getOwnPropertyDescriptor(owner, name);
  if (!descriptor || typeof descriptor.value !== 'function' || !descriptor.configurable) return;
  const native = descriptor.value as (...a: never[]) => unknown;
  const wrapped = new Proxy(native, { apply: (target, self, args: unknown[]) => handle(target, self, args) });
  defineProperty(owner, name, { ...descriptor, value: wrapped });
}

/** The same for one half of an accessor property. */
export function wrapAccessor(
  owner: object,
  name: string,
  half: 'get' | 'set',
  handle: (native: (...a: never[]) => unknown, self: unknown, args: unknown[]) => unknown,
): void {
  const descriptor = getOwnPropertyDescriptor(owner, name);
  const native = descriptor?.[half] as ((...a: never[]) => unknown) | undefined;
  if (!descriptor || !native || !descriptor.configurable) return;
  const wrapped = new Proxy(native, { apply: (target, self, args: unknown[]) => handle(target, self, args) });
  defineProperty(owner, name, { ...descriptor, [half]: wrapped });
}

/** Replaces a global constructor by a proxy that reports before constructing. */
export function wrapConstructor(owner: object, name: string, handle: (args: unknown[]) => void): void {
  const descriptor = getOwnPropertyDescriptor(owner, name);
  if (!descriptor || typeof descriptor.value !== 'function' || !descriptor.configurable) return;
  type Constructor = new (...a: unknown[]) => object;
  const wrapped: Constructor = new Proxy(descriptor.value as Constructor, {
    construct(target, args: unknown[], newTarget): object {
      handle(args);
      return construct(target, args, newTarget === wrapped ? target : newTarget) as object;
    },
  });
  replaceConstructor(owner, name, descriptor.value as object, wrapped);
}

/** Puts a constructor's proxy in its place, also where instances look for it. */
export function replaceConstructor(owner: object, name: string, native: object, wrapped: object): void {
  const descriptor = getOwnPropertyDescriptor(owner, name);
  const prototype = (native as { prototype: object }).prototype;
  const own = getOwnPropertyDescriptor(prototype, 'constructor');
  defineProperty(owner, name, { ...descriptor, value: wrapped });
  if (own?.configurable) defineProperty(prototype, 'constructor', { ...own, value: wrapped });
}
