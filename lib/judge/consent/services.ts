/** Platforms that ask for single services (Klaro): what their services' purposes say in the policy's categories. */
import type { GatheredObservation } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';
import { meaningOfRecord, type RecordMeaning } from './record-meaning.ts';

/** Each service that is not required, with its purposes as the site's own settings of the platform name them. */
export type Services = Readonly<Record<string, readonly string[]>>;

/** The platforms' services by source (`cmp:klaro`), as the last signal told them. */
export function servicesIn(observations: GatheredObservation[]): ReadonlyMap<string, Services> {
  return new Map(observations.flatMap(({ signal }) => (signal?.services ? [[signal.source, signal.services] as const] : [])));
}

/**
 * A category is granted where any service of it is; what is required is not asked for and says nothing. A service that the policy
 * declares under the same id is of the policy's category, whatever its purposes are called.
 * @returns null where no purpose could be recognised
 */
export function meaningOfServices(granted: Record<string, boolean>, services: Services, policy: Policy): RecordMeaning | null {
  const named: Record<string, boolean> = {};
  for (const [service, purposes] of Object.entries(services)) {
    const allowed = granted[service];
    if (allowed === undefined) continue;
    const declared = policy.service(service)?.category;
    for (const name of declared === undefined ? purposes : [declared]) named[name] = named[name] === true || allowed;
  }
  const meaning = meaningOfRecord('', { cmp: null, granted: named, dated: null }, policy, null);
  if (meaning === null || Object.keys(named).length === 0) return null;
  // Pairs say "no" outright, also where all of them say "yes".
  return { ...meaning, listsOnlyAccepted: false };
}
