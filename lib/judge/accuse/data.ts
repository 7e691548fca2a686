/** Which kinds of data go to whom. */
import type { Observation } from '../../model/observation.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Facts } from '../facts/facts.ts';

export interface DataSent {
  /** Kinds of data, sorted. */
  kinds: string[];
  /** For each kind the first request that carried it, in the order of happening. */
  evidence: Observation[];
  first: Observation;
}

/** Of each recipient's host in a profile the kinds of data that count, with the requests that carried them over the network. */
export function dataSent(facts: Facts, counts: (request: Observation, kind: string) => boolean): DataSent[] {
  const sent = new Map<string, Map<string, Observation>>();
  for (const o of facts.observations) {
    if (o.request === null || o.request.internal || facts.subject(o).exempt) continue;
    const key = JSON.stringify([facts.profileOf(o), o.host, o.party]);
    for (const kind of o.request.data) {
      if (!counts(o, kind)) continue;
      const kinds = sent.get(key) ?? new Map<string, Observation>();
      sent.set(key, kinds);
      if (!kinds.has(kind)) kinds.set(kind, o);
    }
  }
  return [...sent.values()].map((kinds) => {
    const evidence = [...new Set(kinds.values())];
    return { kinds: [...kinds.keys()].sort(), evidence, first: evidence[0] as Observation };
  });
}

/** The kinds of data that the policy lists, whatever it calls its groups. */
export function declaredData({ data = [] }: PolicyDocument): Set<string> {
  return new Set(data.flatMap(kindsOf));
}

function kindsOf(entry: unknown): string[] {
  const { kinds } = (entry ?? {}) as { kinds?: unknown };
  return Array.isArray(kinds) ? kinds.filter((kind) => typeof kind === 'string') : [];
}
