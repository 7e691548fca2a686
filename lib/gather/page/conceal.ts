/**
 * Makes hooked functions look as they did: their source text, and the stacks of the errors that they throw. A page's script that stops
 * at an unusual stack or source text would otherwise behave differently under audit, and what is told would not be what visitors get.
 */
import { bare, find, reader, match, natives, part, privateMap } from './natives.ts';
import { stackText, withoutOurs } from './stack.ts';

const nativeOf = privateMap<object, object>();
/** Where this world's hooks are, so that another world of the same origin can tell them by their place. */
interface Place {
  /** Name of the interface, or `Window`. */
  owner: string;
  name: string;
  half: 'value' | 'get' | 'set';
  native: object;
}
const places: Place[] = [];
const sourceText = Function.prototype.toString;
const tagOf = Symbol.toStringTag;

/** @param owner the object whose property the hook is, where it is one */
export function disguise(hook: object, native: object, owner?: object, name = '', half: 'value' | 'get' | 'set' = 'value'): void {
  // One function may be hooked twice.
  const innermost = nativeOf.get(native) ?? native;
  nativeOf.set(hook, innermost);
  if (owner === undefined) return;
  const tag: unknown = natives.get(owner, tagOf);
  // The language's own prototypes have no tag.
  const interfaceName = typeof tag === 'string' ? tag : (natives.get(owner, 'constructor') as { name: string }).name;
  const place = { owner: interfaceName, name, half, native: innermost };
  // The first are this world's own.
  for (let i = 0; i < places.length; i++) if (samePlace(places[i] as Place, place)) return;
  places[places.length] = place;
}

function samePlace(a: Place, b: Place): boolean {
  return a.owner === b.owner && a.name === b.name && a.half === b.half;
}

/** What a function says of itself: the hooked one in place of the hook. */
export function sourceOf(native: (...a: never[]) => unknown, self: unknown, args: unknown[]): unknown {
  const known = typeof self === 'function' ? nativeOf.get(self) : undefined;
  const text: unknown = natives.apply(native, known ?? self, args);
  // The engines call a proxy an anonymous native function, which no hooked function is by itself.
  if (known || typeof text !== 'string' || !match(/^function ?\(\) \{\s*\[native code\]\s*\}$/, text)) return text;
  const same = samePlaceElsewhere(self);
  return same ? natives.apply(sourceText, same, []) : text;
}

/** Whether a property of this world holds a hook of ours. */
export function isOurs(owner: object, name: string, half: Place['half']): boolean {
  const found: unknown = natives.getOwnPropertyDescriptor(owner, name)?.[half];
  return typeof found === 'function' && nativeOf.get(found) !== undefined;
}

const MOST_NEIGHBOURS = 50;
const neighbours: unknown[] = [];
for (const name of ['parent', 'top', 'opener'] as const) neighbours[neighbours.length] = natives.get(window, name);

/** Our own native function for a hook of another world. The function itself is not touched: a proxy of the page's would notice. */
function samePlaceElsewhere(hook: unknown): object | null {
  const frames = natives.get(window, 'length') as number;
  for (let n = 0; n < neighbours.length + frames && n < MOST_NEIGHBOURS; n++)
    for (let i = 0; i < places.length; i++) {
      const { owner, name, half, native } = places[i] as Place;
      try {
        const realm = (n < neighbours.length ? neighbours[n] : natives.get(window, n - neighbours.length)) as object;
        const place =
          owner === 'Window' ? realm : (natives.getOwnPropertyDescriptor(realm, owner)?.value as { prototype: object }).prototype;
        if (natives.getOwnPropertyDescriptor(place, name)?.[half] === hook) return native;
      } catch {
        // Of another origin, or without this interface.
      }
    }
  return null;
}

const readException = natives.getOwnPropertyDescriptor(DOMException.prototype, 'stack')?.get;
const readError = natives.getOwnPropertyDescriptor(natives.Error.prototype, 'stack')?.get;
const defaultView = reader<Window | null>(Document.prototype, 'defaultView');

/** Whether this world's document has no window any more: nobody hears what it tells. */
export function isGone(): boolean {
  return defaultView(document) === null;
}

/**
 * Takes our frames out of the stack of an error that leaves a hook.
 * @param builtin a frame of the language's own that our code called, to be taken out too
 */
export function conceal(error: unknown, builtin = ''): void {
  try {
    // A page that formats stacks itself gets the frames as they are: reading the stack would call it too early.
    if (!natives.isError?.(error) || natives.getOwnPropertyDescriptor(natives.Error, 'prepareStackTrace')) return;
    const own = natives.getOwnPropertyDescriptor(error as object, 'stack');
    const getter = own ? own.get : error instanceof DOMException ? readException : readError;
    const text: unknown = own && !own.get ? own.value : getter && natives.apply(getter as () => unknown, error, []);
    if (typeof text !== 'string') return;
    const { text: all, ours } = withoutOurs(text);
    if (ours === 0) return;
    const at = builtin === '' ? -1 : find(all, builtin);
    const kept = at < 0 ? all : part(all, 0, at) + part(all, at + builtin.length);
    const clean = withLostFrames(kept, at < 0 ? ours : ours + 1);
    if (own?.set) natives.apply(own.set as () => void, error, [clean]);
    else if (!own) placeError(error as object, clean);
  } catch {
    // A frozen error keeps what it has.
  }
}

const FRAME = '\n    at ';

/** V8 keeps a number of frames: as many as ours took are missing at the end. */
function withLostFrames(text: string, ours: number): string {
  const limit: unknown = natives.getOwnPropertyDescriptor(natives.Error, 'stackTraceLimit')?.value;
  let frames = 0;
  let last = -1;
  for (let at = find(text, FRAME); at >= 0; at = find(text, FRAME, at + 1)) {
    frames++;
    last = at;
  }
  if (typeof limit !== 'number' || last < 0 || frames + ours < limit) return text;
  const all = withoutOurs(stackText(limit + 12)).text;
  const lastFrame = part(text, last);
  const same = find(all, lastFrame);
  if (same < 0) return text;
  const from = same + lastFrame.length;
  let end = from;
  for (; frames < limit && end < all.length; frames++) {
    const next = find(all, FRAME, end + 1);
    end = next < 0 ? all.length : next;
  }
  return text + part(all, from, end);
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
