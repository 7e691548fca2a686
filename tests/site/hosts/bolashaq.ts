import { randomUUID } from 'node:crypto';
import { json, ownFile, pixel } from '../exchange.ts';
import type { Host } from '../exchange.ts';

/** bolashaq-metrics.kz: an invented counter that no policy declares and no list knows, with a third-party cookie of its own. */
export const bolashaq: Host = ({ url, cookies }) => {
  if (url.hostname === 'pixel.bolashaq-metrics.kz') return url.pathname === '/p.gif' ? pixel() : null;
  if (url.pathname === '/bq.js') return ownFile('bolashaq/bq.js');
  if (url.pathname !== '/v1/collect') return null;
  const session = cookies.get('bq_tp') ?? randomUUID();
  return json({ ok: true }, [`bq_tp=${session}; Max-Age=${180 * 86400}; Path=/; Secure; SameSite=None`]);
};
