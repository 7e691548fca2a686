/** When an identifier was made, where its value says so: a cookie can be renewed for ever, its identifier keeps its age. */

/** Earlier than any of these identifiers existed. */
const EARLIEST = Date.UTC(2005, 0, 1);
/** A day's grace for a device whose clock runs ahead of the audit's. */
const CLOCK_GRACE = 86_400_000;

interface Format {
  name: RegExp;
  /** One group: the moment of birth. */
  value: RegExp;
  unit: 'seconds' | 'milliseconds';
}

const FORMATS: readonly Format[] = [
  // Metrica's localStorage copy is a JSON string, in quotes. `_ym_d` is no birth: it is reset with each renewal.
  { name: /^_ym_uid$/, value: /^"?(\d{10})\d{7,9}"?$/, unit: 'seconds' },
  { name: /^_ga$/, value: /^GA1\.[\d-]+\.\d+\.(\d{10})$/, unit: 'seconds' },
  { name: /^_gid$/, value: /^GA1\.[\d-]+\.\d+\.(\d{10})$/, unit: 'seconds' },
  { name: /^FPID$/, value: /^FPID\d\.\d\..+\.(\d{10})$/, unit: 'seconds' },
  { name: /^__utma$/, value: /^\d+\.\d+\.(\d{10})\.\d{10}\.\d{10}\.\d+$/, unit: 'seconds' },
  { name: /^_gcl_au$/, value: /^1\.1\.\d+\.(\d{10})$/, unit: 'seconds' },
  { name: /^_gcl_aw$/, value: /^GCL\.(\d{10})\..+$/, unit: 'seconds' },
  { name: /^_gcl_gs$/, value: /^2\.1\.k1\$i(\d{10})\$/, unit: 'seconds' },
  { name: /^_gac_/, value: /^1\.(\d{10})\..+$/, unit: 'seconds' },
  { name: /^_fb[pc]$/, value: /^fb\.\d\.(\d{13})\..+$/, unit: 'milliseconds' },
  { name: /^tmr_lvidTS$/, value: /^(\d{13})$/, unit: 'milliseconds' },
  { name: /^tilda[us]id$/, value: /^(\d{13})\.\d+$/, unit: 'milliseconds' },
  { name: /^jv_enter_ts_/, value: /^(\d{13})$/, unit: 'milliseconds' },
  { name: /^_pk_id\./, value: /^[0-9a-f]{16}\.(\d{10})\./, unit: 'seconds' },
];

/**
 * The moment of birth that an identifier's value holds, in epoch milliseconds; null where the key is of no known format, the value does not
 * have it, or the moment is implausible: before 2005, or more than a day after `nowMs`.
 * @param nowMs the moment of the observation, epoch milliseconds
 */
export function valueBorn(name: string, value: string, nowMs: number): number | null {
  for (const format of FORMATS) {
    if (!format.name.test(name)) continue;
    const digits = format.value.exec(decoded(value))?.[1];
    if (digits === undefined) continue;
    const born = Number(digits) * (format.unit === 'seconds' ? 1000 : 1);
    return born >= EARLIEST && born <= nowMs + CLOCK_GRACE ? born : null;
  }
  return null;
}

/** Some sites percent-encode what they store. */
function decoded(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    // Not percent-encoded after all: the value stands as it is.
    return value;
  }
}
