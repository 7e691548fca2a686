/** Which finding stands where: by service, there by rule, there what is said alike. */
import type { Finding } from '../../model/audit.ts';
import { activityByService, activityKey } from '../activity.ts';
import type { Report } from './report.ts';

/** What speaks of the policy or of the run has sections of its own. */
const APART = ['declared-never-seen', 'policy-gap', 'capture-gap'];

export interface RuleGroup {
  rule: string;
  /** Findings that say the same of another profile stand together. */
  cases: Finding[][];
}

export interface ServiceGroup {
  /** Position in the document, from 1. */
  number: number;
  name: string;
  /** The site itself. */
  own: boolean;
  operator: string | null;
  category: string | null;
  declared: boolean | null;
  findings: Finding[];
  rules: RuleGroup[];
}

/** The unsuppressed findings of one rule that has a section of its own. */
export function findingsOf({ audit }: Report, rule: string): Finding[] {
  return audit.findings.filter((finding) => finding.rule === rule && finding.suppressed === null);
}

/** A rule that crashed says nothing about the site: that is told with what could not be seen. */
export function crashes({ audit }: Report): Finding[] {
  return audit.findings.filter((finding) => finding.outcome === 'error' && finding.suppressed === null && !APART.includes(finding.rule));
}

/** Services in the order of `activityByService`, the worst first; what concerns no service stands with the site itself. */
export function findingsByService(report: Report): ServiceGroup[] {
  const { audit } = report;
  const rows = new Map(activityByService(audit).map((row) => [row.key, row]));
  const own = `site:${audit.site.host}`;
  const groups = Map.groupBy(
    audit.findings.filter((finding) => finding.suppressed === null && finding.outcome !== 'error' && !APART.includes(finding.rule)),
    ({ service, host, party }) => (service === null && host === null ? own : activityKey(audit, { service, host: host ?? '', party })),
  );
  const order = [...rows.keys()];
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...groups]
    .sort(([a], [b]) => place(a) - place(b))
    .map(([key, findings], index) => {
      const row = rows.get(key);
      const met = audit.services.find(({ id }) => id === key);
      return {
        number: index + 1,
        name: row?.name ?? met?.name ?? (key === own ? audit.site.host : key.replace(/^host:/, '')),
        own: key === own,
        operator: met?.operator ?? null,
        category: row?.category ?? met?.category ?? null,
        declared: row?.declared ?? met?.declared ?? null,
        findings,
        rules: [...Map.groupBy(findings, ({ rule }) => rule)].map(([rule, ofRule]) => ({ rule, cases: casesOf(ofRule) })),
      };
    });
}

function casesOf(findings: Finding[]): Finding[][] {
  const same = ({ level, outcome, kind, name, host, messageId, arguments: args, clauses }: Finding): string =>
    JSON.stringify([level, outcome, kind, name, host, messageId, Object.entries(args).sort(), clauses]);
  return [...Map.groupBy(findings, same).values()];
}
