/**
 * Who gave elements the addresses that they load: scripts, frames, images, styles. The element is loaded later, by the browser, and
 * nothing in its request tells who made it; the address does. Of insertions themselves nothing is hooked: they are too many.
 */
import type { SendMechanism } from '../channel.ts';
import { attempt, clip } from './clip.ts';
import { argument, bare, find, reader, match, natives, part } from './natives.ts';
import type { Realm } from './realm.ts';
import { report, stamp, type Stamp } from './report.ts';
import { absolute } from './send.ts';
import { wrapAccessor, wrapMethod } from './wrap.ts';

const PROPERTIES: [string, string, SendMechanism][] = [
  ['HTMLScriptElement', 'src', 'script'],
  ['HTMLIFrameElement', 'src', 'frame'],
  ['HTMLFrameElement', 'src', 'frame'],
  ['HTMLObjectElement', 'data', 'object'],
  ['HTMLEmbedElement', 'src', 'object'],
  ['HTMLLinkElement', 'href', 'style'],
  ['HTMLImageElement', 'srcset', 'image'],
  ['HTMLInputElement', 'src', 'image'],
  ['HTMLMediaElement', 'src', 'media'],
  ['HTMLVideoElement', 'poster', 'image'],
  ['HTMLSourceElement', 'src', 'media'],
  ['HTMLSourceElement', 'srcset', 'image'],
  ['HTMLTrackElement', 'src', 'media'],
  ['HTMLAnchorElement', 'ping', 'beacon'],
];

/** By the local name of the element. */
const LOADERS: Record<string, SendMechanism | undefined> = bare({
  script: 'script',
  iframe: 'frame',
  frame: 'frame',
  object: 'object',
  embed: 'object',
  link: 'style',
  img: 'image',
  image: 'image',
  input: 'image',
  video: 'media',
  audio: 'media',
  source: 'media',
  track: 'media',
  use: 'image',
});
const ATTRIBUTES: Record<string, true | undefined> = bare({
  src: true,
  href: true,
  data: true,
  srcset: true,
  poster: true,
  ping: true,
  'xlink:href': true,
});

const MOST_HTML = 200_000;
const MOST_IN_HTML = 50;
const MOST_TOLD = 5000;
let told = 0;

const localName = reader<string>(Element.prototype, 'localName');

export function hookElements(realm: Realm): void {
  const assigned = (mechanism: SendMechanism, given: unknown, made?: Stamp): void => {
    if (typeof given !== 'string' || given === '' || told >= MOST_TOLD) return;
    const url = absolute(given, realm.document);
    // Data and scripts in the address itself are asked of nobody.
    if (!match(/^https?:/, url)) return;
    told++;
    report({ type: 'assigned', mechanism, url }, made);
  };
  for (let i = 0; i < PROPERTIES.length; i++) {
    const [owner, name, mechanism] = PROPERTIES[i] as (typeof PROPERTIES)[number];
    const constructor = (realm as unknown as Record<string, { prototype: object } | undefined>)[owner];
    if (constructor)
      wrapAccessor(constructor.prototype, name, 'set', (native, self, args) => {
        if (name === 'srcset') eachCandidate(argument(args, 0), (url) => assigned(mechanism, url));
        else assigned(mechanism, plain(argument(args, 0)));
        return natives.apply(native, self, args);
      });
  }
  const attribute = (self: unknown, name: unknown, value: unknown): void => {
    if (typeof name !== 'string' || !ATTRIBUTES[name]) return;
    const element = attempt(() => localName(self)) ?? '';
    const mechanism = element === 'a' && name === 'ping' ? 'beacon' : LOADERS[element];
    if (!mechanism) return;
    if (name === 'srcset') eachCandidate(value, (url) => assigned(mechanism, url));
    else assigned(mechanism, plain(value));
  };
  wrapMethod(realm.Element.prototype, 'setAttribute', (native, self, args) => {
    attribute(self, argument(args, 0), argument(args, 1));
    return natives.apply(native, self, args);
  });
  wrapMethod(realm.Element.prototype, 'setAttributeNS', (native, self, args) => {
    attribute(self, argument(args, 1), argument(args, 2));
    return natives.apply(native, self, args);
  });
  hookMarkup(realm, assigned);
}

