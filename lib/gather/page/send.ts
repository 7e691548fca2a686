/**
 * Notes the moment and the script of requests that scripts make, so that a request can be put before or after a
 * click exactly: `webRequest` sees it only when it reaches the browser's process.
 */
import type { SendMechanism } from '../channel.ts';
import { clip, wrapped } from './clip.ts';
import { natives, privateMap, wrapAccessor, wrapConstructor, wrapMethod } from './natives.ts';
import { report } from './report.ts';

const MOST_URL = 8192;

function sent(mechanism: SendMechanism, url: unknown, method: unknown = 'GET'): void {
  const call = wrapped(() => ({ url: absolute(url), method: natives.String(method) }));
  if (!call.threw && call.value.url)
    report({ type: 'send', mechanism, url: clip(call.value.url, MOST_URL), method: clip(call.value.method, 20) });
}

/** Only strings and URL objects are read: asking anything else could run the page's code twice. */
function absolute(url: unknown): string {
  if (typeof url === 'string') return new natives.URL(url, document.baseURI).href;
  if (url instanceof natives.URL) return url.href;
  return '';
}

export function hookSends(): void {
  const requestUrl = natives.getOwnPropertyDescriptor(Request.prototype, 'url')?.get;
  const requestMethod = natives.getOwnPropertyDescriptor(Request.prototype, 'method')?.get;
  wrapMethod(window, 'fetch', (native, self, args) => {
    const [input, init] = args;
    if (input instanceof Request && requestUrl && requestMethod)
      sent('fetch', natives.apply(requestUrl, input, []), natives.apply(requestMethod, input, []));
    else sent('fetch', input, (init as RequestInit | undefined)?.method ?? 'GET');
    return natives.apply(native, self, args);
  });

  const opened = privateMap<object, { url: unknown; method: unknown }>();
  wrapMethod(XMLHttpRequest.prototype, 'open', (native, self, args) => {
    if (typeof self === 'object' && self !== null) opened.set(self, { method: args[0], url: args[1] });
    return natives.apply(native, self, args);
  });
  wrapMethod(XMLHttpRequest.prototype, 'send', (native, self, args) => {
    const call = typeof self === 'object' && self !== null ? opened.get(self) : undefined;
    if (call) sent('xhr', call.url, typeof call.method === 'string' ? call.method.toUpperCase() : 'GET');
    return natives.apply(native, self, args);
  });

  wrapMethod(Navigator.prototype, 'sendBeacon', (native, self, args) => {
    sent('beacon', args[0], 'POST');
    return natives.apply(native, self, args);
  });
  wrapAccessor(HTMLImageElement.prototype, 'src', 'set', (native, self, args) => {
    if (args[0]) sent('image', args[0]);
    return natives.apply(native, self, args);
  });
  wrapConstructor(window, 'WebSocket', (args) => sent('websocket', args[0]));
  wrapConstructor(window, 'EventSource', (args) => sent('event-source', args[0]));
}
