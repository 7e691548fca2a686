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
const { getElementById } = Document.prototype;
const later = globalThis.setTimeout;
const weakGet = WeakMap.prototype.get;
const weakSet = WeakMap.prototype.set;
const { exec } = RegExp.prototype;
const { indexOf, slice } = String.prototype;

export const natives = {
  apply,
  construct,
  get,
  set,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ownKeys,
  defineProperty,
  deleteProperty,
  isArray,
  stringify,
  /** `[object Arguments]` and the like. */
  kindOf: (value: unknown) => apply(toString, value, []) as string,
  match,
  elementById: (id: string) => apply(getElementById, document, [id]) as Element | null,
  setTimeout: (run: () => void, milliseconds: number): void => {
    apply(later, window, [run, milliseconds]);
  },
  String,
  Error,
  isError: (Error as { isError?: (value: unknown) => boolean }).isError,
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

/**
 * The same members without a prototype: what a platform or language function reads from an options object, a descriptor or a proxy's
 * handler is ours alone, whatever the page put on `Object.prototype`.
 */
export function bare<T extends object>(members: T): T {
  return { __proto__: null, ...members } as T;
}

export function dispatchOn(target: EventTarget, type: string, init: MessageEventInit = {}): void {
  apply(dispatch, target, [new natives.MessageEvent(type, bare(init))]);
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
  return bare({
    get: (key: K) => apply(weakGet, map, [key]) as V | undefined,
    set: (key: K, value: V) => {
      apply(weakSet, map, [key, value]);
    },
  });
}

/** An argument, or undefined where it was not given: a missing element would be looked for on `Array.prototype`. */
export function argument(args: unknown[], index: number): unknown {
  return index < args.length ? args[index] : undefined;
}

/** `RegExp.prototype.exec`. */
export function match(pattern: RegExp, text: string): RegExpExecArray | null {
  return apply(exec, pattern, [text]) as RegExpExecArray | null;
}

/** `String.prototype.slice`. */
export function part(text: string, from: number, to: number = text.length): string {
  return apply(slice, text, [from, to]) as string;
}

/** `String.prototype.indexOf`. */
export function find(text: string, what: string, from = 0): number {
  return apply(indexOf, text, [what, from]) as number;
}
