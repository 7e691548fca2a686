/** What tells of a choice: marks, records, and what consent platforms say of themselves. One function per source; their order of trust: docs/consent.md. */
import { SIGNAL_CATEGORIES } from '../../catalogue/consent-mode.ts';
import type { GatheredObservation } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';
import { meaningOfPurposes, meaningOfRecord, type Granted, type RecordMeaning } from './record-meaning.ts';
import { meaningOfServices, type Services } from './services.ts';

/** A sign that a choice was made, and how much it says. */
export interface Sign {
  source: string;
  observation: GatheredObservation;
  /** Consent-based categories, where the sign names them; null where it only says that something was recorded. */
  meaning: RecordMeaning | null;
  /** The sign is the platform's or policy's own and needs no words of a control beside it. */
  speaksForItself: boolean;
  /** It follows a choice, and much else: any record, mark and words of a control go before it. */
  weak?: boolean;
}

export function isSignal(o: GatheredObservation): boolean {
  return o.kind === 'signal';
}

/** Whether it is of a store that records of consent are kept in. */
export function isStored({ kind }: GatheredObservation): boolean {
  return kind === 'cookie' || kind === 'localStorage';
}

/** @param services of platforms that ask for single services, by source */
export function signOf(o: GatheredObservation, policy: Policy, services: ReadonlyMap<string, Services>): Sign | null {
  return recordSign(o, policy, services) ?? platformSign(o, policy, services) ?? tcfSign(o, policy) ?? consentModeSign(o, policy);
}

/** The timeline's name for the record in an entry; null for what is no record of a known make, or not the policy's own. */
export function sourceOfRecord(o: GatheredObservation, policy: Policy): string | null {
  if (!o.record || o.name === null || !isStored(o)) return null;
  if (policy.isConsentRecord({ kind: o.kind, name: o.name, host: o.host })) return 'record';
  if (o.record.cmp === null) return null;
  return o.record.cmp === 'tcf' ? 'tcf' : `cmp:${o.record.cmp}`;
}

/** OneTrust writes its record on every page, with a new date, before anybody chose; another cookie beside it says that somebody did. */
export function provesChoice(o: GatheredObservation, beside: GatheredObservation[]): boolean {
  return o.name !== 'OptanonConsent' || beside.some(({ name }) => name === 'OptanonAlertBoxClosed');
}

/** What the record in an entry grants; null where it cannot be read. */
export function meaningOfStored(o: GatheredObservation, policy: Policy, services: ReadonlyMap<string, Services>): RecordMeaning | null {
  if (!o.record || o.name === null) return null;
  const mapping = sourceOfRecord(o, policy) === 'record' ? (policy.document.consent?.record?.categories ?? null) : null;
  const known = services.get(`cmp:${o.record.cmp}`);
  const byService = mapping === null && known && o.record.granted ? meaningOfServices(o.record.granted, known, policy) : null;
  return byService ?? meaningOfRecord(o.name, o.record, policy, mapping);
}

/** Of a platform that keeps a record per category and writes those that change: what those say that were not `written` now. */
export function recordsBeside(observations: GatheredObservation[], written: GatheredObservation[], policy: Policy): RecordMeaning[] {
  const [first] = written;
  const cmp = first?.record?.cmp ?? null;
  if (!first || cmp === null) return [];
  const last = new Map<string | null, GatheredObservation>();
  for (const o of observations)
    if (o.seq < first.seq && o.record?.cmp === cmp && o.host === first.host && o.action === 'set' && o.rejected === null)
      last.set(o.name, o);
  for (const { name } of written) last.delete(name);
  return [...last.values()].flatMap((o) => meaningOfStored(o, policy, new Map()) ?? []);
}

/** A write of a consent record. What a platform writes before anybody chose, and says so, is none. */
export function recordSign(o: GatheredObservation, policy: Policy, services: ReadonlyMap<string, Services>): Sign | null {
  if (!isStored(o) || o.action !== 'set' || o.rejected !== null || o.transient || !o.record || o.record.chosen === false || o.name === null)
    return null;
  const meaning = meaningOfStored(o, policy, services);
  const source = sourceOfRecord(o, policy) ?? 'record';
  const own = policy.isConsentRecord({ kind: o.kind, name: o.name, host: o.host });
  const vanilla = o.record.cmp === 'vanilla-cookieconsent';
  return { source, observation: o, meaning, speaksForItself: (own || vanilla) && meaning !== null };
}

