/** Keeps `Function.prototype.toString` saying of hooked functions, and of itself, what it said before; and stacks without our frames. */
import { sourceOf } from './conceal.ts';
import { each, isText } from './guarded.ts';
import * as natives from './natives.ts';
import type { Realm } from './realm.ts';
import { withoutOurs } from './stack.ts';
import { wrapHalf, wrapMethod } from './wrap.ts';

export function hookSourceText(realm: Realm): void {
  wrapMethod(realm.Function, 'toString', sourceOf);
  // Only SpiderMonkey has these accessors; V8 gives each error a stack of its own.
  each([realm.Error, realm.DOMException], (owner) =>
    wrapHalf(owner, 'stack', 'get', (native, self, args) => {
      const text: unknown = natives.apply(native, self, args);
      return isText(text) ? withoutOurs(text) : text;
    }),
  );
}
