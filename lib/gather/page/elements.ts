/**
 * Who gave elements the addresses that they load: scripts, frames, images, styles. The element is loaded later, by the browser, and
 * nothing in its request tells who made it; the address does. Of insertions themselves nothing is hooked: they are too many.
 */
import { attempt, clip } from './clip.ts';
import { dictionary, each, functionAt, isText, match, reader, type Native } from './guarded.ts';
import * as natives from './natives.ts';
import { interfaceOf, type Realm } from './realm.ts';
import { report, type Claim } from './report.ts';
import { absolute, baseOf } from './send.ts';
import { watchMethod, watchSetter } from './wrap.ts';

/** Elements that load, by their local names. */
const ELEMENTS = 'script|img|image|iframe|frame|link|embed|object|source|track|video|audio|input';
const LOADS = dictionary(`${ELEMENTS}|use`);
const ATTRIBUTES = dictionary('src|href|data|srcset|poster|ping|xlink:href');
/** Properties that are attributes too, by interface. An image's `src` is a request of its own (`send.ts`). */
const PROPERTIES =
  'Script.src IFrame.src Frame.src Object.data Embed.src Link.href Image.srcset Input.src Media.src Video.poster Source.src Source.srcset Track.src Anchor.ping'
    .split(' ')
    .map((property) => property.split('.') as [string, string]);

/** Markup with an address in it: which it is the relay reads. */
const MARKUP = new RegExp(`<(?:${ELEMENTS})\\b[^>]*?\\s(?:src|href|data|srcset|poster)\\s*=`, 'i');

const MOST_MARKUP = 200_000;
/** Arguments of one `document.write`. */
const MOST_WRITTEN = 20;
const MOST_TOLD = 5000;
let told = 0;

const localName = reader<string>(Element, 'localName');

export function hookElements(realm: Realm): void {
  const tell = (claim: Claim): void => {
    if (told++ < MOST_TOLD) report(claim);
  };
  const tellMarkup = (markup: string, candidates = ''): void =>
    tell({ type: 'markup', markup, candidates, base: baseOf(realm.document) ?? '' });
  const attribute = (self: unknown, name: unknown, value: unknown): void => {
    if (!isText(name) || !ATTRIBUTES[name]) return;
    const element = localName(self) ?? '';
    if (!LOADS[element] && (element !== 'a' || name !== 'ping')) return;
    const text = textIn(value, trustedUrl);
    if (!text) return;
    if (name === 'srcset') return tellMarkup('', clip(text, MOST_MARKUP));
    const url = absolute(text, realm.document);
    // Data and scripts in the address itself are asked of nobody.
    if (match(/^https?:/, url)) tell({ type: 'assigned', element, url });
  };
  each(PROPERTIES, (property) =>
    watchSetter(interfaceOf(realm, `HTML${property[0]}Element`), property[1], function (value) {
      attribute(this, property[1], value);
    }),
  );
  watchMethod(realm.Element, 'setAttribute', function (name, value) {
    attribute(this, name, value);
  });
  watchMethod(realm.Element, 'setAttributeNS', function (_, name, value) {
    attribute(this, name, value);
  });
  const read = (given: unknown): void => {
    const markup = clip(textIn(given, trustedHtml), MOST_MARKUP);
    if (match(MARKUP, markup)) tellMarkup(markup);
  };
  each([realm.Element, realm.ShadowRoot], (owner) => each(['innerHTML', 'outerHTML'], (name) => watchSetter(owner, name, read)));
  watchMethod(realm.Element, 'insertAdjacentHTML', (_, html) => read(html));
  watchMethod(realm.Element, 'setHTMLUnsafe', read);
  watchMethod(realm.Range, 'createContextualFragment', read);
  watchMethod(realm.DOMParser, 'parseFromString', read);
  each(['write', 'writeln'], (name) =>
    watchMethod(realm.Document, name, (...texts) => {
      for (let i = 0; i < texts.length && i < MOST_WRITTEN; i++) read(texts[i]);
    }),
  );
}

export const trustedUrl = trusted('TrustedScriptURL');
const trustedHtml = trusted('TrustedHTML');
function trusted(name: string): Native | undefined {
  return functionAt(interfaceOf(window, name), 'toString', 'value');
}

/** A string, or a trusted object's, whose text the platform keeps for itself; '' for all else. */
export function textIn(value: unknown, trusted: Native | undefined): string {
  const text: unknown = isText(value) || !trusted ? value : attempt(() => natives.apply(trusted, value, []));
  return isText(text) ? text : '';
}
