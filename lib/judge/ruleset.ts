/** The version of the rules: changes whenever the same evidence could be judged differently. */
export const RULESET = '6';
