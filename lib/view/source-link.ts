/** Finds the full address of a script that evidence names without its query, so that it can be opened among the sources. */

/** What `cleanUrl` writes in place of telling path segments. */
const MASKS = new Set(['[token]', '[e-mail]', '[iin]']);

/** Whether a full address, cleaned as evidence is, would be this one. */
export function isSource(evidence: string, full: string): boolean {
  const a = URL.parse(evidence);
  const b = URL.parse(full);
  if (!a || !b || a.protocol !== b.protocol || a.host !== b.host) return false;
  const own = segments(evidence);
  const other = segments(full);
  return own.length === other.length && own.every((segment, index) => MASKS.has(segment) || segment === other[index]);
}

/** The one to open: the same address if the page has it, else the first that differs in its query alone; null where there is none. */
export function sourceOf(evidence: string, resources: readonly string[]): string | null {
  return resources.find((url) => url === evidence) ?? resources.find((url) => isSource(evidence, url)) ?? null;
}

/** As written: a parser would encode the brackets of a mask. */
function segments(url: string): string[] {
  return url
    .replace(/[?#].*$/s, '')
    .replace(/^[^/]*\/\/[^/]*/, '')
    .split('/');
}
