/** Reads the wanted fields of a message's headers in one pass. */

/**
 * @param wanted names in lower case
 * @returns by name in lower case; of several with one name the first, but all lines of Set-Cookie, joined with line feeds as Firefox does
 */
export function headerFields(
  headers: readonly { name: string; value?: string }[] | undefined,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  // Chromium gives bytes instead where a value is no text.
  for (const { name: written, value = '' } of headers ?? []) {
    const name = written.toLowerCase();
    if (!wanted.has(name)) continue;
    const before = fields.get(name);
    if (before === undefined) fields.set(name, value);
    else if (name === 'set-cookie') fields.set(name, `${before}\n${value}`);
  }
  return fields;
}
