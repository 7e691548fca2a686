/**
 * IAB Transparency & Consent Framework 2.2 and 2.3: which purposes a TC string grants, and what they mean in categories of cookies.
 * Bits: https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework/blob/master/TCFv2/IAB%20Tech%20Lab%20-%20Consent%20string%20and%20vendor%20list%20formats%20v2.md
 */
import type { CatalogueCategory } from './catalogue.ts';

/** What the core segment of a TC string says; the rest of it names vendors, which a policy of cookies does not. */
export interface TcString {
  /** ISO date: creation has a precision of one day, so it is never a moment. */
  created: string;
  cmpId: number;
  policyVersion: number;
  /** Purpose 1..24 to granted. */
  consents: Record<number, boolean>;
  /** Purposes claimed without consent, as legitimate interest: no consent. */
  legitimateInterests: number[];
  /** How many vendors have consent. */
  vendors: number;
  /** The publisher's country asks nobody for purpose 1: it was not offered. */
  purposeOneTreatment: boolean;
  /** TCF 2.3 demands the segment that lists the vendors shown to the person. */
  disclosesVendors: boolean;
}

/**
 * Purposes by the category of cookies that they are asked for. Purpose 1 (storing on the device) is no category of its own: it is the
 * condition of all. Selecting, profiling and measuring advertising is marketing, also by limited data (2) and as measurement (7), for it
 * serves advertising alone; choosing content for a person (5, 6, and 11 by limited data) is what a policy calls functional;
 * measuring content, audiences and the product itself (8, 9, 10) is analytical. Special purposes and features need no consent here.
 */
const CATEGORIES: Record<number, CatalogueCategory> = {
  2: 'marketing',
  3: 'marketing',
  4: 'marketing',
  5: 'functional',
  6: 'functional',
  7: 'marketing',
  8: 'analytical',
  9: 'analytical',
  10: 'analytical',
  11: 'functional',
};
const STORING = 1;
/** The purposes that the framework defines. */
const PURPOSES = 11;

/** A purpose's name in a record or signal. */
export function purposeName(purpose: number | string): string {
  return `purpose-${purpose}`;
}

export function isPurposeName(name: string): boolean {
  return /^purpose-\d{1,2}$/.test(name);
}

/**
 * Purposes as categories: granted where any purpose of it is granted, for a category is the coarser word; refused where none is; left out
 * where none was named. Without purpose 1 nothing may be stored, so nothing is granted.
 */
export function tcfCategories(purposes: Record<string, boolean>): Partial<Record<CatalogueCategory, boolean>> {
  const categories: Partial<Record<CatalogueCategory, boolean>> = {};
  for (const [purpose, category] of Object.entries(CATEGORIES)) {
    const granted = purposes[purposeName(purpose)];
    if (granted === undefined) continue;
    categories[category] = categories[category] === true || (granted && purposes[purposeName(STORING)] !== false);
  }
  return categories;
}

/** The purposes of a TC string by name; purpose 1 is left out where it was not offered. */
export function namedPurposes({
  consents,
  purposeOneTreatment,
}: Pick<TcString, 'consents' | 'purposeOneTreatment'>): Record<string, boolean> {
  const named: Record<string, boolean> = {};
  for (let purpose = 1; purpose <= PURPOSES; purpose++)
    if (purpose !== STORING || !purposeOneTreatment) named[purposeName(purpose)] = consents[purpose] === true;
  return named;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Longer than any real string; a page may hand over anything. */
const MOST_CHARACTERS = 16_384;
const DECISECONDS = 100; // milliseconds

/** Reads the bits of a segment from the left. @throws RangeError at its end */
function bitReader(segment: string): (bits: number) => number {
  let at = 0;
  return (bits) => {
    let value = 0;
    for (let end = at + bits; at < end; at++) {
      const six = ALPHABET.indexOf(segment.charAt(Math.floor(at / 6)));
      if (at >= segment.length * 6) throw new RangeError('the segment ends');
      value = value * 2 + ((six >> (5 - (at % 6))) & 1);
    }
    return value;
  };
}

/** @returns null for what is no TC string of version 2, or is cut off before its vendors */
export function decodeTcString(text: string): TcString | null {
  if (text.length > MOST_CHARACTERS || !/^C[\w-]{36,}(\.[\w-]+){0,4}$/.test(text)) return null;
  const [core = '', ...others] = text.split('.');
  try {
    return decodeCore(core, others);
  } catch {
    // Cut off.
    return null;
  }
}

function decodeCore(core: string, others: string[]): TcString | null {
  const read = bitReader(core);
  const flags = (count: number): Record<number, boolean> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 1, read(1) === 1]));
  if (read(6) !== 2) return null;
  const created = read(36) * DECISECONDS;
  read(36); // last updated: the same, by the specification
  const cmpId = read(12);
  read(12 + 6 + 12 + 12); // the platform's version, screen, language, vendor list
  const policyVersion = read(6);
  read(1 + 1 + 12); // service specific, own texts, special features
  const consents = flags(24);
  const interests = flags(24);
  const purposeOneTreatment = read(1) === 1;
  read(12); // the publisher's country
  const vendors = countVendors(read);
  // Past the largest Date.
  if (created > 8.64e15) return null;
  return {
    created: new Date(created).toISOString().slice(0, 10),
    cmpId,
    policyVersion,
    consents,
    legitimateInterests: Object.keys(interests)
      .map(Number)
      .filter((purpose) => interests[purpose]),
    vendors,
    purposeOneTreatment,
    // The type of a segment is its first three bits; 1 lists the vendors that were disclosed.
    disclosesVendors: others.some((segment) => ALPHABET.indexOf(segment.charAt(0)) >> 3 === 1),
  };
}

/** A bit per vendor, or ranges of them. */
function countVendors(read: (bits: number) => number): number {
  const most = read(16);
  if (read(1) === 0) {
    let count = 0;
    for (let vendor = 0; vendor < most; vendor++) count += read(1);
    return count;
  }
  const ranges: [number, number][] = [];
  for (let entries = read(12); entries > 0; entries--) {
    const isRange = read(1) === 1;
    const from = read(16);
    ranges.push([from, isRange ? read(16) : from]);
  }
  // Ranges may overlap in a string that nobody checked.
  let counted = 0;
  let covered = 0;
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    counted += Math.max(0, to - Math.max(from - 1, covered));
    covered = Math.max(covered, to);
  }
  return counted;
}
