/**
 * Makes hooked functions look as they did: their source text, and the stacks of the errors that they throw. A page's script that stops
 * at an unusual stack or source text would otherwise behave differently under audit, and what is told would not be what visitors get.
 */
import { attempt } from './clip.ts';
import { bare, find, functionAt, isText, match, ownValue, privateMap, reader, type Half } from './guarded.ts';
import * as natives from './natives.ts';
import { placeIn, withoutOurs } from './stack.ts';

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
  for (let n = -neighbours.length; n < window.length && n < MOST_NEIGHBOURS; n++)
    for (const id in places) {
      const { owner, name, half, native } = places[id] as Place;
      // Of another origin, or without this interface.
      const found = attempt(() => {
        const realm = (n < 0 ? neighbours[n + neighbours.length] : window[n]) as object;
        return functionAt(owner === 'Window' ? realm : (ownValue(realm, owner) as object), name, half);
      });
      if (found === hook) return native;
    }
  return undefined;
}

/** SpiderMonkey has stacks as accessors of the prototypes, and the place in properties of each error; V8 the stack alone, of each error. */
const readStack = functionAt(natives.Error, 'stack', 'get');
type Placed = Error & { fileName: string; lineNumber: number; columnNumber: number };
export const defaultView = reader<Window | null>(Document, 'defaultView');

/** Whether this world's document has no window any more: nobody hears what it tells. */
export function isGone(): boolean {
  return defaultView(document) === null;
}

/**
 * All that a hook does runs in here: what it throws has our frames taken out, and of what it reports they are left out.
 * @param trap the function of ours that the page's call came in by
 */
export function concealing<T>(run: () => T, trap?: unknown): T {
  try {
    return run();
  } catch (error) {
    conceal(error, trap);
    throw error;
  }
}

/** Takes our frames out of the stack of an error that leaves a hook. */
export function conceal(thrown: unknown, trap?: unknown): void {
  // A frozen error keeps what it has.
  attempt(() => {
    // A page that formats stacks itself gets the frames as they are: reading the stack would call it too early.
    if (!natives.isError?.(thrown) || natives.getOwnPropertyDescriptor(natives.Error, 'prepareStackTrace')) return;
    // SpiderMonkey's exceptions have nothing of their own.
    if (readStack && thrown instanceof DOMException) return;
    const error = thrown as Placed;
    const text: unknown = readStack ? natives.apply(readStack, error, []) : error.stack;
    if (!isText(text)) return;
    const clean = withoutOurs(text);
    if (clean === text) return;
    if (readStack) {
      // The stack's accessor is hooked.
      const place = placeIn(clean);
      error.fileName = place?.[1] ?? '';
      error.lineNumber = Number(place?.[2]);
      error.columnNumber = Number(place?.[3]);
      // V8 keeps a number of frames: taken anew from the page's call on, none is missing. What the page's own code threw has more.
    } else if (trap && find(clean, match(/\n {4}at .*/, text)?.[0] ?? '') < 0) natives.captureStackTrace(error, trap);
    else error.stack = clean;
  });
}
