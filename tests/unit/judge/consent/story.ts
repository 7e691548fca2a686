/** A visit told in order: what the person pressed, what was written after it, and what the auditor said. */
import { controlMeaning } from '../../../../lib/catalogue/consent-words.ts';
import { readConsentRecord } from '../../../../lib/catalogue/consent-record.ts';
import { consentTimeline } from '../../../../lib/judge/consent/timeline.ts';
import type { SignalFacts } from '../../../../lib/model/observation.ts';
import type { Visit } from '../../../../lib/model/evidence.ts';
import type { ConsentEntry } from '../../../../lib/model/audit.ts';
import type { PolicyDocument } from '../../../../lib/model/policy.ts';
import { bundledPolicy } from '../../../../lib/policy/bundled/index.ts';
import { normalisePolicy } from '../../../../lib/policy/normalise.ts';
import { evidenceOf, type CaseObservation } from '../../../rules/builder.ts';

/** A trusted press of a control with this label. */
export function click(label: string, more: { event?: string; trusted?: boolean } & CaseObservation = {}): CaseObservation {
  const { event = 'click', trusted = true, ...rest } = more;
  return { control: label, mechanism: event, ...rest, __control: { event, trusted, meaning: controlMeaning(label) } };
}

/** A cookie write, read as a record of consent where it is one. */
export function cookie(name: string, value: string, more: CaseObservation = {}): CaseObservation {
  const declared = name === 'sb_consent';
  return {
    cookie: name,
    asked: 15_552_000,
    mechanism: 'document.cookie',
    record: readConsentRecord(name, value, declared),
    value: { length: value.length, digest: value, born: null },
    ...more,
  };
}

/** A cookie that was there when somebody looked. */
export function present(name: string, value: string, more: CaseObservation = {}): CaseObservation {
  return { ...cookie(name, value), action: 'present', mechanism: 'snapshot', ...more };
}

/** The event of vanilla-cookieconsent, which lists what was accepted. */
export function vanillaEvent(accepted: string[], more: CaseObservation = {}): CaseObservation {
  const categories = Object.fromEntries(accepted.map((name) => [name, true]));
  return {
    signal: 'cc:onConsent',
    mechanism: 'event',
    ...more,
    __signal: { source: 'cmp:vanilla-cookieconsent', state: null, categories },
  };
}

/** What a platform says of itself. */
export function signal(name: string, facts: Partial<SignalFacts> & { source: string }, more: CaseObservation = {}): CaseObservation {
  return { signal: name, mechanism: 'event', ...more, __signal: { state: null, categories: null, ...facts } };
}

/** A command of Consent Mode; `found` in the data layer when that was first read. */
export function mode(name: string, categories: Record<string, boolean>, more: CaseObservation & { found?: boolean } = {}): CaseObservation {
  const { found = false, ...rest } = more;
  return signal(name, { source: 'consent-mode', categories, consentMode: { regions: [], found } }, rest);
}

export function mark(told: 'accepted' | 'rejected' | 'withdrawn' | Record<string, boolean>, more: CaseObservation = {}): CaseObservation {
  const state = typeof told === 'string' ? told : null;
  const categories = typeof told === 'string' ? null : told;
  return { signal: 'mark', mechanism: 'mark', ...more, __signal: { source: 'mark', state, categories } };
}

/** The record of vanilla-cookieconsent v3. */
export function vanillaRecord(categories: string[], more: CaseObservation = {}): CaseObservation {
  const value = {
    categories,
    revision: 0,
    data: null,
    consentTimestamp: '2026-11-02T10:00:01.000Z',
    consentId: '0a7d',
    services: {},
    languageCode: 'ru',
  };
  return cookie('cc_cookie', encodeURIComponent(JSON.stringify(value)), more);
}

export interface Story {
  policy?: Partial<PolicyDocument>;
  /** What is known of each profile at its start; default: clean. */
  clean?: (boolean | null)[];
  visits?: Partial<Visit>[];
  events: CaseObservation[];
}

export function timelineOf({ policy, clean = [], visits = [{}], events }: Story): ConsentEntry[] {
  const stripped = events.map(({ __control, __signal, ...rest }) => rest);
  const evidence = evidenceOf({ about: '', visits, observations: stripped, expected: [] });
  evidence.observations.forEach((one, index) => {
    const event = events[index] as { __control?: typeof one.control; __signal?: typeof one.signal };
    one.control = event.__control ?? one.control;
    one.signal = event.__signal ?? one.signal;
  });
  evidence.profiles.forEach((start, index) => {
    start.clean = clean[index] === undefined ? true : (clean[index] ?? null);
  });
  return consentTimeline({ ...evidence, policy: normalisePolicy({ ...bundledPolicy, ...policy }) });
}

/** States in order, with their sources: what most stories are about. */
export function statesOf(story: Story): string[] {
  return timelineOf(story).map(({ state, source }) => `${state} (${source})`);
}
