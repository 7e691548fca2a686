/** The policy as judging uses it: the validated document with its matchers. Made by `normalisePolicy`. */
import type { Kind } from '../model/observation.ts';
import type { PolicyCategory, PolicyDocument, PolicyService } from '../model/policy.ts';

/** A stored thing to look up: what it is, its name, and its host (a cookie's Domain without dot, a storage entry's origin's host). */
export interface StoredThing {
  kind: Kind;
  name: string;
  host: string;
}

/** Where the policy declares a key. */
export interface KeyMatch {
  /** The declaring pattern, as written (`_ga_*`). */
  pattern: string;
  category: string;
  service: PolicyService | null;
  /** The stated period: the key's own, else its service's, else its category's; null for "not stated". */
  stated: string | null;
  /** Clauses that say so, most specific first, without repetition; empty where the policy names none. */
  clauses: string[];
}

export interface Policy {
  document: PolicyDocument;
  /** SHA-256 of the canonical document, `sha256:…`. */
  sha256: string;
  /** The host that names the site in fingerprints: the first of `sites` without `*.`. */
  canonicalHost: string;
  /** The policy's sites and those that stand in for them (`--site`). */
  sites: string[];
  isSite(host: string): boolean;
  category(id: string): PolicyCategory | null;
  /** false for `unknown` and for categories whose basis is consent. */
  isExempt(category: string): boolean;
  /** The ids of the categories whose basis is consent. */
  consentCategories: string[];
  matchKey(thing: StoredThing): KeyMatch | null;
  /** The service that declares this host, most specific pattern first. */
  matchHost(host: string): PolicyService | null;
  service(id: string): PolicyService | null;
  /** The period and clauses stated for something of a service and category that no key declares. */
  stated(service: PolicyService | null, category: string): { stated: string | null; clauses: string[] };
  /** Whether this is the policy's own record of consent. */
  isConsentRecord(thing: StoredThing): boolean;
}
