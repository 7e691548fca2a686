/**
 * Makes hooked functions look as they did: their source text, and the stacks of the errors that they throw. A page's script that stops
 * at an unusual stack or source text would otherwise behave differently under audit, and what is told would not be what visitors get.
 */
import { attempt } from './clip.ts';
import { bare, find, functionAt, isText, match, ownValue, part, privateMap, reader, type Half } from './guarded.ts';
import * as natives from './natives.ts';
import { stackText, withoutOurs } from './stack.ts';

const nativeOf = privateMap<object, object>();
/** Where this world's hooks are, so that another world of the same origin can tell them by their place. */
interface Place {
  /** Name of the interface, or `Window`. */
  owner: string;
  name: string;
  half: Half;
  native: object;
}
const places: Record<string, Place | undefined> = bare({});
const { toStringTag } = Symbol;

/** @param owner the object whose property the hook is */
export function disguise(hook: object, native: object, owner: object, name: string, half: Half): void {
  // One function may be hooked twice.
  const innermost = nativeOf.get(native) ?? native;
  nativeOf.set(hook, innermost);
  const { [toStringTag]: tag, constructor } = owner as { [toStringTag]?: unknown; constructor: { name: string } };
  // The language's own prototypes have no tag.
  const interfaceName = isText(tag) ? tag : constructor.name;
  // The first are this world's own.
  places[`${interfaceName} ${name} ${half}`] ??= { owner: interfaceName, name, half, native: innermost };
}

/** What a function says of itself: the hooked one in place of the hook. */
export function sourceOf(native: (...a: never[]) => unknown, self: unknown, args: unknown[]): unknown {
  const known = nativeOf.get(self as object);
  const text: unknown = natives.apply(native, known ?? self, args);
  // The engines call a proxy an anonymous native function, which no hooked function is by itself.
  if (known || !isText(text) || !match(/^function ?\(\) \{\s*\[native code\]\s*\}$/, text)) return text;
  const same = samePlaceElsewhere(self);
  return same ? natives.apply(natives.sourceText, same, []) : text;
}

/** Whether a property of this world holds a hook of ours. */
export function isOurs(owner: object, name: string, half: Half): boolean {
  return nativeOf.get(functionAt(owner, name, half) as object) !== undefined;
}

const MOST_NEIGHBOURS = 50;
const neighbours: unknown[] = [window.parent, window.top, window.opener];

/** Our own native function for a hook of another world. The function itself is not touched: a proxy of the page's would notice. */
function samePlaceElsewhere(hook: unknown): object | undefined {
  for (let n = 0; n < neighbours.length + window.length && n < MOST_NEIGHBOURS; n++)
    for (const id in places) {
      const { owner, name, half, native } = places[id] as Place;
      // Of another origin, or without this interface.
      const found = attempt(() => {
        const realm = (n < neighbours.length ? neighbours[n] : window[n - neighbours.length]) as object;
        return functionAt(owner === 'Window' ? realm : (ownValue(realm, owner) as object), name, half);
      });
      if (found === hook) return native;
    }
  return undefined;
}

/** SpiderMonkey has stacks as accessors of the prototypes, V8 as a property of each error. */
const readStack = functionAt(natives.Error, 'stack', 'get');
const readException = functionAt(DOMException, 'stack', 'get');
export const defaultView = reader<Window | null>(Document, 'defaultView');

/** Whether this world's document has no window any more: nobody hears what it tells. */
export function isGone(): boolean {
  return defaultView(document) === null;
}

/** All that a hook does runs in here: what it throws has our frames taken out, and of what it reports they are left out. */
export function concealing<T>(run: () => T, builtin?: string): T {
  try {
    return run();
  } catch (error) {
    conceal(error, builtin);
    throw error;
  }
}

/**
 * Takes our frames out of the stack of an error that leaves a hook.
 * @param builtin a frame of the language's own that our code called, to be taken out too
 */
export function conceal(error: unknown, builtin = ''): void {
  // A frozen error keeps what it has.
  attempt(() => {
    // A page that formats stacks itself gets the frames as they are: reading the stack would call it too early.
    if (!natives.isError?.(error) || natives.getOwnPropertyDescriptor(natives.Error, 'prepareStackTrace')) return;
    const own = natives.getOwnPropertyDescriptor(error as object, 'stack');
    const getter = own ? own.get : error instanceof DOMException ? readException : readStack;
    const text: unknown = own && !own.get ? own.value : getter && natives.apply(getter as () => unknown, error, []);
    if (!isText(text)) return;
    const { text: all, ours } = withoutOurs(text);
    if (ours === 0) return;
    const at = builtin === '' ? -1 : find(all, builtin);
    const kept = at < 0 ? all : part(all, 0, at) + part(all, at + builtin.length);
    const clean = withLostFrames(kept, at < 0 ? ours : ours + 1);
    if (own?.set) natives.apply(own.set as () => void, error, [clean]);
    else if (!own) placeError(error as object, clean);
  });
}

const FRAME = '\n    at ';

/** V8 keeps a number of frames: as many as ours took may be missing at the end. */
function withLostFrames(text: string, ours: number): string {
  const limit = natives.getOwnPropertyDescriptor(natives.Error, 'stackTraceLimit')?.value as unknown;
  if (typeof limit !== 'number') return text;
  const all = withoutOurs(stackText(limit + 12)).text;
  // A line break is left where the last one was ours; where all were, the first is missing too.
  const kept = match(/\n$/, text) ? part(text, 0, -1) : text;
  const last = match(/\n {4}at .*$/, kept)?.[0] ?? '';
  const same = find(all, last || FRAME);
  if (same < 0) return text;
  const from = same + last.length;
  let end = from;
  for (let lost = 0; lost < ours && end < all.length; lost++) {
    const next = find(all, FRAME, end + 1);
    end = next < 0 ? all.length : next;
  }
  return kept + part(all, from, end);
}

/** SpiderMonkey's errors have their stack from an accessor, which is hooked, and name their place in properties of their own. */
function placeError(error: object, stack: string): void {
  const place = match(/^[^@\n]*@(.*):(\d+):(\d+)$/m, stack);
  const values = bare({ fileName: place?.[1] ?? '', lineNumber: Number(place?.[2]), columnNumber: Number(place?.[3]) });
  for (const name in values) {
    const own = natives.getOwnPropertyDescriptor(error, name);
    if (own && 'value' in own && own.configurable)
      natives.defineProperty(error, name, bare({ ...own, value: values[name as keyof typeof values] }));
  }
}
