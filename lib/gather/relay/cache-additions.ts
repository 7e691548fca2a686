/** What a cache adds it asks a server for: one call of the page is told as a write and as a request. */
import type { PageClaim } from '../channel.ts';

const ADDITION = '{"type":"store","kind":"cacheStorage","action":"set","operation":"add';

/**
 * @param claim the JSON text of a claim
 * @returns that of the request, where it tells of `add` or `addAll`
 */
export function requestsIn(claim: string): string[] {
  if (!claim.startsWith(ADDITION)) return [];
  const { key, time, stack } = JSON.parse(claim) as Extract<PageClaim, { type: 'store' }>;
  if (key === null) return [];
  return [JSON.stringify({ type: 'send', mechanism: 'fetch', url: key, method: 'GET', time, stack } satisfies PageClaim)];
}
