/** Which clauses a finding cites. */

/** The policy's own words about the thing where it has any, else the clauses that the rule stands for. */
export function cite(own: string[], ofRule: string[]): string[] {
  return own.length > 0 ? own : ofRule;
}
