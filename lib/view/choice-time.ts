/** When something happened relative to the choice that it followed or preceded. */
import type { Audit, ConsentEntry } from '../model/audit.ts';

export interface ChoiceTime {
  /** Milliseconds since the choice; negative: before it. Without any choice, since the beginning of the recording of that profile. */
  offset: number;
  /** null: nobody chose anything in that profile. */
  choice: ConsentEntry | null;
}

/** A lookup over one audit: of a moment in a visit, the last choice before it, else the first one after it, of the same profile. */
export function choiceTimes(audit: Audit): (at: string, visit: string) => ChoiceTime {
  const profiles = new Map(audit.run.visits.map(({ id, profile }) => [id, profile]));
  const starts = new Map<number, number>();
  for (const { profile, startedAt } of audit.run.visits) if (!starts.has(profile)) starts.set(profile, Date.parse(startedAt));
  const choices = new Map<number, { at: number; entry: ConsentEntry }[]>();
  for (const entry of audit.consent) {
    const profile = profiles.get(entry.visit);
    if (profile === undefined || entry.source === 'start') continue;
    choices.set(profile, [...(choices.get(profile) ?? []), { at: Date.parse(entry.at), entry }]);
  }
  return (at, visit) => {
    const moment = Date.parse(at);
    const profile = profiles.get(visit) ?? 1;
    const own = choices.get(profile) ?? [];
    const found = own.findLast((choice) => choice.at <= moment) ?? own[0];
    if (found) return { offset: moment - found.at, choice: found.entry };
    return { offset: moment - (starts.get(profile) ?? moment), choice: null };
  };
}
