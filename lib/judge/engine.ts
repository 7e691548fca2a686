/** Runs the rules and joins what they hold against the evidence into findings. */
import { LEVELS } from '../model/audit.ts';
import type { Finding, Level } from '../model/audit.ts';
import { inPolicysNumbers } from './accuse/clauses.ts';
import type { Facts } from './facts/facts.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Accusation, Rule } from './rule.ts';
import { rules as allRules } from './rules/index.ts';

export interface JudgeOptions {
  /** Renders a message in English from its id and arguments. */
  say: (messageId: string, args: Record<string, string | number>) => string;
  rules?: readonly Rule[];
}

type Draft = Omit<Finding, 'id'>;

/**
 * The findings: one per rule, kind, name, host, party and profile, ordered by level, rule, profile, host and name, numbered `f1`, `f2`, ….
 * A rule that throws becomes one finding of outcome `error`; the others go on. The same facts always give the same findings.
 */
export function judge(facts: Facts, { say, rules = allRules }: JudgeOptions): Finding[] {
  const drafts = rules.flatMap((rule) => judgeRule(facts, rule, say));
  return drafts.sort(inOrder).map((draft, index) => ({ id: `f${index + 1}`, ...draft }));
}

/** How many findings of a level there would be, without putting any together: for what is asked again and again. */
export function countFindings(facts: Facts, level: Level, rules: readonly Rule[] = allRules): number {
  return rules.flatMap((rule) => grouped(facts, rule)).filter((group) => gravest(group) === level).length;
}

function gravest(group: Accusation[]): Level | undefined {
  return LEVELS.find((level) => group.some((accusation) => accusation.level === level));
}

function judgeRule(facts: Facts, rule: Rule, say: JudgeOptions['say']): Draft[] {
  return grouped(facts, rule).map((group) => join(facts, rule, group, say));
}

/** What a rule holds against the evidence, by what becomes one finding. */
function grouped(facts: Facts, rule: Rule): Accusation[][] {
  let accusations: Accusation[];
  try {
    accusations = rule.judge(facts).map(withDoubt);
  } catch {
    // One rule's crash is one rule's error. What was thrown may quote the page, so it is not repeated.
    accusations = [crash(rule)];
  }
  const groups = Map.groupBy(accusations, (accusation) => {
    const { kind, name, host, party } = aboutOf(accusation);
    return JSON.stringify([kind, name, host, party, profileOf(facts, accusation)]);
  });
  return [...groups.values()];
}

/** Of what a page may have written that is not audited, nobody can tell whether the site is to blame. */
function withDoubt(accusation: Accusation): Accusation {
  const doubtful = accusation.outcome === 'fail' && accusation.evidence[0]?.cookie?.maybeElsewhere === true;
  return doubtful ? { ...accusation, outcome: 'unsure' } : accusation;
}

function crash(rule: Rule): Accusation {
  return {
    outcome: 'error',
    level: 'warning',
    evidence: [],
    clauses: rule.meta.clauses,
    messageId: 'finding_rule_error',
    arguments: { rule: rule.meta.id },
    fingerprintKey: 'crash',
  };
}

function aboutOf({ evidence, about }: Accusation): Pick<Finding, 'kind' | 'name' | 'host' | 'party' | 'service' | 'category' | 'phase'> {
  const first = evidence[0];
  return {
    kind: first?.kind ?? null,
    name: first?.name ?? null,
    host: first?.host ?? null,
    party: first?.party ?? null,
    service: first?.service ?? null,
    category: first?.category ?? null,
    phase: first?.phase ?? null,
    ...about,
  };
}

function profileOf(facts: Facts, { evidence }: Accusation): number | null {
  return evidence[0] === undefined ? null : facts.profileOf(evidence[0]);
}

/**
 * The gravest accusation speaks for its finding: the worst level, there a failure before what cannot be told, there the earliest. So a
 * failure never takes a level that only something unsure would have, and something unsure is not hidden behind a lesser failure.
 */
function join(facts: Facts, rule: Rule, group: Accusation[], say: JudgeOptions['say']): Draft {
  const inTime = group.toSorted((a, b) => (a.evidence[0]?.seq ?? 0) - (b.evidence[0]?.seq ?? 0));
  const speaker = inTime.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || gravity(a) - gravity(b))[0] as Accusation;
  const accused = speaker.evidence[0] ?? null;
  const moments = inTime.map(({ evidence }) => evidence[0]).filter((o) => o !== undefined);
  const cited = new Map(inTime.flatMap(({ evidence }) => evidence).map((o) => [o.id, o.seq]));
  const about = aboutOf(speaker);
  const pattern = accused === null || speaker.about?.name !== undefined ? about.name : facts.subject(accused).pattern;
  const fingerprint = fingerprintOf(facts.policy, {
    rule: rule.meta.id,
    kind: about.kind,
    host: about.host,
    key: speaker.fingerprintKey ?? pattern,
  });
  return {
    rule: rule.meta.id,
    outcome: speaker.outcome,
    level: speaker.level,
    clauses: inPolicysNumbers(facts.policy, [...new Set([speaker, ...inTime].flatMap(({ clauses }) => clauses))]),
    ...about,
    phase: inTime[0] === undefined ? null : aboutOf(inTime[0]).phase,
    profile: profileOf(facts, speaker),
    firstAt: moments[0]?.at ?? null,
    lastAt: moments.at(-1)?.at ?? null,
    count: Math.max(1, new Set(moments.map(({ id }) => id)).size),
    asked: accused?.cookie?.asked ?? null,
    granted: accused?.cookie?.granted ?? null,
    stated: speaker.stated ?? null,
    messageId: speaker.messageId,
    arguments: speaker.arguments,
    message: say(speaker.messageId, speaker.arguments),
    observations: [...cited].sort(([, a], [, b]) => a - b).map(([id]) => id),
    fingerprint,
    suppressed: null,
  };
}

function gravity({ outcome }: Accusation): number {
  return outcome === 'fail' ? 0 : 1;
}

function inOrder(a: Draft, b: Draft): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    byText(a.rule, b.rule) ||
    (a.profile ?? 0) - (b.profile ?? 0) ||
    byText(a.host, b.host) ||
    byText(a.name, b.name) ||
    byText(a.kind, b.kind) ||
    byText(a.party, b.party)
  );
}

/** By UTF-16 code units, the same on every machine; null first. */
function byText(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}