/** A string, or a `TrustedScriptURL`, whose text the platform keeps for itself. */
function plain(value: unknown): unknown {
  if (typeof value === 'string' || !trustedUrl) return value;
  return attempt(() => natives.apply(trustedUrl as () => string, value, []));
}
const trustedUrl = trusted('TrustedScriptURL');
const trustedHtml = trusted('TrustedHTML');
function trusted(name: string): (() => string) | undefined {
  return (globalThis as unknown as Record<string, { prototype: { toString(): string } } | undefined>)[name]?.prototype.toString;
}

/** The addresses of an image candidate list, near enough: https://html.spec.whatwg.org/multipage/images.html#srcset-attributes */
function eachCandidate(list: unknown, found: (url: string) => void): void {
  if (typeof list !== 'string') return;
  const pattern = /([^\s,]\S*[^\s,]|[^\s,])(?:\s[^,]*)?/g;
  for (let i = 0; i < 10; i++) {
    const candidate = match(pattern, clip(list, MOST_HTML));
    if (!candidate) return;
    found(candidate[1] as string);
  }
}

type Assigned = (mechanism: SendMechanism, given: unknown, made?: Stamp) => void;

function hookMarkup(realm: Realm, assigned: Assigned): void {
  const read = (given: unknown): void => {
    const html = typeof given === 'string' || !trustedHtml ? given : attempt(() => natives.apply(trustedHtml as () => string, given, []));
    if (typeof html === 'string' && find(html, '<') >= 0) attempt(() => readMarkup(html, assigned));
  };
  const method = (owner: object | undefined, name: string, from: number, to: number): void => {
    if (owner)
      wrapMethod(owner, name, (native, self, args) => {
        for (let i = from; i < args.length && i < to; i++) read(args[i]);
        return natives.apply(native, self, args);
      });
  };
  for (const owner of [realm.Element.prototype, realm.ShadowRoot.prototype])
    for (const name of ['innerHTML', 'outerHTML'])
      wrapAccessor(owner, name, 'set', (native, self, args) => {
        read(argument(args, 0));
        return natives.apply(native, self, args);
      });
  method(realm.Element.prototype, 'insertAdjacentHTML', 1, 2);
  method(realm.Element.prototype, 'setHTMLUnsafe', 0, 1);
  method(realm.Range.prototype, 'createContextualFragment', 0, 1);
  method(realm.DOMParser.prototype, 'parseFromString', 0, 1);
  method(realm.Document.prototype, 'write', 0, 20);
  method(realm.Document.prototype, 'writeln', 0, 20);
}

function readMarkup(html: string, assigned: Assigned): void {
  const pattern =
    /<(script|img|image|iframe|frame|link|embed|object|source|track|video|audio|input)\b[^>]*?\s(src|href|data|srcset|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gi;
  const text = clip(html, MOST_HTML);
  let made: Stamp | undefined;
  for (let i = 0; i < MOST_IN_HTML; i++) {
    const found = match(pattern, text);
    if (!found) return;
    made ??= stamp();
    const stamped = made;
    const mechanism = LOADERS[lower(found[1] as string)];
    const url = withoutReferences(found[3] ?? found[4] ?? found[5] ?? '');
    if (!mechanism) continue;
    if (match(/^srcset$/i, found[2] as string)) eachCandidate(url, (one) => assigned(mechanism, one, stamped));
    else assigned(mechanism, url, stamped);
  }
}

const toLowerCase = String.prototype.toLowerCase;
function lower(text: string): string {
  return natives.apply(toLowerCase, text, []) as string;
}

/** Addresses in markup have their ampersands written as references. */
function withoutReferences(text: string): string {
  let result = text;
  for (let at = find(result, '&amp;'); at >= 0; at = find(result, '&amp;', at + 1))
    result = `${part(result, 0, at)}&${part(result, at + 5)}`;
  return result;
}
