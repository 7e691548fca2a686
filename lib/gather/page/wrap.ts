/** Puts hooks in the place of the platform's functions, so that a page can hardly tell. */
import { conceal, disguise, isGone } from './conceal.ts';
import { bare, natives } from './natives.ts';

export type Native = (...a: never[]) => unknown;
/** Must call the native function itself, exactly once, and must not throw anything of its own. */
export type Handle = (native: Native, self: unknown, args: unknown[]) => unknown;
type Half = 'value' | 'get' | 'set';

let guard: (() => boolean) | null = null;

/** Hooks that `install` makes do nothing while `active` says no. */
export function whileActive(active: () => boolean, install: () => void): void {
  const before = guard;
  guard = active;
  install();
  guard = before;
}

/** Replaces a method by a proxy of itself, so that name, length and identity of behaviour stay. */
export function wrapMethod(owner: object, name: string, handle: Handle): void {
  wrapHalf(owner, name, 'value', handle);
}

/** The same for one half of an accessor property. */
export function wrapAccessor(owner: object, name: string, half: 'get' | 'set', handle: Handle): void {
  wrapHalf(owner, name, half, handle);
}

function wrapHalf(owner: object, name: string, half: Half, handle: Handle): void {
  const descriptor = natives.getOwnPropertyDescriptor(owner, name);
  const native = descriptor?.[half] as Native | undefined;
  if (!descriptor || typeof native !== 'function' || !descriptor.configurable) return;
  const active = guard;
  const hook = new natives.Proxy(
    native,
    bare({
      apply(target: Native, self: unknown, args: unknown[]): unknown {
        try {
          if (active && !active()) return natives.apply(target, self, args);
          const living = isGone() ? functionOf(self, name, half) : null;
          const given = living && living !== hook ? natives.apply(living, self, args) : handle(target, self, args);
          return isPromise(given) ? concealRejection(given) : given;
        } catch (error) {
          conceal(error);
          throw error;
        }
      },
    }),
  );
  disguise(hook, native, owner, name, half);
  natives.defineProperty(owner, name, bare({ ...descriptor, [half]: hook }));
}

const promises: unknown = Promise.prototype;

/** One of this world's own: another world's must stay its own. */
function isPromise(given: unknown): given is Promise<unknown> {
  return typeof given === 'object' && given !== null && natives.getPrototypeOf(given) === promises;
}

/** What the platform refuses by a rejection has our frames in its stack too. The page gets a promise that ends the same. */
async function concealRejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    conceal(error);
    throw error;
  }
}

/** The function of an object's own world. Once a frame is removed, nobody hears its hooks; those of a document that lives are heard. */
export function functionOf(self: unknown, name: string, half: Half): Native | null {
  for (let owner = self; typeof owner === 'object' && owner !== null; owner = natives.getPrototypeOf(owner)) {
    const found = natives.getOwnPropertyDescriptor(owner, name)?.[half] as unknown;
    if (found !== undefined) return typeof found === 'function' ? (found as Native) : null;
  }
  return null;
}

type Constructor = new (...a: unknown[]) => object;

/** Replaces a global constructor by a proxy; `prepare` sees the arguments before, and may give others in an array. */
export function wrapConstructor(owner: object, name: string, prepare: (args: unknown[]) => unknown): void {
  const descriptor = natives.getOwnPropertyDescriptor(owner, name);
  const native = descriptor?.value as Constructor | undefined;
  if (!descriptor || typeof native !== 'function' || !descriptor.configurable) return;
  const hook: Constructor = new natives.Proxy(
    native,
    bare({
      construct(target: Constructor, args: unknown[], newTarget: Constructor): object {
        try {
          const given = prepare(args);
          return natives.construct(target, natives.isArray(given) ? given : args, newTarget === hook ? target : newTarget) as object;
        } catch (error) {
          conceal(error);
          throw error;
        }
      },
      // Called without `new`: the error is the platform's own.
      apply(target: Constructor, self: unknown, args: unknown[]): unknown {
        try {
          return natives.apply(target as never, self, args);
        } catch (error) {
          conceal(error);
          throw error;
        }
      },
    }),
  );
  disguise(hook, native, owner, name);
  const { prototype } = native as unknown as { prototype: object };
  const own = natives.getOwnPropertyDescriptor(prototype, 'constructor');
  natives.defineProperty(owner, name, bare({ ...descriptor, value: hook }));
  // Where instances look for it.
  if (own?.configurable && own.value === native) natives.defineProperty(prototype, 'constructor', bare({ ...own, value: hook }));
}
