/** The redirects that follow a request. */
import type { Hop } from './requests.ts';

/** @returns what gives a hop and all that came of it, in order */
export function chainLookup(hops: Hop[]): (begin: Hop) => Hop[] {
  const after = new Map(hops.flatMap((hop) => (hop.before ? [[hop.before, hop]] : [])));
  return (begin) => {
    const chain = [begin];
    for (let hop = after.get(begin); hop; hop = after.get(hop)) chain.push(hop);
    return chain;
  };
}
