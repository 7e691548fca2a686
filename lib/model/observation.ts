/**
 * What was seen. An observation is one write, deletion, read, request, call, control or signal,
 * in the order of happening (`seq`). It holds no verdict. Field meanings: docs/audit-format.md.
 */
import * as v from 'valibot';

export const KINDS = [
  'cookie',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'cacheStorage',
  'opfs',
  'serviceWorker',
  'request',
  'api',
  'control',
  'signal',
] as const;
export type Kind = (typeof KINDS)[number];

/** The kinds that leave something on the device. */
export const STORED_KINDS = [
  'cookie',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'cacheStorage',
  'opfs',
  'serviceWorker',
] as const satisfies readonly Kind[];

export const ACTIONS = ['set', 'delete', 'read', 'send', 'call', 'present', 'absent'] as const;
export type Action = (typeof ACTIONS)[number];

export const PHASES = ['before-choice', 'accepted', 'partial', 'rejected', 'withdrawn', 'unknown'] as const;
/** The state of consent; also the phase of an observation. */
export type Phase = (typeof PHASES)[number];

const Instant = v.pipe(v.string(), v.isoTimestamp());
const Seconds = v.nullable(v.number());

export const InitiatorSchema = v.object({
  /** Claimed by the page world: a page can lie with `sourceURL`. Without query and fragment. */
  url: v.string(),
  line: v.nullable(v.number()),
  column: v.nullable(v.number()),
  function: v.nullable(v.string()),
  stack: v.array(v.string()),
  /** The scripts that inserted this one, the nearest first. */
  insertedBy: v.optional(v.array(v.string())),
});
export type Initiator = v.InferOutput<typeof InitiatorSchema>;

export const CookieFactsSchema = v.object({
  domain: v.nullable(v.string()),
  path: v.nullable(v.string()),
  /** Seconds asked for from the write; deletion 0; session, unparsable or unknown null. */
  asked: Seconds,
  /** Seconds that the browser stored; null for a session cookie or when not seen. */
  granted: Seconds,
  session: v.nullable(v.boolean()),
  secure: v.nullable(v.boolean()),
  httpOnly: v.nullable(v.boolean()),
  sameSite: v.nullable(v.string()),
  partitioned: v.nullable(v.boolean()),
  /** Nobody was seen writing it, and a page that is not audited may have, in the same browser: of a third party, or of another host of its domain. */
  maybeElsewhere: v.optional(v.literal(true)),
});
export type CookieFacts = v.InferOutput<typeof CookieFactsSchema>;

/** A stored entry whose value a request carries. */
export const StoredReferenceSchema = v.object({ kind: v.picklist(KINDS), name: v.string(), host: v.string() });
export type StoredReference = v.InferOutput<typeof StoredReferenceSchema>;

export const CONSENT_SIGNALS = ['ad_storage', 'analytics_storage', 'ad_user_data', 'ad_personalization'] as const;
/** The signals of Google Consent Mode that hits tell of. */
export type ConsentSignal = (typeof CONSENT_SIGNALS)[number];
const SignalStateSchema = v.picklist(['granted', 'denied', 'unset']);
export type SignalState = v.InferOutput<typeof SignalStateSchema>;

const HitSignalSchema = v.object({
  declared: SignalStateSchema,
  default: SignalStateSchema,
  update: SignalStateSchema,
  implicit: SignalStateSchema,
  /** What the tag does: the first of update, default, declared and implicit that is set, else granted. */
  behaves: v.picklist(['granted', 'denied']),
});
export type HitSignal = v.InferOutput<typeof HitSignalSchema>;

/** What `gcs` and `gcd` of a Google hit say; null for what the hit lacks, which is not a denial. */
export const ConsentModeFactsSchema = v.object({
  gcs: v.nullable(v.object({ ad_storage: SignalStateSchema, analytics_storage: SignalStateSchema })),
  /** `active`: whether Consent Mode is used at all; null where the text ends before it says. */
  gcd: v.nullable(v.object({ signals: v.record(v.picklist(CONSENT_SIGNALS), HitSignalSchema), active: v.nullable(v.boolean()) })),
});
export type ConsentModeFacts = v.InferOutput<typeof ConsentModeFactsSchema>;

