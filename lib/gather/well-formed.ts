/** Names as they may be written into JSON: RFC 8785 knows no lone surrogates. */

const MOST_NAME = 4096;

/** @returns `name` with U+FFFD for lone surrogates, and `rawName` with them escaped where there are any. */
export function wellFormedName(name: string): { name: string; rawName?: string } {
  const clipped = name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 1)}…` : name;
  if (clipped.isWellFormed()) return { name: clipped };
  const escaped = clipped.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (lone) => `\\u${lone.charCodeAt(0).toString(16)}`,
  );
  return { name: clipped.toWellFormed(), rawName: escaped };
}

/** A plain JSON value with U+FFFD for every lone surrogate, in texts and in keys. */
export function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return (value.isWellFormed() ? value : value.toWellFormed()) as T;
  if (Array.isArray(value)) return value.map(wellFormed) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed<unknown>(inner)])) as T;
}
