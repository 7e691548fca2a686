/** Whether a request reports something by its very make, whatever it carries. */
import type { KnownRecipient } from '../../catalogue/catalogue.ts';

/** A beacon, a WebSocket, a POST, or a path that the catalogue knows as one that reports a visit; not what only asks whether it may. */
export function isHit(mechanism: string, method: string, known: KnownRecipient | null): boolean {
  return method !== 'OPTIONS' && (mechanism === 'beacon' || mechanism === 'websocket' || method === 'POST' || Boolean(known?.hit));
}
