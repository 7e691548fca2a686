/** The three findings to look at first, in words. */
import type { Finding } from '../model/audit.ts';
import { LEVELS } from '../model/audit.ts';
import { findingShown, type FindingShown } from './findings.ts';
import type { Say } from './say.ts';

export interface WorstFinding extends FindingShown {
  level: Finding['level'];
  title: string;
  /** How many more findings the same rule has at that level, in words; null where this is the only one. */
  more: string | null;
}

const MOST = 3;

/**
 * One finding each of the gravest rules: errors before warnings, certain ones before what cannot be told, then the rule with the most
 * findings. Notes are never among the worst.
 */
export function worstFindings(findings: readonly Finding[], say: Say): WorstFinding[] {
  const counted = findings.filter(({ suppressed, level }) => suppressed === null && level !== 'note');
  const groups = [...Map.groupBy(counted, ({ level, rule }) => `${level} ${rule}`).values()].map((group) => ({
    group,
    first: group.find(({ outcome }) => outcome === 'fail') ?? (group[0] as Finding),
  }));
  const doubt = ({ outcome }: Finding): number => (outcome === 'fail' ? 0 : 1);
  return groups
    .sort(
      (a, b) =>
        LEVELS.indexOf(a.first.level) - LEVELS.indexOf(b.first.level) ||
        doubt(a.first) - doubt(b.first) ||
        b.group.length - a.group.length ||
        (a.first.rule < b.first.rule ? -1 : 1),
    )
    .slice(0, MOST)
    .map(({ group, first }) => ({
      ...findingShown(first, say),
      level: first.level,
      title: say.or(first.rule, `rule_${first.rule.replaceAll('-', '_')}`),
      more: group.length > 1 ? say('popup_worst_more', { count: group.length - 1 }) : null,
    }));
}
