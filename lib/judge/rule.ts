/** What a rule is: data about itself and one pure function of the facts. */
import type { Level, Outcome } from '../model/audit.ts';
import type { Observation } from '../model/observation.ts';
import type { Facts } from './facts/facts.ts';

export interface RuleMeta {
  /** Public id, see docs/rules. */
  id: string;
  /** Clauses cited where the policy itself does not say which of its clauses applies. Empty only for notes about the run. */
  clauses: string[];
  /** Every level this rule may give. */
  levels: Level[];
  /** One sentence, for the docs: when it fails. */
  failsWhen: string;
}

/** One thing a rule holds against the evidence. The engine joins those of one rule, kind, name, host, party and profile. */
export interface Accusation {
  outcome: Outcome;
  level: Level;
  /** The observations that prove it, the accused one first; empty only in notes about the policy or the run. */
  evidence: Observation[];
  clauses: string[];
  /** Key of public/_locales messages, `<rule>.<variant>` with dots and hyphens as underscores. */
  messageId: string;
  arguments: Record<string, string | number>;
  /** The stated period this was held against, ISO 8601 or `session`. */
  stated?: string | null;
  /** What it is about, where that is not the first observation. */
  about?: Partial<Pick<Observation, 'kind' | 'name' | 'host' | 'party' | 'service' | 'category' | 'phase'>>;
  /** What identifies it across runs beside rule, kind and host; default: the matched pattern or the name. */
  fingerprintKey?: string;
}

export interface Rule {
  meta: RuleMeta;
  /** Pure. Must not read a clock, mutate its argument, or depend on another rule's result. */
  judge(facts: Facts): Accusation[];
}