/** The ETag that an answer came with: what the browser keeps for this address and returns when it asks again. */
export const ValidatorFactsSchema = v.object({
  /** Of the tag without `W/` and quotes. */
  digest: v.string(),
  /** Digest of the whole address, query included. */
  address: v.string(),
  /** The browser returned it with this request, and was given it again. */
  returned: v.boolean(),
  /** What the tag can have been made of: a file that the server dates or measures, another content, or neither, the answer being empty or one pixel. */
  of: v.picklist(['file', 'content', 'nothing']),
  /** Stored entries whose identifying value is in the tag. */
  identifiers: v.array(StoredReferenceSchema),
});
export type ValidatorFacts = v.InferOutput<typeof ValidatorFactsSchema>;

export const RequestFactsSchema = v.object({
  /** Without query and fragment; token-like path segments masked. */
  url: v.string(),
  method: v.string(),
  type: v.string(),
  status: v.nullable(v.number()),
  ip: v.nullable(v.string()),
  redirectedFrom: v.nullable(v.string()),
  hit: v.boolean(),
  sentCookies: v.array(v.string()),
  /** true where the browser shows neither Cookie nor Set-Cookie (Chromium, of downloads): what of them was there nobody can tell. Else left out. */
  cookiesHidden: v.optional(v.literal(true)),
  data: v.array(v.string()),
  /** Stored entries whose value (or an identifying part of it) is in URL or body; cookies of the Cookie header included. */
  sentIdentifiers: v.array(StoredReferenceSchema),
  /** Answered inside the browser (HSTS or extension redirect, cache): nothing went over the network in this hop. */
  internal: v.boolean(),
  /** The tracker protocol that URL and parameters speak, whatever the host (`ga4`, `metrica`), or null. */
  protocol: v.nullable(v.string()),
  /** The tag or counter id in the URL (`G-…`, `AW-…`, counter number), or null. */
  tagId: v.nullable(v.string()),
  /** The states of Google Consent Mode that the hit tells of; null or left out where it tells none. */
  consentMode: v.optional(v.nullable(ConsentModeFactsSchema)),
  /** The name that DNS gives for the host's alias; left out where it has none, or nobody could ask (only Firefox tells). */
  canonicalName: v.optional(v.string()),
  /** Left out where the answer had no ETag, or one that identifies nobody: too short, or of a file and equal to nothing that is stored. */
  validator: v.optional(ValidatorFactsSchema),
});
export type RequestFacts = v.InferOutput<typeof RequestFactsSchema>;

export const ValueFactsSchema = v.object({
  length: v.number(),
  digest: v.string(),
  born: v.nullable(Instant),
});

/** What a stored value tells if it is a record of consent: names to granted, and the date it carries. */
export const RecordFactsSchema = v.object({
  cmp: v.nullable(v.string()),
  /** Names as written in the record; null where the value could not be read as one. */
  granted: v.nullable(v.record(v.string(), v.boolean())),
  dated: v.nullable(Instant),
  /** false where the record itself says that nobody has chosen yet; left out where it does not say. */
  chosen: v.optional(v.boolean()),
});
export type RecordFacts = v.InferOutput<typeof RecordFactsSchema>;

/** Where within a database, cache or worker registration something was written, and by which call. */
export const DetailFactsSchema = v.object({
  /** The call as its API names it (`put`, `createWritable`, …); `create` and `upgrade` for an opened database. */
  operation: v.string(),
  /** The object store; null where the whole thing is meant or there is none. */
  store: v.nullable(v.string()),
  /** A key that is a text, or a cached URL; cleaned like URLs. Null where the whole thing is meant. */
  key: v.nullable(v.string()),
  /** How many writes of a flood this observation stands for. */
  times: v.number(),
});

