/**
 * Notes the moment and the script of requests that scripts make, so that a request can be put before or after a
 * click exactly: `webRequest` sees it only when it reaches the browser's process.
 */
import { MOST_URL, type SendMechanism } from '../channel.ts';
import { attempt, clip } from './clip.ts';
import { argument, each, isObject, isText, match, ownValue, privateMap, reader } from './guarded.ts';
import * as natives from './natives.ts';
import type { Realm } from './realm.ts';
import { report } from './report.ts';
import { watchMethod, watchSetter, wrapConstructor } from './wrap.ts';

/** What their requests are told by, and the constructors. */
const CONSTRUCTORS = [
  'websocket WebSocket',
  'event-source EventSource',
  'worker Worker SharedWorker',
  'media Audio',
  'webtransport WebTransport',
].map((line) => line.split(' '));
const opened = privateMap<object, { method: unknown; url: unknown }>();
export const baseOf = reader<string>(Node, 'baseURI');
const hrefOf = reader<string>(URL, 'href');

/**
 * The whole address, or '' where it cannot be told. Only strings and URL objects are read: asking anything else could run the page's
 * code twice.
 */
export function absolute(url: unknown, base: Document = document): string {
  return clip(hrefOf(isText(url) ? attempt(() => new natives.URL(url, baseOf(base))) : url) ?? '', MOST_URL);
}

export function hookSends(realm: Realm): void {
  const sent = (mechanism: SendMechanism, given: unknown, method?: unknown): void => {
    const url = absolute(given, realm.document);
    if (url !== '') report({ type: 'send', mechanism, url, method: isText(method) ? clip(method, 20) : 'GET' });
  };
  const requestUrl = reader<string>(realm.Request, 'url');
  const requestMethod = reader<string>(realm.Request, 'method');
  each(['fetch', 'fetchLater'] as const, (name) =>
    watchMethod(realm, name, (request, init) =>
      sent(name, requestUrl(request) ?? request, ownValue(init, 'method') ?? requestMethod(request)),
    ),
  );

  watchMethod(realm.XMLHttpRequest, 'open', function (method, url) {
    if (isObject(this)) opened.set(this, { method, url });
  });
  watchMethod(realm.XMLHttpRequest, 'send', function () {
    const call = opened.get(this as object);
    if (call) sent('xhr', call.url, call.method);
  });

  watchMethod(realm.Navigator, 'sendBeacon', (url) => sent('beacon', url, 'POST'));
  watchSetter(realm.HTMLImageElement, 'src', (url) => {
    if (url) sent('image', url);
  });
  const formAction = reader<string>(realm.HTMLFormElement, 'action');
  const formMethod = reader<string>(realm.HTMLFormElement, 'method');
  each(['submit', 'requestSubmit'], (name) =>
    watchMethod(realm.HTMLFormElement, name, function () {
      // What a form sends by GET has its fields in the address, which are not read here.
      if (match(/^post$/i, formMethod(this) ?? '')) sent('form', formAction(this), 'POST');
    }),
  );
  watchMethod(realm.ServiceWorkerContainer, 'register', (url) => sent('worker', url));
  watchMethod(realm.Worklet, 'addModule', (url) => sent('worker', url));
  each(CONSTRUCTORS, (words) =>
    each(words, (name) => wrapConstructor(realm, name, (args) => sent(words[0] as SendMechanism, argument(args, 0)))),
  );
}