/** An event of a consent platform that names what was accepted. */
export function platformSign(o: GatheredObservation, policy: Policy, services: ReadonlyMap<string, Services>): Sign | null {
  if (o.kind !== 'signal' || !o.signal?.source.startsWith('cmp:') || !o.signal.categories) return null;
  const { source, categories } = o.signal;
  const sign = (meaning: RecordMeaning | null): Sign | null => meaning && { source, observation: o, meaning, speaksForItself: true };
  if (source === 'cmp:klaro') {
    // Klaro tells its state also when it is found; saving alone is a choice.
    if (o.name !== 'saveConsents') return null;
    const record = { cmp: 'klaro', granted: categories, dated: null };
    return sign(meaningOfServices(categories, services.get(source) ?? {}, policy) ?? meaningOfRecord('', record, policy, null));
  }
  const mapping = policy.document.consent?.record?.categories ?? null;
  // Such an event lists only what was accepted; what it leaves out was refused.
  return sign(meaningOfRecord('', { cmp: source.slice(4), granted: categories, dated: null }, policy, mapping));
}

/** What a signal of the TCF grants; null where the framework does not apply or no purpose is named. */
export function tcfMeaning(o: GatheredObservation, policy: Policy): RecordMeaning | null {
  if (o.signal?.source !== 'tcf' || !o.signal.categories || o.signal.tcf?.gdprApplies === false) return null;
  return meaningOfPurposes(o.signal.categories, policy);
}

/** `useractioncomplete`: the person has chosen. `cmpuishown` and `tcloaded` are no choice. */
function tcfSign(o: GatheredObservation, policy: Policy): Sign | null {
  if (o.name !== 'useractioncomplete') return null;
  const meaning = tcfMeaning(o, policy);
  return meaning && { source: 'tcf', observation: o, meaning, speaksForItself: true };
}

/** The policy's categories that a Consent Mode command names: granted where any signal of the category is. */
export function modeGranted(categories: Record<string, boolean>, policy: Policy): Granted {
  const granted: Granted = {};
  for (const [signal, value] of Object.entries(categories)) {
    const category = Object.hasOwn(SIGNAL_CATEGORIES, signal) ? (SIGNAL_CATEGORIES[signal] as string) : null;
    if (category !== null && policy.consentCategories.includes(category)) granted[category] = granted[category] === true || value;
  }
  return granted;
}

/**
 * What Consent Mode says after a command: a command changes only what it names, and an `update` goes before a `default`. What is limited
 * to regions may not apply here.
 */
export function modeInForce(
  observations: GatheredObservation[],
  command: GatheredObservation,
  lifeOf: (visit: string) => string,
  policy: Policy,
): Granted {
  const said = observations.filter(
    ({ seq, visit, signal }) =>
      signal?.source === 'consent-mode' &&
      seq <= command.seq &&
      lifeOf(visit) === lifeOf(command.visit) &&
      (signal.consentMode?.regions.length ?? 0) === 0,
  );
  const of = (name: string): Record<string, boolean>[] =>
    said.flatMap(({ name: own, signal }) => (own === name && signal?.categories ? [signal.categories] : []));
  return modeGranted(Object.assign({}, ...of('default'), ...of('update')) as Record<string, boolean>, policy);
}

/** A Consent Mode `update`. Its `default` is nobody's choice, and of what lay there when it was found nobody knows the moment. */
function consentModeSign(o: GatheredObservation, policy: Policy): Sign | null {
  if (o.signal?.source !== 'consent-mode' || o.name !== 'update' || !o.signal.categories || o.signal.consentMode?.found !== false)
    return null;
  const granted = modeGranted(o.signal.categories, policy);
  if (Object.keys(granted).length === 0) return null;
  const meaning = { granted, listsOnlyAccepted: false, mayNotOffer: true };
  return { source: 'consent-mode', observation: o, meaning, speaksForItself: false, weak: true };
}

/** Any other stored entry of the site that could be the record behind a control's words: named by nobody as a tracker's. */
export function possibleRecord(o: GatheredObservation, policy: Policy, isTracker: (o: GatheredObservation) => boolean): Sign | null {
  if (!isStored(o) || o.action !== 'set' || o.rejected !== null || o.transient || o.name === null) return null;
  if (!policy.isSite(o.host) || isTracker(o)) return null;
  return { source: 'click', observation: o, meaning: null, speaksForItself: false };
}
