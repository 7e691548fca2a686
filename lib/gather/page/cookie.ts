/** Hooks every script's way to write a cookie: `document.cookie` and `CookieStore`. */
import { MOST_VALUE } from '../channel.ts';
import { clip, wrapped } from './clip.ts';
import { natives, wrapAccessor, wrapMethod } from './natives.ts';
import { report } from './report.ts';

export function hookDocumentCookie(): void {
  wrapAccessor(Document.prototype, 'cookie', 'set', (native, self, args) => {
    // The text is made once: an object with a `toString` of its own must not be asked twice.
    const text = wrapped(() => (typeof args[0] === 'string' ? args[0] : natives.String(args[0])));
    if (text.threw) return natives.apply(native, self, args);
    // Room beyond the browsers' 4096 bytes, so that the attributes behind a refused value are still seen.
    report({ type: 'cookie', text: clip(text.value, MOST_VALUE) });
    return natives.apply(native, self, [text.value]);
  });
}

export function hookCookieStore(): void {
  if (typeof CookieStore === 'undefined') return;
  for (const action of ['set', 'delete'] as const) {
    wrapMethod(CookieStore.prototype, action, (native, self, args) => {
      const call = wrapped(() => readArguments(args));
      if (!call.threw) report({ type: 'cookie-store', action, ...call.value });
      return natives.apply(native, self, args);
    });
  }
}

/** `set(name, value)`, `set({…})`, `delete(name)`, `delete({…})`: https://wicg.github.io/cookie-store/ */
function readArguments(args: unknown[]) {
  const [first, second] = args;
  const options = typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : null;
  const text = (value: unknown): string => (value === undefined || value === null ? '' : natives.String(value));
  const expires = options?.expires;
  return {
    name: text(options ? options.name : first),
    value: clip(text(options ? options.value : second), MOST_VALUE),
    domain: options?.domain ? text(options.domain) : null,
    path: options?.path ? text(options.path) : null,
    expires: expires === undefined || expires === null ? null : Number(expires),
    sameSite: options?.sameSite ? text(options.sameSite) : null,
    partitioned: options?.partitioned === true,
  };
}
