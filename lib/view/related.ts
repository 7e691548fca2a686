/** What belongs to one row: the findings that cite it, and the observations that have to do with it. */
import type { Audit, Finding } from '../model/audit.ts';
import type { Observation } from '../model/observation.ts';

export interface Related {
  findings: Finding[];
  /** The request whose answer did it. */
  cause: Observation | null;
  /** What it did in turn: the cookies that its answer set. */
  effects: Observation[];
  /** The same name at the same host, in the order of happening; of a finding, what it cites. */
  same: Observation[];
}

export interface Relations {
  ofObservation(o: Observation): Related;
  ofFinding(finding: Finding): Related;
}

/** A lookup over one audit; its tables are made once. */
export function relations(audit: Audit): Relations {
  const byId = new Map(audit.observations.map((o) => [o.id, o]));
  const citing = grouped(
    audit.findings
      .filter(({ suppressed }) => suppressed === null)
      .flatMap((finding) => finding.observations.map((id) => [id, finding] as const)),
  );
  const effects = grouped(audit.observations.flatMap((o) => (o.cause === null ? [] : [[o.cause, o] as const])));
  const same = grouped(audit.observations.map((o) => [thing(o), o] as const));
  return {
    ofObservation: (o) => ({
      findings: citing.get(o.id) ?? [],
      cause: o.cause === null ? null : (byId.get(o.cause) ?? null),
      effects: effects.get(o.id) ?? [],
      same: (same.get(thing(o)) ?? []).filter(({ id }) => id !== o.id),
    }),
    ofFinding: ({ observations, ...finding }) => {
      const cited = new Set(observations);
      return {
        findings: [...new Set(observations.flatMap((id) => citing.get(id) ?? []))].filter(({ id }) => id !== finding.id),
        cause: null,
        effects: [],
        same: [...cited].flatMap((id) => byId.get(id) ?? []),
      };
    },
  };
}

function thing({ kind, name, host, request }: Observation): string {
  return JSON.stringify([kind, name ?? request?.url ?? null, host]);
}

function grouped<T>(pairs: (readonly [string, T])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
