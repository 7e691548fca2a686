/** What each service did in each state of consent: the overview that popup, panel and report share. */
import type { Audit } from '../model/audit.ts';
import type { Observation, Phase } from '../model/observation.ts';
import { STORED_KINDS } from '../model/observation.ts';

export interface Counts {
  /** Entries written or renewed; refused writes and deletions are not counted. */
  stored: number;
  /** Requests that went over the network. */
  requests: number;
}

export interface ServiceActivity {
  /** Unique within the audit. */
  key: string;
  /** The service's id; null for what nobody knows, which is told by host. */
  service: string | null;
  name: string;
  category: string;
  /** The policy names the service. The site itself counts as declared. */
  declared: boolean;
  /** The category needs no consent. */
  exempt: boolean;
  phases: Partial<Record<Phase, Counts>>;
  /** Unsuppressed findings about it. */
  errors: number;
  warnings: number;
  observations: Observation[];
}

/** One row per service, or per host that nobody knows; those with the most errors first, then warnings, then by name. */
export function activityByService(audit: Audit): ServiceActivity[] {
  const services = new Map(audit.services.map((service) => [service.id, service]));
  const exempt = exemptCategories(audit);
  const rows = new Map<string, ServiceActivity>();
  const row = (service: string | null, host: string, category: string, party: string | null): ServiceActivity => {
    const known = service === null ? undefined : services.get(service);
    const own = service === null && party === 'first';
    const key = activityKey(audit, { service, host, party });
    const found = rows.get(key) ?? {
      key,
      service,
      name: known?.name ?? service ?? (own ? audit.site.host : host),
      category: known?.category ?? (own ? 'unknown' : category),
      declared: known?.declared ?? own,
      exempt: exempt.has(known?.category ?? category),
      phases: {},
      errors: 0,
      warnings: 0,
      observations: [],
    };
    rows.set(key, found);
    return found;
  };
  for (const o of audit.observations) {
    const counted = countedAs(o);
    if (counted === null) continue;
    const one = row(o.service, o.host, o.category, o.party);
    one.observations.push(o);
    const counts = (one.phases[o.phase] ??= { stored: 0, requests: 0 });
    counts[counted] += 1;
  }
  for (const finding of audit.findings) {
    if (finding.suppressed !== null || finding.observations.length === 0 || finding.level === 'note' || finding.host === null) continue;
    row(finding.service, finding.host, finding.category ?? 'unknown', finding.party)[finding.level === 'error' ? 'errors' : 'warnings'] +=
      1;
  }
  return [...rows.values()].sort(
    (a, b) => b.errors - a.errors || b.warnings - a.warnings || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.key < b.key ? -1 : 1),
  );
}

/** The row that something belongs to: its service's, the site's own, or its host's where nobody knows it. */
export function activityKey(
  audit: Audit,
  { service, host, party }: { service: string | null; host: string; party: string | null },
): string {
  return service ?? (party === 'first' ? `site:${audit.site.host}` : `host:${host}`);
}

/** The policy's categories that rest on something else than consent. */
export function exemptCategories(audit: Audit): Set<string> {
  const categories = Array.isArray(audit.policy.document.categories) ? (audit.policy.document.categories as unknown[]) : [];
  return new Set(
    categories.flatMap((category) => {
      const { id, basis } = category as { id?: unknown; basis?: unknown };
      return typeof id === 'string' && basis !== 'consent' ? [id] : [];
    }),
  );
}

/** Whether an observation counts as a write, as a request, or as neither. */
export function countedAs(o: Observation): keyof Counts | null {
  if (o.kind === 'request') return o.request !== null && !o.request.internal ? 'requests' : null;
  const stored = (STORED_KINDS as readonly string[]).includes(o.kind);
  return stored && o.action === 'set' && o.rejected === null ? 'stored' : null;
}
