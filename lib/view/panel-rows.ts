/** The audit as rows of the panel's four tables. */
import type { Audit, Finding, Level } from '../model/audit.ts';
import type { Observation, Phase } from '../model/observation.ts';
import { activityByService, activityKey } from '../tell/activity.ts';
import { choiceTimes, type ChoiceTime } from './choice-time.ts';
import type { Say } from './say.ts';

export const PANEL_TABS = ['findings', 'cookies', 'storage', 'requests'] as const;
export type PanelTab = (typeof PANEL_TABS)[number];

interface Row {
  /** The same for the same thing in every audit of one recording, whatever its number there. */
  key: string;
  /** Its number in this audit. */
  id: string;
  phase: Phase;
  category: string;
  /** `activityKey` of its service. */
  service: string;
  serviceName: string;
  visit: string | null;
  /** Epoch milliseconds; null for what has no moment. */
  at: number | null;
  time: ChoiceTime | null;
  /** What the filter searches, in lower case. */
  text: string;
}

export interface ObservationRow extends Row {
  is: 'observation';
  observation: Observation;
  /** The gravest level of the findings that cite it. */
  level: Level | null;
}

export interface FindingRow extends Row {
  is: 'finding';
  finding: Finding;
  title: string;
  message: string;
}

export type PanelRow = ObservationRow | FindingRow;
export type PanelRows = Record<PanelTab, PanelRow[]>;

const LEVELS: Level[] = ['error', 'warning', 'note'];

/** All rows, in the audit's order. Observations that are neither stored things nor requests (clicks, signals) are told by the timeline. */
export function panelRows(audit: Audit, say: Say): PanelRows {
  const names = new Map(activityByService(audit).map(({ key, name }) => [key, name]));
  const when = choiceTimes(audit);
  const levels = levelsOf(audit);
  const key = unique();
  const visits = new Map(audit.observations.map(({ id, visit }) => [id, visit]));
  const rows: PanelRows = { findings: [], cookies: [], storage: [], requests: [] };

  for (const o of audit.observations) {
    const tab = tabOf(o);
    if (tab === null) continue;
    const service = activityKey(audit, o);
    const serviceName = names.get(service) ?? service.replace(/^(site|host):/, '');
    rows[tab].push({
      is: 'observation',
      observation: o,
      key: key(observationKey(o)),
      id: o.id,
      phase: o.phase,
      category: o.category,
      service,
      serviceName,
      visit: o.visit,
      at: Date.parse(o.at),
      time: when(o.at, o.visit),
      level: levels.get(o.id) ?? null,
      text: [
        o.name,
        o.rawName,
        o.host,
        serviceName,
        o.mechanism,
        o.action,
        o.kind,
        o.request?.url,
        o.request?.type,
        o.initiator?.url,
        o.rejected,
      ]
        .filter((part) => part !== null && part !== undefined)
        .join('\n')
        .toLowerCase(),
    });
  }
  for (const f of audit.findings) {
    if (f.suppressed !== null) continue;
    const service = activityKey(audit, { service: f.service, host: f.host ?? audit.site.host, party: f.host === null ? 'first' : f.party });
    const serviceName = names.get(service) ?? service.replace(/^(site|host):/, '');
    const visit = visits.get(f.observations[0] ?? '') ?? null;
    const title = say.or(f.rule, `rule_${f.rule.replaceAll('-', '_')}`);
    const message = say.or(f.message, f.messageId, f.arguments);
    rows.findings.push({
      is: 'finding',
      finding: f,
      key: key(JSON.stringify(['finding', f.fingerprint, f.kind, f.name, f.host, f.party, f.profile])),
      id: f.id,
      phase: f.phase ?? 'unknown',
      category: f.category ?? 'unknown',
      service,
      serviceName,
      visit,
      at: f.firstAt === null ? null : Date.parse(f.firstAt),
      time: f.firstAt === null || visit === null ? null : when(f.firstAt, visit),
      title,
      message,
      text: [f.rule, title, message, f.name, f.host, serviceName, ...f.clauses]
        .filter((part) => part !== null)
        .join('\n')
        .toLowerCase(),
    });
  }
  return rows;
}

/** The table that shows an observation; null for those that no table shows. */
export function tabOf({ kind }: Observation): PanelTab | null {
  if (kind === 'cookie') return 'cookies';
  if (kind === 'request') return 'requests';
  return kind === 'api' || kind === 'control' || kind === 'signal' ? null : 'storage';
}

/** The gravest level of the findings that cite an observation, by its id. */
export function levelsOf(audit: Audit): Map<string, Level> {
  const levels = new Map<string, Level>();
  for (const level of LEVELS.toReversed())
    for (const finding of audit.findings)
      if (finding.level === level && finding.suppressed === null) for (const id of finding.observations) levels.set(id, level);
  return levels;
}

/** What is present is looked at again and again: its moment is no part of it. */
function observationKey(o: Observation): string {
  const moment = o.action === 'present' || o.action === 'absent' ? null : o.at;
  return JSON.stringify([o.kind, o.action, o.name, o.host, o.visit, moment, o.mechanism, o.frame, o.request?.method, o.request?.url]);
}

/** Tells apart what is alike in everything, by the order of happening. */
function unique(): (key: string) => string {
  const counts = new Map<string, number>();
  return (key) => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count === 0 ? key : `${key}#${count}`;
  };
}
