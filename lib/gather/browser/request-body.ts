/** The text of a request's body, for deriving kinds of data and identifiers; it is never stored. */
import { gunzipSync, strFromU8, unzlibSync } from 'fflate';

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
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return strFromU8(gunzipSync(bytes));
    if (bytes[0] === 0x78 && bytes.length > 2 && ((bytes[0] << 8) | (bytes[1] as number)) % 31 === 0) return strFromU8(unzlibSync(bytes));
  } catch {
    // Only looked compressed.
  }
  return strFromU8(bytes);
}
