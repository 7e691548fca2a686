/** Reads the wanted fields of a message's headers in one pass. */
import { decoded, toldText, type CookieReader } from '../cookie-reader.ts';

interface Header {
  name: string;
  value?: string;
  /** Chromium gives the bytes instead where they are no UTF-8: half a character in one cookie is enough for all of them. */
  binaryValue?: readonly number[];
}

/**
 * @param wanted names in lower case
 * @returns by name in lower case; of several with one name the first, but all lines of Set-Cookie, joined with line feeds as Firefox does
 */
export function headerFields(
  headers: readonly Header[] | undefined,
  wanted: ReadonlySet<string>,
  reader: CookieReader,
): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const header of headers ?? []) {
    const name = header.name.toLowerCase();
    if (!wanted.has(name)) continue;
    const value = textOf(header, reader);
    const before = fields.get(name);
    if (before === undefined) fields.set(name, value);
    else if (name === 'set-cookie') fields.set(name, `${before}\n${value}`);
  }
  return fields;
}

function textOf({ value = '', binaryValue }: Header, reader: CookieReader): string {
  return binaryValue ? decoded(binaryValue) : toldText(value, reader);
}
