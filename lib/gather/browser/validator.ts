/**
 * The ETag of an answer (RFC 9110, section 8.8.3): the browser keeps it with the content and returns it when it asks again, so it
 * can hold an identifier. Nearly all are of a file or a hash of the content, which is the same for everybody.
 */
import type { ValidatorCapture } from '../../model/capture.ts';
import type { Digester } from './digest.ts';

/** The fields of an answer that tell of its validator, in lower case. */
export const DESCRIBING = ['etag', 'last-modified', 'content-length', 'content-type'] as const;

const MOST_PARTS = 8;
/** An image of one pixel, in any format, is no larger. */
const PIXEL = 100; // bytes

/** @param fields those of `DESCRIBING`, by name; undefined where there is no tag, or nothing in it could identify anybody */
export function captureValidator(digester: Digester, fields: ReadonlyMap<string, string>): ValidatorCapture | undefined {
  const tag = opaque(fields.get('etag') ?? '');
  const parts = digester.parts(tag, MOST_PARTS);
  return parts.length === 0 ? undefined : { digest: digester.digest(tag), parts, of: madeOf(tag, fields) };
}

/** @param text one ETag, as in If-None-Match */
export function tagDigest(digester: Digester, text: string): string {
  return digester.digest(opaque(text));
}

function opaque(text: string): string {
  return text.trim().replace(/^(?:W\/)?"(.*)"$/s, '$1');
}

function madeOf(tag: string, fields: ReadonlyMap<string, string>): ValidatorCapture['of'] {
  const written = fields.get('content-length') ?? '';
  const length = /^\d+$/.test(written) ? Number(written) : null;
  if (fields.has('last-modified') || (length !== null && measures(tag, length))) return 'file';
  const isPixel = length !== null && length <= PIXEL && (fields.get('content-type') ?? '').startsWith('image/');
  return length === 0 || isPixel ? 'nothing' : 'content';
}

/** Servers make tags of size, time and content in either order: nginx `5f3e1a2b-2b`, Apache and Express `2b-17a2b3c4d5e`. */
function measures(tag: string, length: number): boolean {
  const words = tag.toLowerCase().split(/[^0-9a-z]+/);
  return [words[0], words.at(-1)].some((word) => word === length.toString(16) || word === String(length));
}
