/**
 * Windows that this document's scripts reach before any hooks of their own: a frame whose document is still on its way, a pop-up. Their
 * first, empty document is hooked from here, and reports through here.
 */
import { natives, reader, match, privateMap } from './natives.ts';
import type { Realm } from './realm.ts';
import { whileActive, wrapAccessor, wrapMethod } from './wrap.ts';

const known = privateMap<object, true>();
const sourceText = Function.prototype.toString;

/** @param hook what hooks a world, this one included */
export function hookGuests(realm: Realm, hook: (realm: Realm) => void): void {
  const meet = (found: unknown): void => {
    try {
      if (typeof found !== 'object' || found === null) return;
      const guest = found as Realm;
      const { document } = guest;
      if (known.get(document)) return;
      known.set(document, true);
      // The window may live on with a document that has hooks of its own.
      if (!isHooked(guest))
        whileActive(
          () => guest.document === document,
          () => hook(guest),
        );
    } catch {
      // Of another origin: its scripts are hooked there.
    }
  };
  for (const owner of ['HTMLIFrameElement', 'HTMLFrameElement', 'HTMLObjectElement', 'HTMLEmbedElement']) {
    const element = (realm as unknown as Record<string, { prototype: object } | undefined>)[owner];
    if (!element) continue;
    for (const name of ['contentWindow', 'contentDocument'])
      wrapAccessor(element.prototype, name, 'get', (native, self, args) => {
        const found: unknown = natives.apply(native, self, args);
        meet(name === 'contentWindow' ? found : viewOf(found));
        return found;
      });
  }
  wrapMethod(realm, 'open', (native, self, args) => {
    const found: unknown = natives.apply(native, self, args);
    meet(found);
    return found;
  });
}

const defaultView = reader<Window | null>(Document.prototype, 'defaultView');
function viewOf(found: unknown): unknown {
  return typeof found === 'object' && found !== null ? defaultView(found) : null;
}

/** The engines call a proxy an anonymous native function, and a native setter by its name. */
function isHooked(realm: Realm): boolean {
  const setter = natives.getOwnPropertyDescriptor(realm.Document.prototype, 'cookie')?.set;
  return match(/cookie/, natives.apply(sourceText, setter, []) as string) === null;
}
