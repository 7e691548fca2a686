/** Which clauses a finding cites. */
import type { Policy } from '../../policy/policy.ts';

/** The policy's own words about the thing where it has any, else the clauses that the rule stands for. */
export function cite(own: string[], ofRule: string[]): string[] {
  return own.length > 0 ? own : ofRule;
}

/** The clauses about categories that the rules cite by the numbers of send-box.com's policy, where nothing else says better. */
const ABOUT_CATEGORIES = new Set(['2', '2.2', '2.3', '2.4']);

/**
 * The same clauses in a policy that numbers its own: where it has none of the cited ones, those about its categories that need consent
 * stand in for send-box.com's. Clauses that a policy gives no number for (withdrawal, security) keep the rule's own reference.
 */
export function inPolicysNumbers(policy: Policy, clauses: string[]): string[] {
  const { document } = policy;
  const own = new Set([
    ...Object.keys(document.clauses ?? {}),
    ...[...document.categories, ...(document.services ?? []), ...(document.keys ?? [])].flatMap(({ clause }) => clause ?? []),
    ...[...document.categories, ...(document.services ?? [])].flatMap(({ retentionClause }) => retentionClause ?? []),
  ]);
  if (own.size === 0 || clauses.some((clause) => own.has(clause))) return clauses;
  const ofCategories = policy.consentCategories.flatMap((id) => policy.category(id)?.clause ?? []);
  if (ofCategories.length === 0 || !clauses.some((clause) => ABOUT_CATEGORIES.has(clause))) return clauses;
  return [...new Set([...ofCategories, ...clauses.filter((clause) => !ABOUT_CATEGORIES.has(clause))])];
}
