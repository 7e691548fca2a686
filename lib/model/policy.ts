/** The written policy as data: format `consent-policy/1`. Only shapes here; parsing is in lib/policy. */
import * as v from 'valibot';

/** The languages that a person may read. */
export const LANGUAGES = ['kk', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const Localised = v.partial(v.strictObject({ kk: v.string(), ru: v.string(), en: v.string() }));
export type Localised = v.InferOutput<typeof Localised>;

/** ISO 8601 duration of whole calendar and clock units (`P24M`, `P1Y6M`, `P2W`, `PT30M`). */
export const DURATION_PATTERN = /^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/;
const Duration = v.pipe(v.string(), v.regex(DURATION_PATTERN, 'an ISO 8601 duration such as "P24M"'));
const Retention = v.nullable(v.union([v.literal('session'), Duration], 'an ISO 8601 duration such as "P24M", "session", or null'));
const Id = v.pipe(v.string(), v.minLength(1, 'a non-empty string'));
const HostPattern = v.pipe(v.string(), v.regex(/^(\*\.)?[^\s/:*]+$/, 'a host name, or "*." and a host name'));

export const KEY_STORES = ['cookie', 'localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage', 'opfs', 'serviceWorker'] as const;

export const CategorySchema = v.looseObject({
  id: Id,
  basis: v.picklist(['contract', 'consent', 'legal-obligation', 'legitimate-interest', 'vital-interest', 'public-interest']),
  clause: v.optional(v.string()),
  retention: v.optional(Retention),
  retentionClause: v.optional(v.string()),
});

export const ServiceSchema = v.looseObject({
  id: Id,
  name: v.optional(v.string()),
  operator: v.optional(v.string()),
  category: Id,
  retention: v.optional(Retention),
  retentionClause: v.optional(v.string()),
  clause: v.optional(v.string()),
  hosts: v.optional(v.array(HostPattern)),
  keys: v.optional(v.array(Id)),
});

export const KeySchema = v.looseObject({
  name: Id,
  store: v.optional(v.picklist(KEY_STORES)),
  host: v.optional(HostPattern),
  category: Id,
  service: v.optional(v.string()),
  retention: v.optional(Retention),
  clause: v.optional(v.string()),
});

export const ConsentRecordSchema = v.looseObject({
  store: v.picklist(['cookie', 'localStorage']),
  key: Id,
  /** The policy's category ids to the names that the record uses for them. */
  categories: v.optional(v.record(v.string(), v.string())),
});

export const PolicyDocumentSchema = v.looseObject({
  format: v.literal('consent-policy/1'),
  id: Id,
  version: Id,
  effective: v.optional(v.pipe(v.string(), v.isoDate('a date such as "2025-10-08"'))),
  source: v.optional(v.looseObject({ title: v.optional(Localised), language: v.optional(v.string()), sha256: v.optional(v.string()) })),
  sites: v.pipe(v.array(HostPattern), v.minLength(1, 'at least one host')),
  categories: v.pipe(v.array(CategorySchema), v.minLength(1, 'at least one category')),
  services: v.optional(v.array(ServiceSchema)),
  keys: v.optional(v.array(KeySchema)),
  consent: v.optional(
    v.looseObject({
      validity: v.optional(v.nullable(Duration)),
      clause: v.optional(v.string()),
      record: v.optional(ConsentRecordSchema),
    }),
  ),
  technologies: v.optional(v.array(Id)),
  data: v.optional(v.array(v.unknown())),
  territory: v.optional(v.record(v.string(), v.unknown())),
  clauses: v.optional(v.record(v.string(), Localised)),
  contact: v.optional(v.record(v.string(), v.unknown())),
  /** Gaps that a reader of the text found and that its structure does not show. */
  gaps: v.optional(v.array(v.looseObject({ id: Id, clause: v.optional(v.string()), text: Localised }))),
});

export type PolicyDocument = v.InferOutput<typeof PolicyDocumentSchema>;
export type PolicyCategory = v.InferOutput<typeof CategorySchema>;
export type PolicyService = v.InferOutput<typeof ServiceSchema>;
export type PolicyKey = v.InferOutput<typeof KeySchema>;
export type KeyStore = (typeof KEY_STORES)[number];
