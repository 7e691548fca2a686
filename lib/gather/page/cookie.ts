/** Hooks every script's way to write and read a cookie: `document.cookie` and `CookieStore`. */
import { MOST_VALUE } from '../channel.ts';
import { attempt, clip, textOf } from './clip.ts';
import { argument, reader, natives } from './natives.ts';
import { noteCookiesRead } from './reads.ts';
import type { Realm } from './realm.ts';
import { report } from './report.ts';
import { wrapAccessor, wrapMethod } from './wrap.ts';

const viewOf = reader<Window | null>(Document.prototype, 'defaultView');

/** A document that has a window: all others (`DOMParser`) store nothing, and everything else throws. */
function hasCookies(self: unknown): boolean {
  return Boolean(attempt(() => viewOf(self)));
}

export function hookDocumentCookie(realm: Realm): void {
  wrapAccessor(realm.Document.prototype, 'cookie', 'set', (native, self, args) => {
    // Symbols are refused by the platform in its own words.
    if (args.length === 0 || typeof argument(args, 0) === 'symbol' || !hasCookies(self)) return natives.apply(native, self, args);
    // The text is made once: an object with a `toString` of its own must not be asked twice.
    const text = textOf(argument(args, 0));
    // Room beyond the browsers' 4096 bytes, so that the attributes behind a refused value are still seen.
    report({ type: 'cookie', text: clip(text, MOST_VALUE) });
    return natives.apply(native, self, [text]);
  });
  wrapAccessor(realm.Document.prototype, 'cookie', 'get', (native, self, args) => {
    const cookies = natives.apply(native, self, args) as unknown;
    if (typeof cookies === 'string' && cookies !== '') noteCookiesRead(cookies, 'document.cookie');
    return cookies;
  });
}

export function hookCookieStore(realm: Realm): void {
  if (typeof realm.CookieStore === 'undefined') return;
  for (const action of ['set', 'delete'] as const) {
    wrapMethod(realm.CookieStore.prototype, action, (native, self, args) => {
      const call = attempt(() => readArguments(args));
      if (call) report({ type: 'cookie-store', action, ...call });
      return natives.apply(native, self, args);
    });
  }
}

/** `set(name, value)`, `set({…})`, `delete(name)`, `delete({…})`: https://wicg.github.io/cookie-store/ */
function readArguments(args: unknown[]) {
  const first = argument(args, 0);
  const options = typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : null;
  const text = (value: unknown): string => (value === undefined || value === null ? '' : textOf(value));
  const expires = options?.expires;
  return {
    name: text(options ? options.name : first),
    value: clip(text(options ? options.value : argument(args, 1)), MOST_VALUE),
    domain: options?.domain ? text(options.domain) : null,
    path: options?.path ? text(options.path) : null,
    expires: expires === undefined || expires === null ? null : Number(expires),
    sameSite: options?.sameSite ? text(options.sameSite) : null,
    partitioned: options?.partitioned === true,
  };
}
