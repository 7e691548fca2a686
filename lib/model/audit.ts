/** The audit, `consent-audit/1`: what is told. Shapes only; the JSON Schema in public/schema is made from here. */
import * as v from 'valibot';
import { KINDS, ObservationSchema, PHASES } from './observation.ts';
import { VISIT_REASONS } from './evidence.ts';

const Instant = v.pipe(v.string(), v.isoTimestamp());
const Sha256 = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/));

export const LEVELS = ['error', 'warning', 'note'] as const;
export type Level = (typeof LEVELS)[number];
export const OUTCOMES = ['fail', 'unsure', 'error'] as const;
/** `unsure`: cannot tell, the message says why; `error`: the rule itself crashed. */
export type Outcome = (typeof OUTCOMES)[number];

export const ConsentEntrySchema = v.object({
  at: Instant,
  visit: v.string(),
  state: v.picklist(PHASES),
  /** true granted, false refused, null not offered or not known. */
  categories: v.record(v.string(), v.nullable(v.boolean())),
  /** After a partial choice: names of the record that are no category of the policy. What is `null` above may be among them. */
  otherNames: v.optional(v.record(v.string(), v.boolean())),
  source: v.string(),
  byUser: v.boolean(),
  observations: v.array(v.string()),
});
export type ConsentEntry = v.InferOutput<typeof ConsentEntrySchema>;

export const FindingSchema = v.object({
  id: v.string(),
  rule: v.string(),
  outcome: v.picklist(OUTCOMES),
  level: v.picklist(LEVELS),
  clauses: v.array(v.string()),
  kind: v.nullable(v.picklist(KINDS)),
  name: v.nullable(v.string()),
  host: v.nullable(v.string()),
  party: v.nullable(v.picklist(['first', 'third'])),
  service: v.nullable(v.string()),
  category: v.nullable(v.string()),
  phase: v.nullable(v.picklist(PHASES)),
  profile: v.nullable(v.number()),
  firstAt: v.nullable(Instant),
  lastAt: v.nullable(Instant),
  count: v.number(),
  asked: v.nullable(v.number()),
  granted: v.nullable(v.number()),
  stated: v.nullable(v.string()),
  messageId: v.string(),
  /** What the message's placeholders stand for; with `messageId` enough to say it in another language. */
  arguments: v.record(v.string(), v.union([v.string(), v.number()])),
  message: v.string(),
  observations: v.array(v.string()),
  fingerprint: v.string(),
  suppressed: v.nullable(v.unknown()),
});
export type Finding = v.InferOutput<typeof FindingSchema>;

export const GapSchema = v.object({ from: Instant, to: Instant, reason: v.string() });

export const ConditionsSchema = v.looseObject({
  operator: v.nullable(v.string()),
  purpose: v.nullable(v.string()),
  commandLine: v.array(v.string()),
  timeZone: v.string(),
  locale: v.string(),
  viewport: v.nullable(v.string()),
  userAgent: v.string(),
  webdriver: v.nullable(v.boolean()),
  thirdPartyCookies: v.nullable(v.string()),
});
export type Conditions = v.InferOutput<typeof ConditionsSchema>;

export const ToolSchema = v.object({
  name: v.string(),
  version: v.string(),
  build: v.string(),
  ruleset: v.string(),
  browser: v.object({ name: v.string(), version: v.string() }),
});
export type Tool = v.InferOutput<typeof ToolSchema>;

export const ServiceMetSchema = v.object({
  id: v.string(),
  name: v.string(),
  operator: v.nullable(v.string()),
  category: v.string(),
  /** The policy names it. */
  declared: v.boolean(),
});
export type ServiceMet = v.InferOutput<typeof ServiceMetSchema>;

export const AuditSchema = v.object({
  format: v.literal('consent-audit/1'),
  complete: v.boolean(),
  tool: ToolSchema,
  conditions: ConditionsSchema,
  policy: v.object({ id: v.string(), version: v.string(), sha256: v.string(), document: v.record(v.string(), v.unknown()) }),
  site: v.object({ host: v.string(), pages: v.array(v.object({ url: v.string(), at: Instant })) }),
  run: v.object({
    startedAt: Instant,
    endedAt: Instant,
    scenario: v.nullable(v.unknown()),
    visits: v.array(
      v.object({
        id: v.string(),
        profile: v.number(),
        reason: v.picklist(VISIT_REASONS),
        step: v.nullable(v.number()),
        url: v.string(),
        startedAt: Instant,
        /** Of a `route`: the visit with which its document began. */
        routeOf: v.exactOptional(v.string()),
        /** Firefox's id of the container that the page was opened in. */
        cookieStore: v.exactOptional(v.string()),
      }),
    ),
  }),
  consent: v.array(ConsentEntrySchema),
  observations: v.array(ObservationSchema),
  findings: v.array(FindingSchema),
  /** The services met, by id: what `service` in observations and findings stands for. */
  services: v.array(ServiceMetSchema),
  gaps: v.array(GapSchema),
  history: v.array(v.unknown()),
  summary: v.object({
    verdict: v.picklist(['pass', 'fail', 'inconclusive']),
    errors: v.number(),
    warnings: v.number(),
    notes: v.number(),
    observations: v.number(),
    lost: v.number(),
  }),
  integrity: v.object({ chain: Sha256, digest: Sha256, publicKey: v.nullable(v.string()), signature: v.nullable(v.string()) }),
});
export type Audit = v.InferOutput<typeof AuditSchema>;
