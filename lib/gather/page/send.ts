/**
 * Notes the moment and the script of requests that scripts make, so that a request can be put before or after a
 * click exactly: `webRequest` sees it only when it reaches the browser's process.
 */
import type { SendMechanism } from '../channel.ts';
import { attempt, clip, wrapped } from './clip.ts';
import { argument, reader, match, natives, privateMap } from './natives.ts';
import type { Realm } from './realm.ts';
import { report } from './report.ts';
import { wrapAccessor, wrapConstructor, wrapMethod } from './wrap.ts';

const MOST_URL = 8192;
const baseOf = reader<string>(Node.prototype, 'baseURI');
const hrefOf = reader<string>(URL.prototype, 'href');

/**
 * The whole address, or '' where it cannot be told. Only strings and URL objects are read: asking anything else could run the page's
 * code twice.
 */
export function absolute(url: unknown, base: Document = document): string {
  return clip(attempt(() => hrefOf(typeof url === 'string' ? new natives.URL(url, baseOf(base)) : url)) ?? '', MOST_URL);
}

/** Only a plain value is read: a getter of the page's would run twice. */
function ownMethod(init: unknown): unknown {
  return typeof init === 'object' && init !== null ? natives.getOwnPropertyDescriptor(init, 'method')?.value : undefined;
}

export function hookSends(realm: Realm): void {
  const sent = (mechanism: SendMechanism, given: unknown, method: unknown = 'GET'): void => {
    const url = absolute(given, realm.document);
    if (url !== '') report({ type: 'send', mechanism, url, method: typeof method === 'string' ? clip(method, 20) : 'GET' });
  };
  const requestUrl = reader<string>(realm.Request.prototype, 'url');
  const requestMethod = reader<string>(realm.Request.prototype, 'method');
  wrapMethod(realm, 'fetch', (native, self, args) => {
    const asked = wrapped(() => ({ url: requestUrl(argument(args, 0)), method: requestMethod(argument(args, 0)) }));
    if (!asked.threw) sent('fetch', asked.value.url, asked.value.method);
    else sent('fetch', argument(args, 0), ownMethod(argument(args, 1)));
    return natives.apply(native, self, args);
  });

  const opened = privateMap<object, { url: unknown; method: unknown }>();
  wrapMethod(realm.XMLHttpRequest.prototype, 'open', (native, self, args) => {
    if (typeof self === 'object' && self !== null) opened.set(self, { method: argument(args, 0), url: argument(args, 1) });
    return natives.apply(native, self, args);
  });
  wrapMethod(realm.XMLHttpRequest.prototype, 'send', (native, self, args) => {
    const call = typeof self === 'object' && self !== null ? opened.get(self) : undefined;
    if (call) sent('xhr', call.url, call.method);
    return natives.apply(native, self, args);
  });

  wrapMethod(realm.Navigator.prototype, 'sendBeacon', (native, self, args) => {
    sent('beacon', argument(args, 0), 'POST');
    return natives.apply(native, self, args);
  });
  wrapAccessor(realm.HTMLImageElement.prototype, 'src', 'set', (native, self, args) => {
    if (argument(args, 0)) sent('image', argument(args, 0));
    return natives.apply(native, self, args);
  });
  const formAction = reader<string>(realm.HTMLFormElement.prototype, 'action');
  const formMethod = reader<string>(realm.HTMLFormElement.prototype, 'method');
  for (const name of ['submit', 'requestSubmit'])
    wrapMethod(realm.HTMLFormElement.prototype, name, (native, self, args) => {
      // What a form sends by GET has its fields in the address, which are not read here.
      const form = wrapped(() => ({ url: formAction(self), method: formMethod(self) }));
      if (!form.threw && match(/^post$/i, form.value.method)) sent('form', form.value.url, 'POST');
      return natives.apply(native, self, args);
    });
  wrapMethod(realm.ServiceWorkerContainer?.prototype ?? {}, 'register', (native, self, args) => {
    sent('worker', argument(args, 0));
    return natives.apply(native, self, args);
  });
  for (const [name, mechanism] of [
    ['WebSocket', 'websocket'],
    ['EventSource', 'event-source'],
    ['Worker', 'worker'],
    ['SharedWorker', 'worker'],
    ['Audio', 'media'],
  ] as const)
    wrapConstructor(realm, name, (args) => sent(mechanism, argument(args, 0)));
}
