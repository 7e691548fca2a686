/** Puts hooks in the place of the platform's functions, so that a page can hardly tell. */
import { attempt } from './clip.ts';
import { conceal, concealing, disguise, isGone } from './conceal.ts';
import { bare, functionAt, isObject, membersOf, ownValue, type Half, type Native } from './guarded.ts';
import * as natives from './natives.ts';

/**
 * Must call the native function itself, exactly once, and must not throw anything of its own. `args` is nobody else's: what is given
 * in place of an argument may be put there.
 */
export type Handle = (native: Native, self: unknown, args: unknown[]) => unknown;
/** Is called before the native function, with the same `this` and arguments; must not throw. */
export type Look = (this: unknown, ...args: unknown[]) => void;

let guard: (() => boolean) | null = null;

/** Hooks that `install` makes do nothing while `active` says no. */
export function whileActive(active: () => boolean, install: () => void): void {
  const before = guard;
  guard = active;
  install();
  guard = before;
}

/**
 * Replaces a method by a proxy of itself, so that name, length and identity of behaviour stay.
 * @param owner an interface, or the window; where it is missing nothing is done
 */
export function wrapMethod(owner: object | undefined, name: string, handle: Handle): void {
  wrapHalf(owner, name, 'value', handle);
}

/** The same for a hook that only looks at the arguments. */
export function watchMethod(owner: object | undefined, name: string, look: Look): void {
  wrapHalf(owner, name, 'value', looking(look));
}

/** The same for what is assigned to an accessor property. */
export function watchSetter(owner: object | undefined, name: string, look: Look): void {
  wrapHalf(owner, name, 'set', looking(look));
}

function looking(look: Look): Handle {
  return (native, self, args) => {
    natives.apply(look, self, args);
    return natives.apply(native, self, args);
  };
}

/** The same for a hook that only looks at what the native function gave. What it throws is not let out. */
export function watchResult(
  owner: object | undefined,
  name: string,
  half: Half,
  look: (result: unknown, self: unknown, args: unknown[]) => unknown,
): void {
  wrapHalf(owner, name, half, (native, self, args) => {
    const result = natives.apply(native, self, args);
    attempt(() => look(result, self, args));
    return result;
  });
}

/** The same for a method or one half of an accessor property. */
export function wrapHalf(owner: object | undefined, name: string, half: Half, handle: Handle): void {
  const active = guard;
  replace(owner, name, half, (native: Native) => {
    const apply = (target: Native, self: unknown, args: unknown[]): unknown =>
      concealing(() => {
        if (active && !active()) return natives.apply(target, self, args);
        const living = isGone() ? functionOf(self, name, half) : null;
        const given = living && living !== hook ? natives.apply(living, self, args) : handle(target, self, args);
        return isPromise(given) ? follow(given) : given;
      }, apply);
    const hook: Native = new natives.Proxy(native, bare({ apply }));
    return hook;
  });
}

/** Puts a hook in the place of a function that is there and can be replaced. */
function replace<F extends object>(owner: object | undefined, name: string, half: Half, hookOf: (native: F) => F): void {
  const native = functionAt(owner, name, half) as F | undefined;
  if (!owner || !native) return;
  const members = membersOf(owner);
  const descriptor = natives.getOwnPropertyDescriptor(members, name);
  if (!descriptor?.configurable) return;
  const hook = hookOf(native);
  disguise(hook, native, members, name, half);
  natives.defineProperty(members, name, bare({ ...descriptor, [half]: hook }));
}

const promises: unknown = Promise.prototype;

/** One of this world's own: another world's must stay its own. */
function isPromise(given: unknown): given is Promise<unknown> {
  return isObject(given) && natives.getPrototypeOf(given) === promises;
}

/**
 * Hears how a native promise ends, and gives the page one that ends the same: a listener on the page's own promise would hide
 * from the page that nobody handles a rejection. `await` asks neither `then` nor a subclass of the page's. What the platform refuses
 * by a rejection has our frames in its stack too.
 */
export async function follow(promise: Promise<unknown>, kept?: (value: unknown) => unknown, broken?: () => void): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (broken) attempt(broken);
    conceal(error);
    throw error;
  }
  if (kept) attempt(() => kept(value));
  return value;
}

/** The function of an object's own world. Once a frame is removed, nobody hears its hooks; those of a document that lives are heard. */
export function functionOf(self: unknown, name: string, half: Half): Native | null {
  for (let owner = self; isObject(owner); owner = natives.getPrototypeOf(owner)) {
    const found = functionAt(owner, name, half);
    if (found) return found;
  }
  return null;
}

type Constructor = new (...a: unknown[]) => object;

/** Replaces a global constructor by a proxy; `prepare` sees the arguments before, and may put others in their places. */
export function wrapConstructor(owner: object, name: string, prepare: (args: unknown[]) => void): void {
  replace(owner, name, 'value', (native: Constructor) => {
    const construct = (target: Constructor, args: unknown[], newTarget: Constructor): object =>
      concealing(() => {
        prepare(args);
        return natives.construct(target, args, newTarget === hook ? target : newTarget) as object;
      }, construct);
    // Called without `new` it is the platform's own.
    const hook: Constructor = new natives.Proxy(native, bare({ construct }));
    const again = (place: object, called: string): void => {
      if (ownValue(place, called) === native) replace(place, called, 'value', () => hook);
    };
    // Where instances look for it, and its other name.
    again((native as unknown as { prototype: object }).prototype, 'constructor');
    again(owner, `webkit${name}`);
    return hook;
  });
}
