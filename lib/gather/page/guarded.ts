/** What language and platform do, by saved functions: whatever the page has replaced or put on prototypes has no say. */
import * as natives from './natives.ts';

/** Milliseconds since the epoch, with the fraction that the page's clock gives. */
export function clock(): number {
  return natives.timeOrigin + natives.now();
}

/**
 * The same members without a prototype: what a platform or language function reads from an options object, a descriptor or a proxy's
 * handler is ours alone, whatever the page put on `Object.prototype`.
 */
export function bare<T extends object>(members: T): T {
  return { __proto__: null, ...members } as T;
}

/** The words between bars, to be looked up. To be made before the page's scripts run. */
export function dictionary(words: string): Record<string, true | undefined> {
  const found: Record<string, true> = bare({});
  for (const word of words.split('|')) found[word] = true;
  return found;
}

export function dispatchOn(target: EventTarget, type: string, init: MessageEventInit = {}): void {
  natives.apply(natives.dispatchEvent, target, [new natives.MessageEvent(type, bare(init))]);
}

export function listenOn(target: EventTarget, type: string, listener: EventListenerOrEventListenerObject, capture = true): void {
  natives.apply(natives.addEventListener, target, [type, listener, capture]);
}

export type Native = (...a: never[]) => unknown;
export type Half = 'value' | 'get' | 'set';

/** Where the functions of an interface are; an object's own are on itself. */
export function membersOf(owner: object): object {
  return typeof owner === 'function' ? (owner as unknown as { prototype: object }).prototype : owner;
}

/** A method, or one half of an accessor, of an interface or of an object itself. */
export function functionAt(owner: object | undefined, name: PropertyKey, half: Half): Native | undefined {
  const found: unknown = owner && natives.getOwnPropertyDescriptor(membersOf(owner), name)?.[half];
  return typeof found === 'function' ? (found as Native) : undefined;
}

/** Reads an accessor of an interface as the platform does, whatever the page put over it; undefined where `self` is no such object. */
export function reader<T>(owner: object, name: string): (self: unknown) => T | undefined {
  const getter = functionAt(owner, name, 'get');
  return (self) => {
    try {
      return natives.apply(getter as Native, self, []) as T;
    } catch {
      return undefined;
    }
  };
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The value of an own data property; undefined for accessors and everything else that could run the page's code. */
export function ownValue(object: unknown, key: PropertyKey): unknown {
  return isObject(object) ? (natives.getOwnPropertyDescriptor(object, key)?.value as unknown) : undefined;
}

const { get, set } = WeakMap.prototype;
const mapMembers = bare({ get, set });

/** A weak map that the page cannot reach by replacing `WeakMap.prototype`. To be made before the page's scripts run. */
export function privateMap<K extends object, V>(): Pick<WeakMap<K, V>, 'get' | 'set'> {
  const map = new WeakMap<K, V>();
  Object.setPrototypeOf(map, mapMembers);
  return map;
}

/** An argument, or undefined where it was not given: a missing element would be looked for on `Array.prototype`. */
export function argument(args: unknown[], index: number): unknown {
  return index < args.length ? args[index] : undefined;
}

/** One after the other by index: lists are walked where the page may have replaced the arrays' own methods and iterator. */
export function each<T>(list: readonly T[], run: (one: T, index: number) => void): void {
  for (let i = 0; i < list.length; i++) run(list[i] as T, i);
}

/** `RegExp.prototype.exec`. */
export function match(pattern: RegExp, text: string): RegExpExecArray | null {
  return natives.apply(natives.exec, pattern, [text]) as RegExpExecArray | null;
}

/** `String.prototype.slice`. */
export function part(text: string, from: number, to: number = text.length): string {
  return natives.apply(natives.slice, text, [from, to]) as string;
}

/** `String.prototype.indexOf`. */
export function find(text: string, what: string, from = 0): number {
  return natives.apply(natives.indexOf, text, [what, from]) as number;
}
