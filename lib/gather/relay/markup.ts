/**
 * The addresses in markup, in lists of image candidates and in the content of frames that a script gave to elements. The hooks tell of
 * such texts as they are: what needs no hook is not read in the page's world.
 */
import { MOST_URL, type AssignedClaim, type MarkupClaim } from '../channel.ts';
import { contentAddress } from './given-content.ts';

const MOST_IN_MARKUP = 50;
const MOST_CANDIDATES = 10;

const LOADING =
  /<(script|img|image|iframe|frame|link|embed|object|source|track|video|audio|input)\b[^>]*?\s(src|href|data|srcset|srcdoc|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gi;
/** Near enough: https://html.spec.whatwg.org/multipage/images.html#srcset-attributes */
const CANDIDATE = /([^\s,]\S*[^\s,]|[^\s,])(?:\s[^,]*)?/g;
/** Of the many references that HTML knows those that quoting needs. */
const REFERENCES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#34', '"'],
  ['apos', "'"],
  ['#39', "'"],
  ['amp', '&'],
]);

/**
 * @param claim the JSON text of a `MarkupClaim`
 * @returns those of one claim for each address that is asked of a server or is code, with the moment and the script of the text
 */
export function assignedIn(claim: string): string[] {
  const { text, attribute, base, time, stack } = JSON.parse(claim) as MarkupClaim;
  const attributes = attribute
    ? [{ element: attribute === 'srcdoc' ? 'iframe' : 'img', name: attribute, value: text }]
    : attributesIn(text);
  return attributes.flatMap(({ element, name, value }) =>
    addressesOf(name, value, base)
      // Data in the address itself is asked of nobody, and matters where it is code.
      .filter((url) => /^https?:/.test(url) || (/^(script|iframe)$/.test(element) && /^(about:srcdoc\?|blob:|data:)/.test(url)))
      .map((url) => JSON.stringify({ type: 'assigned', element, url: url.slice(0, MOST_URL), time, stack } satisfies AssignedClaim)),
  );
}

function attributesIn(markup: string): { element: string; name: string; value: string }[] {
  return Array.from(markup.matchAll(LOADING).take(MOST_IN_MARKUP), ([, element = '', name = '', ...values]) => ({
    element: element.toLowerCase(),
    name: name.toLowerCase(),
    value: values.join('').replace(/&(#?\w+);/g, (all, one: string) => REFERENCES.get(one) ?? all),
  }));
}

function addressesOf(name: string, value: string, base?: string): string[] {
  if (name === 'srcdoc') return [contentAddress(value)];
  const urls = name === 'srcset' ? urlsIn(value) : [value];
  return urls.flatMap((url) => (url === '' ? [] : (URL.parse(url, base)?.href ?? [])));
}

function urlsIn(candidates: string): string[] {
  return Array.from(candidates.matchAll(CANDIDATE).take(MOST_CANDIDATES), ([, url = '']) => url);
}
