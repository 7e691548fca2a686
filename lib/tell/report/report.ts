/** What every section of the report works with: the audit, the words, and who is who. */
import type { Audit, ConsentEntry } from '../../model/audit.ts';
import type { Observation } from '../../model/observation.ts';
import { LANGUAGES, type Language, type Localised } from '../../model/policy.ts';
import { visible } from '../message.ts';
import { sayIn, type Say } from '../say.ts';

/** A choice of the person, as the timeline holds it. */
export interface Act {
  entry: ConsentEntry;
  profile: number;
  at: number; // epoch milliseconds
  /** Of the observation that is the act itself; null where none is cited. */
  seq: number | null;
  /** The words of the control that was used, or the element where it had none that speak of consent; null where no control was seen. */
  words: string | null;
}

export interface Report {
  audit: Audit;
  language: Language;
  say: Say;
  /** IANA name, known to this machine. */
  timeZone: string;
  observation(id: string): Observation | null;
  /** The last write of the same thing in the same profile that was seen before, for what was only found in the store; null where there is none. */
  writeBefore(found: Observation): Observation | null;
  /** 0 for a visit that the audit does not list. */
  profileOf(visit: string): number;
  profiles: readonly number[];
  /** In the order of happening. */
  acts: readonly Act[];
}

export function reportOn(audit: Audit, language: Language): Report {
  const observations = new Map(audit.observations.map((o) => [o.id, o]));
  const profiles = new Map(audit.run.visits.map(({ id, profile }) => [id, profile]));
  const profileOf = (visit: string): number => profiles.get(visit) ?? 0;
  const thing = (o: Observation): string => JSON.stringify([o.kind, o.name, o.host, profileOf(o.visit)]);
  const writes = Map.groupBy(
    audit.observations.filter(({ action, rejected }) => action === 'set' && rejected === null),
    thing,
  );
  const acts = audit.consent
    .filter(({ byUser }) => byUser)
    .map((entry): Act => {
      const cited = entry.observations.map((id) => observations.get(id)).filter((o) => o !== undefined);
      const control = cited.find(({ kind }) => kind === 'control');
      return { entry, profile: profileOf(entry.visit), at: Date.parse(entry.at), seq: cited[0]?.seq ?? null, words: control?.name ?? null };
    });
  return {
    audit,
    language,
    say: sayIn(language),
    timeZone: knownTimeZone(audit.conditions.timeZone),
    writeBefore: (found) => writes.get(thing(found))?.findLast(({ seq }) => seq < found.seq) ?? null,
    observation: (id) => observations.get(id) ?? null,
    profileOf,
    profiles: [...new Set(audit.run.visits.map(({ profile }) => profile))].sort((a, b) => a - b),
    acts,
  };
}

/** UTC where the audit names a zone that this machine does not know: a file may hold anything. */
function knownTimeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    // RangeError: no such zone. The report names the one that it used.
    return 'UTC';
  }
}

/** A text in several languages, as policies hold it; members that are no text are left out. */
export function localised(value: unknown): Localised {
  if (typeof value !== 'object' || value === null) return {};
  const given = value as Record<string, unknown>;
  return Object.fromEntries(LANGUAGES.flatMap((language) => (typeof given[language] === 'string' ? [[language, given[language]]] : [])));
}

/** The text in the report's language, else the one that there is. */
export function inLanguage(text: Localised, language: Language): string | null {
  return text[language] ?? text.en ?? text.ru ?? text.kk ?? null;
}

/** A member of the policy's document as an object; empty where it is none. */
export function memberOf(audit: Audit, name: string): Record<string, unknown> {
  const value = audit.policy.document[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** The language that the policy was written in, or null where it does not say or nobody here reads it. */
export function sourceLanguage(audit: Audit): Language | null {
  const { language } = memberOf(audit, 'source');
  return LANGUAGES.find((known) => known === language) ?? null;
}

export function categoryText({ say }: Report, id: string): string {
  return say.or(visible(id), `popup_category_named_${underscored(id)}`);
}

export function underscored(id: string): string {
  return id.replaceAll('-', '_');
}

/** The members of an object that the audit holds, always in one order: that of `first`, then by name. A file keeps no order of its own. */
export function membersOf(value: object, first: readonly string[] = []): [string, unknown][] {
  const place = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length);
  return Object.entries(value).sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
}
