/** What rules may ask. Built once per judging by `factsOf`, each answer memoised. */
import type { ConsentEntry } from '../../model/audit.ts';
import type { Gap, Visit } from '../../model/evidence.ts';
import type { Observation } from '../../model/observation.ts';
import type { PolicyService } from '../../model/policy.ts';
import type { Policy } from '../../policy/policy.ts';

/** What policy and catalogue say of the thing an observation is about. */
export interface Subject {
  /** The policy declares this key or recipient. */
  declared: boolean;
  /** Id of the policy's service, else of the catalogue's. */
  service: string | null;
  serviceName: string | null;
  policyService: PolicyService | null;
  /** An id of the policy or `unknown`. */
  category: string;
  exempt: boolean;
  /** Policy or catalogue (on confirmed ground) knows it as functional, analytical or marketing: accusations are errors, else warnings. */
  known: boolean;
  /** Analytical or marketing: a tracker, not only something unknown or functional. */
  tracker: boolean;
  stated: string | null;
  /** Clauses about it: its category's, its service's, its period's. */
  clauses: { category: string[]; service: string[]; retention: string[] };
  /** What matched (a policy or catalogue pattern), else the name or host. */
  pattern: string;
  /** It is a record of consent (the policy's own or a known CMP's). */
  consentRecord: boolean;
}

/** What the user's choice says of a thing at the moment of its observation. */
export type Permission =
  | 'exempt' // needs no consent
  | 'granted'
  | 'before-choice'
  | 'refused' // after a rejection
  | 'not-granted' // after a partial choice, never granted
  | 'withdrawn' // granted earlier, not now
  | 'unknown'; // nobody can tell in which phase it was

export interface Facts {
  policy: Policy;
  /** Annotated, in `seq` order. */
  observations: Observation[];
  consent: ConsentEntry[];
  visits: Visit[];
  /** The visit with which a visit's document began: that of a `route` is the one it goes on in. */
  lifeOf(visit: string): string;
  gaps: Gap[];
  lost: number;
  subject(o: Observation): Subject;
  permission(o: Observation): Permission;
  /** The consent entry in force at the observation's moment. */
  consentAt(o: Observation): ConsentEntry;
  /** Consent-based categories granted at some time before the observation in its profile. */
  grantedBefore(o: Observation): ReadonlySet<string>;
  profileOf(o: Observation): number;
  byId(id: string): Observation | null;
  /**
   * What was left on the device, in `seq` order: writes that were neither refused nor deletions, and the first snapshot sighting
   * (`action: 'present'`) of each entry in a profile whose write nobody saw.
   */
  writes: Observation[];
  /** The stored entries (latest write or sighting before the request) that a request carries in Cookie header, URL or body. */
  carried(request: Observation): Observation[];
}
