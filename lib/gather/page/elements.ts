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
const ATTRIBUTES = dictionary('src|href|data|srcset|srcdoc|poster|ping|xlink:href');
/** Properties that are attributes too, and their interfaces. An image's `src` is a request of its own (`send.ts`). */
const PROPERTIES = [
  'src Script IFrame Frame Embed Input Media Source Track',
  'srcset Image Source',
  'srcdoc IFrame',
  'data Object',
  'href Link',
  'poster Video',
  'ping Anchor',
].map((line) => line.split(' '));

/** Markup with an address in it: which it is the relay reads. */
const MARKUP = new RegExp(`<(?:${ELEMENTS})\\b[^>]*?\\s(?:src\\w*|href|data|poster)\\s*=`, 'i');

const MOST_MARKUP = 200_000;
const MOST_TOLD = 5000;
let told = 0;

const localName = reader<string>(Element, 'localName');

export function hookElements(realm: Realm): void {
  const tell = (claim: Claim): void => {
    if (told++ < MOST_TOLD) report(claim);
  };
  const tellMarkup = (text: string, attribute = ''): void => tell({ type: 'markup', text, attribute, base: baseOf(realm.document) });
  const attribute = (self: unknown, name: unknown, value: unknown): void => {
    if (!isText(name) || !ATTRIBUTES[name]) return;
    const element = localName(self) ?? '';
    if (!LOADS[element] && name !== 'ping') return;
    const text = textIn(value, trustedUrl) || textIn(value, trustedHtml);
    if (!text) return;
    if (match(/^src\w/, name)) return tellMarkup(clip(text, MOST_MARKUP), name);
    const url = absolute(text, realm.document);
    // Images that hold their own data are many, and asked of nobody.
    if (!match(/^im.* [bd]/, `${element} ${url}`)) tell({ type: 'assigned', element, url });
  };
  each(PROPERTIES, (words) =>
    each(words, (owner) =>
      watchSetter(interfaceOf(realm, `HTML${owner}Element`), words[0] as string, function (value) {
        attribute(this, words[0], value);
      }),
    ),
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
  each(['write', 'writeln'], (name) => watchMethod(realm.Document, name, (...texts) => each(texts, read)));
}

export const trustedUrl = trusted('TrustedScriptURL');
const trustedHtml = trusted('TrustedHTML');
function trusted(name: string): Native | undefined {
  return functionAt(interfaceOf(window, name), 'toString', 'value');
}

/** A string, or a trusted object's, whose text the platform keeps for itself; '' for all else. */
export function textIn(value: unknown, trusted: Native | undefined): string {
  const text: unknown = isText(value) ? value : attempt(() => natives.apply(trusted as Native, value, []));
  return isText(text) ? text : '';
}
