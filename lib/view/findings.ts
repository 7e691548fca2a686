/** Findings in words and by level, as the popup lists them. */
import type { Finding, Level } from '../model/audit.ts';
import { visible } from '../tell/message.ts';
import { categoryText } from './consent-now.ts';
import type { Say } from './say.ts';

export interface FindingShown {
  id: string;
  /** What it is about: the name of a cookie or key; null for requests and for the policy itself. */
  name: string | null;
  host: string | null;
  message: string;
  /** `Clause 2.3, 4.2`; null where it cites none. */
  clauses: string | null;
  /** Why it is no certain failure, or null. */
  doubt: string | null;
  /** Phase, category and how often, each in words. */
  details: string[];
}

export interface RuleShown {
  rule: string;
  title: string;
  findings: FindingShown[];
}

export interface LevelShown {
  level: Level;
  heading: string;
  rules: RuleShown[];
}

const ORDER = ['error', 'warning', 'note'] as const satisfies Level[];

/** The unsuppressed findings, errors first, those of one rule together; levels without findings are left out. Otherwise the audit's order. */
export function findingsByLevel(findings: readonly Finding[], say: Say): LevelShown[] {
  return ORDER.map((level) => {
    const own = findings.filter((finding) => finding.level === level && finding.suppressed === null);
    return { level, heading: say(`level_${level}`, { count: own.length }), rules: byRule(own, say) };
  }).filter(({ rules }) => rules.length > 0);
}

function byRule(findings: Finding[], say: Say): RuleShown[] {
  return [...new Set(findings.map(({ rule }) => rule))].map((rule) => ({
    rule,
    title: say.or(visible(rule), `rule_${underscored(rule)}`),
    findings: findings.filter((finding) => finding.rule === rule).map((finding) => findingShown(finding, say)),
  }));
}

/** One finding in words; names and hosts with their hidden characters made visible. */
export function findingShown(finding: Finding, say: Say): FindingShown {
  return {
    id: finding.id,
    name: finding.name === null ? null : visible(finding.name),
    host: finding.host === null ? null : visible(finding.host),
    message: say.or(visible(finding.message), finding.messageId, finding.arguments),
    clauses:
      finding.clauses.length === 0
        ? null
        : say(finding.clauses.length === 1 ? 'popup_clause' : 'popup_clauses', { clauses: finding.clauses.join(', ') }),
    doubt: finding.outcome === 'fail' ? null : say(`outcome_${finding.outcome}`),
    details: details(finding, say),
  };
}

function details({ phase, category, count, observations }: Finding, say: Say): string[] {
  // Findings about the policy itself have no moment, and nothing to count.
  if (observations.length === 0) return [];
  return [
    ...(phase === null ? [] : [say(`popup_phase_${underscored(phase)}`)]),
    ...(category === null ? [] : [categoryText(category, say)]),
    ...(count > 1 ? [say('popup_times', { count })] : []),
  ];
}

function underscored(id: string): string {
  return id.replaceAll('-', '_');
}
