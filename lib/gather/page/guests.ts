/**
 * Windows that this document's scripts reach before any hooks of their own: a frame whose document is still on its way, a pop-up. Their
 * first, empty document is hooked from here, and reports through here.
 */
import { defaultView } from './conceal.ts';
import { each, functionAt, isObject, match, privateMap } from './guarded.ts';
import * as natives from './natives.ts';
import { interfaceOf, type Realm } from './realm.ts';
import { watchResult, whileActive } from './wrap.ts';

/** Elements with a window of their own. */
const FRAMES = ['IFrame', 'Frame', 'Object', 'Embed'];
const known = privateMap<object, true>();

/** @param hook what hooks a world, this one included */
export function hookGuests(realm: Realm, hook: (realm: Realm) => void): void {
  const meet = (found: unknown): void => {
    if (!isObject(found)) return;
    const guest = found as Realm;
    // Throws for one of another origin: its scripts are hooked there.
    const { document } = guest;
    if (known.get(document)) return;
    known.set(document, true);
    // The window may live on with a document that has hooks of its own.
    if (!isHooked(guest))
      whileActive(
        () => guest.document === document,
        () => hook(guest),
      );
  };
  each(FRAMES, (owner) => {
    const element = interfaceOf(realm, `HTML${owner}Element`);
    watchResult(element, 'contentWindow', 'get', meet);
    watchResult(element, 'contentDocument', 'get', (found) => meet(defaultView(found)));
  });
  watchResult(realm, 'open', 'value', meet);
}

/** The engines call a proxy an anonymous native function, and a native setter by its name. */
function isHooked(realm: Realm): boolean {
  return !match(/cookie/, natives.apply(natives.sourceText, functionAt(realm.Document, 'cookie', 'set'), []) as string);
}
