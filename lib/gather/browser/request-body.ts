/** The text of a request's body, for deriving kinds of data and identifiers; it is never stored. */
import { Gunzip, strFromU8, Unzlib } from 'fflate';

const MOST_BYTES = 1_000_000;

interface RequestBody {
  formData?: Record<string, unknown[]>;
  raw?: { bytes?: ArrayBuffer; file?: string }[];
}

/** @returns at most a million characters; '' where there is no body or the browser does not show it (files, blobs). */
export function bodyText(body: RequestBody | undefined | null): string {
  if (body?.formData) {
    return Object.entries(body.formData)
      .map(([name, values]) => values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`).join('&'))
      .join('&')
      .slice(0, MOST_BYTES);
  }
  let text = '';
  for (const part of body?.raw ?? []) {
    if (!part.bytes) continue;
    const bytes = new Uint8Array(part.bytes);
    if (bytes.byteLength > MOST_BYTES) continue;
    text += inflated(bytes);
    if (text.length > MOST_BYTES) break;
  }
  return text.slice(0, MOST_BYTES);
}

/** Trackers compress their batches: gzip (1f 8b) and zlib (78 xx). */
function inflated(bytes: Uint8Array): string {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return strFromU8(inflatedBy(new Gunzip(), bytes));
    if (bytes[0] === 0x78 && bytes.length > 2 && ((bytes[0] << 8) | (bytes[1] as number)) % 31 === 0)
      return strFromU8(inflatedBy(new Unzlib(), bytes));
  } catch {
    // Only looked compressed.
  }
  return strFromU8(bytes);
}

const SLICE = 4096; // bytes; inflates to some four megabytes at most

/** Piece by piece, and no further than is read: a page could send what inflates to more than the memory holds. */
function inflatedBy(stream: Gunzip | Unzlib, bytes: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  stream.ondata = (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
  };
  for (let at = 0; at < bytes.length && size < MOST_BYTES; at += SLICE)
    stream.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
  const whole = new Uint8Array(size);
  let filled = 0;
  for (const chunk of chunks) {
    whole.set(chunk, filled);
    filled += chunk.length;
  }
  return whole;
}