export const CONTROL_MEANINGS = ['accept', 'reject', 'necessary-only', 'save', 'settings', 'withdraw'] as const;
/** What the words of a control say, in Kazakh, Russian or English. */
export type ControlMeaning = (typeof CONTROL_MEANINGS)[number];

export const ControlFactsSchema = v.object({
  event: v.string(),
  trusted: v.boolean(),
  meaning: v.nullable(v.picklist(CONTROL_MEANINGS)),
});

/** What a TC string says beside its purposes. */
export const TcfFactsSchema = v.object({
  cmpId: v.nullable(v.number()),
  policyVersion: v.nullable(v.number()),
  gdprApplies: v.nullable(v.boolean()),
  /** Vendors with consent; null where there was no readable TC string. */
  vendors: v.nullable(v.number()),
  /** Purposes claimed as legitimate interest, which is no consent. */
  legitimateInterests: v.array(v.number()),
  /** Day of creation: the string has no finer date. */
  created: v.nullable(v.string()),
  disclosesVendors: v.nullable(v.boolean()),
});
export type TcfFacts = v.InferOutput<typeof TcfFactsSchema>;

export const SignalFactsSchema = v.object({
  /** `mark`, `cmp:<name>`, `tcf`, … as in the consent timeline's `source`. */
  source: v.string(),
  state: v.nullable(v.picklist(['accepted', 'rejected', 'withdrawn'])),
  /** The signal's own category names to granted. */
  categories: v.nullable(v.record(v.string(), v.boolean())),
  tcf: v.optional(TcfFactsSchema),
  /** Of a Consent Mode command: the regions it is limited to, and whether it lay there when it was found, so that its moment is not known. */
  consentMode: v.optional(v.object({ regions: v.array(v.string()), found: v.boolean() })),
  /** Of a platform that asks for single services: each service that is not required, with the purposes it serves. */
  services: v.optional(v.record(v.string(), v.array(v.string()))),
});
export type SignalFacts = v.InferOutput<typeof SignalFactsSchema>;

const gatheredEntries = {
  id: v.string(),
  seq: v.number(),
  visit: v.string(),
  at: Instant,
  kind: v.picklist(KINDS),
  action: v.picklist(ACTIONS),
  page: v.string(),
  frame: v.nullable(v.string()),
  origin: v.nullable(v.string()),
  /** Cookie, key, database, cache or API name; null for requests. U+FFFD stands for lone surrogates. */
  name: v.nullable(v.string()),
  /** The ill-formed name with its lone surrogates escaped, where there are any. */
  rawName: v.optional(v.string()),
  /** Of what lies within databases and caches; absent elsewhere. */
  detail: v.optional(DetailFactsSchema),
  host: v.string(),
  mechanism: v.string(),
  confirmed: v.nullable(v.picklist(['jar', 'header', 'snapshot'])),
  rejected: v.nullable(v.string()),
  transient: v.boolean(),
  initiator: v.nullable(InitiatorSchema),
  cookie: v.nullable(CookieFactsSchema),
  request: v.nullable(RequestFactsSchema),
  value: v.nullable(ValueFactsSchema),
  record: v.nullable(RecordFactsSchema),
  control: v.nullable(ControlFactsSchema),
  signal: v.nullable(SignalFactsSchema),
  /** The observation in consequence of which this happened: the request whose answer set the cookie. */
  cause: v.nullable(v.string()),
  /** Milliseconds by which `at` may be later than the true moment; 0 where the order is certain. */
  uncertainty: v.number(),
};

/** An observation as gathered: independent of any policy. */
export const GatheredObservationSchema = v.object(gatheredEntries);
export type GatheredObservation = v.InferOutput<typeof GatheredObservationSchema>;

/** An observation as judged: with what policy, catalogue and timeline say about it. */
export const ObservationSchema = v.object({
  ...gatheredEntries,
  phase: v.picklist(PHASES),
  party: v.picklist(['first', 'third']),
  service: v.nullable(v.string()),
  category: v.string(),
});
export type Observation = v.InferOutput<typeof ObservationSchema>;
