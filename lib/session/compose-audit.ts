/** From evidence and policy to the audit: the same for popup, panel and command line. */
import { catalogue } from '../catalogue/index.ts';
import { consentTimeline } from '../judge/consent/timeline.ts';
import { countFindings, judge } from '../judge/engine.ts';
import { rules } from '../judge/rules/index.ts';
import { factsOf } from '../judge/facts/index.ts';
import { servicesMet } from '../judge/services.ts';
import { verdict } from '../judge/verdict.ts';
import type { Audit, Conditions, Tool } from '../model/audit.ts';
import type { Evidence } from '../model/evidence.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { normalisePolicy } from '../policy/normalise.ts';
import type { Policy } from '../policy/policy.ts';
import { chainOf, digestOf } from '../tell/integrity.ts';
import { messageText } from '../tell/message.ts';

export interface AuditInput {
  evidence: Evidence;
  policy: PolicyDocument;
  /** Hosts that stand in for the policy's sites. */
  sites: string[];
  tool: Tool;
  conditions: Conditions;
  /** The scenario as it was read, or null when a person browsed. */
  scenario: unknown;
  complete: boolean;
  /** ISO 8601 UTC with milliseconds; the "now" of the judgement. */
  endedAt: string;
  startedAt?: string;
}

const NO_HASH = `sha256:${'0'.repeat(64)}`;

function consentAndFacts(evidence: Evidence, policy: Policy) {
  const consent = consentTimeline({ ...evidence, policy });
  return { consent, facts: factsOf(evidence, policy, catalogue, consent) };
}

const GRAVE = rules.filter(({ meta }) => meta.levels.includes('error'));

/**
 * How many errors an audit would have, without putting it together: for what is told again and again while a page is at work. Rules
 * that give no errors are not asked, and nothing is put into words.
 */
export function countErrors(evidence: Evidence, policy: Policy): number {
  const { facts } = consentAndFacts(evidence, policy);
  return countFindings(facts, 'error', GRAVE);
}

/** Judges the evidence and puts the audit together. Pure: the same input gives the same audit, byte for byte. */
export function composeAudit(input: AuditInput): Audit {
  const { evidence } = input;
  const policy = normalisePolicy(input.policy, { sites: input.sites });
  const { consent, facts } = consentAndFacts(evidence, policy);
  const findings = judge(facts, { say: messageText });
  const counted = (level: string): number => findings.filter((finding) => finding.level === level && finding.suppressed === null).length;
  const { observations } = facts;
  const audit: Audit = {
    format: 'consent-audit/1',
    complete: input.complete,
    tool: input.tool,
    conditions: input.conditions,
    policy: { id: input.policy.id, version: input.policy.version, sha256: policy.sha256, document: input.policy },
    site: {
      host: hostOfFirst(evidence) || input.sites[0] || policy.canonicalHost,
      pages: evidence.visits.map(({ url, startedAt }) => ({ url, at: startedAt })),
    },
    run: {
      startedAt: input.startedAt ?? evidence.visits[0]?.startedAt ?? input.endedAt,
      endedAt: input.endedAt,
      scenario: input.scenario,
      visits: evidence.visits,
    },
    consent,
    observations,
    findings,
    services: servicesMet(facts),
    gaps: evidence.gaps,
    history: [],
    summary: {
      verdict: verdict(findings, evidence.gaps, evidence.lost),
      errors: counted('error'),
      warnings: counted('warning'),
      notes: counted('note'),
      observations: observations.length,
      lost: evidence.lost,
    },
    integrity: { chain: chainOf(observations), digest: NO_HASH, publicKey: null, signature: null },
  };
  audit.integrity.digest = digestOf(audit);
  return audit;
}

/** The site as it was visited first; '' before any visit. */
function hostOfFirst({ visits }: Evidence): string {
  const first = visits[0];
  return first ? new URL(first.url).hostname.replace(/^\[|\]$/g, '') : '';
}
