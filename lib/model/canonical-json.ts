/** RFC 8785, the JSON Canonicalization Scheme: the one byte sequence that hashes of policies and audits are taken of. */

/**
 * The canonical JSON of a plain value: no white space, properties sorted by UTF-16 code units, numbers as ECMAScript prints them.
 * Properties whose value is undefined are left out. Lone surrogates have no canonical form: the caller replaces them
 * with U+FFFD first (left in, they come out as `\udXXX` escapes, which is still one fixed sequence).
 * @throws TypeError on NaN, infinities, undefined outside a property, and on whatever JSON cannot hold (functions, symbols, bigints).
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('canonical JSON has no NaN and no infinity');
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value);
    default:
      throw new TypeError(`canonical JSON has no ${typeof value}`);
  }
}

function canonicalArray(items: unknown[]): string {
  // Array.from visits holes too, so that a sparse array is refused like any undefined element.
  return `[${Array.from(items, canonicalJson).join(',')}]`;
}

function canonicalObject(value: object): string {
  const properties = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    // The default order of strings is by UTF-16 code units, as the RFC asks.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item)}`);
  return `{${properties.join(',')}}`;
}
