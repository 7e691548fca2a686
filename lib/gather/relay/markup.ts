/**
 * The addresses in markup and in lists of image candidates that a script gave to elements. The hooks tell of such texts as they are:
 * what needs no hook is not read in the page's world.
 */
import { MOST_URL, type AssignedClaim, type MarkupClaim } from '../channel.ts';

const MOST_IN_MARKUP = 50;
const MOST_CANDIDATES = 10;

const LOADING =
  /<(script|img|image|iframe|frame|link|embed|object|source|track|video|audio|input)\b[^>]*?\s(src|href|data|srcset|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gi;
/** Near enough: https://html.spec.whatwg.org/multipage/images.html#srcset-attributes */
const CANDIDATE = /([^\s,]\S*[^\s,]|[^\s,])(?:\s[^,]*)?/g;

/**
 * @param claim the JSON text of a `MarkupClaim`
 * @returns those of one claim for each address that is asked of a server, with the moment and the script of the text
 */
export function assignedIn(claim: string): string[] {
  const { markup, candidates, base, time, stack } = JSON.parse(claim) as MarkupClaim;
  const given = urlsIn(candidates).map((url) => ({ element: 'img', url }));
  for (const [, element = '', attribute = '', ...values] of markup.matchAll(LOADING).take(MOST_IN_MARKUP)) {
    // Addresses in markup have their ampersands written as references.
    const value = values.join('').replaceAll('&amp;', '&');
    const urls = attribute.toLowerCase() === 'srcset' ? urlsIn(value) : [value];
    given.push(...urls.map((url) => ({ element: element.toLowerCase(), url })));
  }
  return given.flatMap(({ element, url }) => {
    const address = url === '' ? null : URL.parse(url, base);
    // Data and scripts in the address itself are asked of nobody.
    if (!address || !/^https?:$/.test(address.protocol)) return [];
    const assigned: AssignedClaim = { type: 'assigned', element, url: address.href.slice(0, MOST_URL), time, stack };
    return [JSON.stringify(assigned)];
  });
}

function urlsIn(candidates: string): string[] {
  return Array.from(candidates.matchAll(CANDIDATE).take(MOST_CANDIDATES), ([, url = '']) => url);
}
