/** What the policy states for the life of a stored thing: the key's own period, else its service's, else its category's. */
import type { Audit } from '../model/audit.ts';
import type { Observation } from '../model/observation.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { addDuration } from '../policy/duration.ts';
import { normalisePolicy } from '../policy/normalise.ts';

export interface StatedPeriod {
  /** ISO 8601 duration, `session`, or null for "not stated". */
  stated: string | null;
  clauses: string[];
}

/** @param standIns hosts that stand in for the policy's sites */
export function statedPeriods(audit: Audit, standIns: readonly string[]): (o: Observation) => StatedPeriod {
  const policy = normalisePolicy(audit.policy.document as unknown as PolicyDocument, { sites: standIns });
  return (o) => {
    const match = o.name === null ? null : policy.matchKey({ kind: o.kind, name: o.name, host: o.host });
    return match ?? policy.stated(o.service === null ? null : policy.service(o.service), o.category);
  };
}

/** The moment at which a stated period ends, ISO 8601; null where it has no such moment. */
export function periodEnd(from: string, stated: string | null): string | null {
  if (stated === null || stated === 'session') return null;
  const end = addDuration(Date.parse(from), stated);
  return Number.isFinite(end) ? new Date(end).toISOString() : null;
}
