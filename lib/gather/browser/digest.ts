/**
 * Turns values into what judging needs of them, so that no value in clear is ever stored: an HMAC for equality, the
 * HMACs of its identifying parts for containment in a request, its birth, and what it says if it is a consent record.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { valueBorn } from '../../catalogue/birth.ts';
import { readConsentRecord } from '../../catalogue/consent-record.ts';
import type { ValueCapture } from '../../model/capture.ts';
import { remembered } from '../../model/remembered.ts';
import { identifyingParts } from './identifying-parts.ts';

export interface Digester {
  /** `hmac-sha256:` and 64 hex digits. */
  digest(text: string): string;
  /** Digests of the identifying parts of a text, at most `most`, without repetition; 16 hex digits each. */
  parts(text: string, most: number): string[];
  value(name: string, value: string, length: number, now: number): ValueCapture;
}

const MOST_PARTS_OF_VALUE = 60;
/** A page's cookies are sent with each of its requests. */
const MOST_REMEMBERED = 2000;

/** @param key the secret of this audit; it is never exported. */
export function createDigester(key: Uint8Array, isConsentRecord: (name: string) => boolean): Digester {
  // Keyed once, and copied into the same place for each text, so that none needs a clone of its own.
  const keyed = hmac.create(sha256, key);
  const copy = keyed.clone();
  const encoder = new TextEncoder();
  const hex = remembered((text) => bytesToHex(keyed._cloneInto(copy).update(encoder.encode(text)).digest()), MOST_REMEMBERED);
  const digest = (text: string): string => `hmac-sha256:${hex(text)}`;
  const parts = (text: string, most: number): string[] => identifyingParts(text, most).map((part) => hex(part).slice(0, 16));
  return {
    digest,
    parts,
    value: (name, value, length, now) => ({
      length,
      // A clipped value is told from a whole one by its length.
      digest: digest(length === value.length ? value : `${length}:${value}`),
      parts: parts(value, MOST_PARTS_OF_VALUE),
      born: valueBorn(name, value, now),
      record: readConsentRecord(name, value, isConsentRecord(name)),
    }),
  };
}

/** A digest of nobody's secret, for keys inside one capture (URLs). Short, because equality within one audit is all it serves. */
export function shortDigest(digester: Digester, text: string): string {
  return digester.digest(text).slice(12, 44);
}
