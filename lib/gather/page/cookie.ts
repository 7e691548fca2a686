/** Hooks every script's way to write and read a cookie: `document.cookie` and `CookieStore`. */
import { MOST_VALUE } from '../channel.ts';
import { attempt, clip, textOf } from './clip.ts';
import { defaultView } from './conceal.ts';
import { each, isObject } from './guarded.ts';
import * as natives from './natives.ts';
import { noteCookiesRead } from './reads.ts';
import type { Realm } from './realm.ts';
import { report } from './report.ts';
import { watchMethod, watchResult, wrapHalf } from './wrap.ts';

export function hookDocumentCookie(realm: Realm): void {
  wrapHalf(realm.Document, 'cookie', 'set', (native, self, args) => {
    // Symbols are refused by the platform in its own words; a document without a window (`DOMParser`) stores nothing, all else throws.
    if (args.length === 0 || typeof args[0] === 'symbol' || !defaultView(self)) return natives.apply(native, self, args);
    // The text is made once: an object with a `toString` of its own must not be asked twice.
    const text = textOf(args[0]);
    args[0] = text;
    // Room beyond the browsers' 4096 bytes, so that the attributes behind a refused value are still seen.
    report({ type: 'cookie', text: clip(text, MOST_VALUE) });
    return natives.apply(native, self, args);
  });
  watchResult(realm.Document, 'cookie', 'get', (cookies) => noteCookiesRead(cookies as string));
}

export function hookCookieStore(realm: Realm): void {
  each(['set', 'delete'] as const, (action) =>
    watchMethod(realm.CookieStore, action, (first, second) => {
      const call = attempt(() => readArguments(first, second));
      if (call) report({ type: 'cookie-store', action, ...call });
    }),
  );
}

/** `set(name, value)`, `set({…})`, `delete(name)`, `delete({…})`: https://wicg.github.io/cookie-store/ */
function readArguments(first: unknown, second: unknown) {
  const options = isObject(first) ? (first as Record<string, unknown>) : null;
  const text = (value: unknown): string => (value === undefined || value === null ? '' : textOf(value));
  const textOrNull = (value: unknown): string | null => (value ? text(value) : null);
  const expires = options?.expires;
  return {
    name: text(options ? options.name : first),
    value: clip(text(options ? options.value : second), MOST_VALUE),
    domain: textOrNull(options?.domain),
    path: textOrNull(options?.path),
    expires: expires === undefined || expires === null ? null : Number(expires),
    sameSite: textOrNull(options?.sameSite),
    partitioned: options?.partitioned === true,
  };
}
