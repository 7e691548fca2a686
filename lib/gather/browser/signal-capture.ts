/** What the page's world says of a consent platform's signal, as facts: a TC string is decoded here and never kept. */
import * as v from 'valibot';
import { decodeTcString, isPurposeName, namedPurposes } from '../../catalogue/tcf.ts';
import type { SignalFacts } from '../../model/observation.ts';

const Word = v.pipe(v.string(), v.maxLength(200));
const Words = v.pipe(v.array(Word), v.maxLength(300));

/** The agreed shape of `more` in a signal's claim. */
export const MoreSchema = v.record(
  v.string(),
  v.nullable(v.union([v.pipe(v.string(), v.maxLength(16_384)), v.number(), v.boolean(), Words, v.record(v.string(), Words)])),
);

interface Told {
  source: string;
  name: string;
  categories: Record<string, boolean> | null;
  more?: v.InferOutput<typeof MoreSchema>;
}

export function signalFacts({ source, categories, more = {} }: Told): Omit<SignalFacts, 'state'> {
  if (source === 'tcf') return tcfFacts(categories, more);
  if (source === 'consent-mode') {
    const regions = Array.isArray(more.regions) ? more.regions : [];
    return { source, categories, consentMode: { regions, found: more.found === true } };
  }
  const { services } = more;
  if (typeof services === 'object' && services !== null && !Array.isArray(services)) return { source, categories, services };
  return { source, categories };
}

/** The purposes as the API lists them, for it knows which were offered; else those of the TC string. */
function tcfFacts(listed: Told['categories'], more: NonNullable<Told['more']>): Omit<SignalFacts, 'state'> {
  const string = typeof more.tcString === 'string' ? decodeTcString(more.tcString) : null;
  const purposes = listed && Object.fromEntries(Object.entries(listed).filter(([name]) => isPurposeName(name)));
  const named = purposes && Object.keys(purposes).length > 0 ? purposes : null;
  const whole = (value: unknown): number | null => (typeof value === 'number' && Number.isInteger(value) ? value : null);
  return {
    source: 'tcf',
    categories: named ?? (string && namedPurposes(string)),
    tcf: {
      cmpId: whole(more.cmpId) ?? string?.cmpId ?? null,
      policyVersion: whole(more.policyVersion) ?? string?.policyVersion ?? null,
      gdprApplies: typeof more.gdprApplies === 'boolean' ? more.gdprApplies : null,
      vendors: string?.vendors ?? null,
      legitimateInterests: string?.legitimateInterests ?? [],
      created: string?.created ?? null,
      disclosesVendors: string?.disclosesVendors ?? null,
    },
  };
}
