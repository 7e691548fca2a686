/**
 * Of an uncaught error the engines say that it happened in the innermost script, which is ours where a hooked call threw it. So the
 * page hears of it by an event that names the page's own call. It is dispatched by the platform alone: stacks of the page's listeners
 * have none of our frames.
 */
import { bare, find, listenOn, match, reader } from './guarded.ts';
import * as natives from './natives.ts';
import type { Realm } from './realm.ts';
import { placeIn, withoutOurs } from './stack.ts';

export function hookErrors(realm: Realm): void {
  const { ErrorEvent } = realm;
  const current = reader<ErrorEvent>(realm, 'event');
  let told: ErrorEvent | null = null;
  listenOn(realm, 'error', {
    get handleEvent() {
      // What does nothing, where there is nothing to do.
      const nothing = natives.now;
      const event = current(realm);
      if (!event?.isTrusted) return nothing;
      const frame = `@${event.filename}:`;
      told = withoutOurs(frame) === frame ? null : new ErrorEvent('error', bare(initOf(event, realm)));
      return told ? natives.apply(natives.bind, natives.dispatchEvent, [realm, told]) : nothing;
    },
  });
  listenOn(realm, 'error', (event) => {
    if (!told || !event.isTrusted) return;
    event.stopImmediatePropagation();
    if (told.defaultPrevented) event.preventDefault();
    told = null;
  });
}

/** What another site's script throws is kept from the page, as without us. */
function initOf({ message, error }: ErrorEvent, realm: Realm): ErrorEventInit {
  const place = placeIn(`${(error as Partial<Error> | null)?.stack}`);
  const filename = place?.[1] ?? '';
  const cancelable = true;
  return match(/^https?:/, filename) && find(filename, `${realm.origin}/`) !== 0
    ? { cancelable, message: 'Script error.', error: null }
    : { cancelable, message, error, filename, lineno: Number(place?.[2]), colno: Number(place?.[3]) };
}
