/**
 * Evidence out of few words. A case names what matters; the builder fills in the rest: ids `o1`, `o2`, … and a tenth of a second between
 * observations, all in visit `v1` of profile 1 on https://send-box.com/, which begins before any choice.
 */
import type { ConsentEntry, Finding } from '../../lib/model/audit.ts';
import type { Evidence, Visit } from '../../lib/model/evidence.ts';
import { CookieFactsSchema, GatheredObservationSchema, KINDS, RequestFactsSchema, SignalFactsSchema } from '../../lib/model/observation.ts';
import type { Action, ControlMeaning, GatheredObservation, Kind, Phase } from '../../lib/model/observation.ts';
import type { PolicyDocument } from '../../lib/model/policy.ts';

const BEGIN = Date.parse('2026-11-02T10:00:00.000Z');
const PAGE = 'https://send-box.com/';

/** `{ "cookie": "_ga", "asked": 63072000 }`, `{ "request": "https://…", "hit": true }`, `{ "control": "reject" }`, and any field of an observation; a signal with a `source` has the fields of its facts. */
export type CaseObservation = Record<string, unknown>;

/** `granted` lists the categories that the entry grants; the policy's others are refused. `by` is the observation that is the choice. */
export interface CaseConsent {
  state: Phase;
  by?: string;
  /** What else the entry cites: the records of the choice. */
  recorded?: string[];
  granted?: string[];
  categories?: Record<string, boolean | null>;
  otherNames?: Record<string, boolean>;
  visit?: string;
}

export interface Case {
  /** What the case shows, in a sentence. */
  about: string;
  /** Entries that replace those of policy.json; `null` leaves one out. */
  policy?: { [entry in keyof PolicyDocument]?: PolicyDocument[entry] | null };
  /** Hosts that stand in for the site. */
  sites?: string[];
  visits?: Partial<Visit>[];
  consent?: CaseConsent[];
  observations?: CaseObservation[];
  gaps?: Evidence['gaps'];
  lost?: number;
  expected: Partial<Finding>[];
}

const ACTIONS: Partial<Record<Kind, Action>> = { request: 'send', api: 'call', control: 'call', signal: 'call' };
const COOKIE_FIELDS = new Set(Object.keys(CookieFactsSchema.entries));
const REQUEST_FIELDS = new Set(Object.keys(RequestFactsSchema.entries));
const SIGNAL_FIELDS = new Set(Object.keys(SignalFactsSchema.entries));
const OWN_FIELDS = new Set([...Object.keys(GatheredObservationSchema.entries), ...KINDS, 'ms', 'script', 'meaning']);

/** @throws Error on a field that no observation has, so that a slip of the pen cannot make a case pass. */
export function evidenceOf({ visits = [{}], observations = [], gaps = [], lost = 0 }: Case): Evidence {
  const built = visits.map((visit, index): Visit => ({
    id: `v${index + 1}`,
    profile: 1,
    reason: 'visit',
    step: null,
    url: PAGE,
    startedAt: new Date(BEGIN).toISOString(),
    ...visit,
  }));
  return {
    format: 'consent-evidence/1',
    profiles: [...new Set(built.map(({ profile }) => profile))].map((profile) => ({ profile, clean: true })),
    visits: built,
    observations: observations.map(observationOf),
    gaps,
    lost,
  };
}

export function consentOf({ consent = [] }: Case, evidence: Evidence, consentCategories: string[]): ConsentEntry[] {
  const starts = evidence.profiles.map(({ profile }): CaseConsent => {
    const visit = evidence.visits.find((candidate) => candidate.profile === profile);
    return { state: 'before-choice', visit: visit?.id ?? 'v1', categories: {} };
  });
  return [...starts, ...consent].map(({ state, by, recorded = [], granted = [], categories, otherNames, visit }, index): ConsentEntry => {
    const act = evidence.observations.find(({ id }) => id === by);
    if (by !== undefined && act === undefined) throw new Error(`no observation ${by}`);
    return {
      at: act?.at ?? new Date(BEGIN).toISOString(),
      visit: visit ?? act?.visit ?? 'v1',
      state,
      categories: categories ?? Object.fromEntries(consentCategories.map((id) => [id, granted.includes(id)])),
      ...(otherNames && { otherNames }),
      source: index < starts.length ? 'start' : 'click',
      byUser: index >= starts.length,
      observations: act === undefined ? [] : [act.id, ...recorded],
    };
  });
}

function observationOf(given: CaseObservation, index: number): GatheredObservation {
  const kind = KINDS.find((candidate) => candidate in given);
  if (kind === undefined) throw new Error(`observation ${index + 1} names no kind`);
  const fits = (field: string): boolean =>
    OWN_FIELDS.has(field) ||
    (kind === 'cookie' && COOKIE_FIELDS.has(field)) ||
    (kind === 'request' && REQUEST_FIELDS.has(field)) ||
    (kind === 'signal' && SIGNAL_FIELDS.has(field));
  const odd = Object.keys(given).find((field) => !fits(field));
  if (odd !== undefined) throw new Error(`observation ${index + 1} has no field ${odd}`);
  const own = Object.fromEntries(Object.entries(given).filter(([field]) => field in GatheredObservationSchema.entries && field !== kind));
  const name = String(given[kind]);
  return {
    id: `o${index + 1}`,
    seq: index + 1,
    visit: 'v1',
    at: new Date(BEGIN + Number(given.ms ?? (index + 1) * 100)).toISOString(),
    kind,
    action: ACTIONS[kind] ?? 'set',
    page: PAGE,
    frame: PAGE,
    origin: new URL(PAGE).origin,
    name: kind === 'request' ? null : name,
    host: kind === 'request' ? new URL(name).hostname : 'send-box.com',
    mechanism: given.action === 'present' ? 'snapshot' : 'other',
    confirmed: null,
    rejected: null,
    transient: false,
    initiator: given.script === undefined ? null : { url: String(given.script), line: 1, column: 1, function: null, stack: [] },
    cookie: kind === 'cookie' ? cookieOf(given) : null,
    request: kind === 'request' ? requestOf(given, name) : null,
    value: null,
    record: null,
    control: kind === 'control' ? { event: 'click', trusted: true, meaning: (given.meaning ?? null) as ControlMeaning | null } : null,
    signal: kind === 'signal' && 'source' in given ? signalOf(given) : null,
    cause: null,
    uncertainty: 0,
    ...own,
  };
}

function cookieOf(given: CaseObservation): NonNullable<GatheredObservation['cookie']> {
  const facts = Object.fromEntries(Object.entries(given).filter(([field]) => COOKIE_FIELDS.has(field)));
  const session = given.asked === undefined && given.granted === undefined;
  const empty = {
    domain: null,
    path: '/',
    asked: null,
    granted: null,
    session,
    secure: true,
    httpOnly: false,
    sameSite: 'lax',
    partitioned: false,
  };
  return { ...empty, ...facts };
}

function signalOf(given: CaseObservation): NonNullable<GatheredObservation['signal']> {
  const facts = Object.fromEntries(Object.entries(given).filter(([field]) => SIGNAL_FIELDS.has(field)));
  return { source: '', state: null, categories: null, ...facts };
}

function requestOf(given: CaseObservation, url: string): NonNullable<GatheredObservation['request']> {
  const facts = Object.fromEntries(Object.entries(given).filter(([field]) => REQUEST_FIELDS.has(field)));
  const whole = { url, method: 'GET', type: 'image', status: 200, ip: null, redirectedFrom: null, hit: false };
  return { ...whole, sentCookies: [], data: [], sentIdentifiers: [], internal: false, protocol: null, tagId: null, ...facts };
}
