import { json, ownFile } from '../exchange.ts';
import type { Host } from '../exchange.ts';

/** analytics.tiktok.com: the pixel's script and the endpoint of its events. */
export const tiktok: Host = ({ url }) => {
  if (url.pathname === '/i18n/pixel/events.js') return ownFile('tiktok/events.js');
  return url.pathname === '/api/v2/pixel' ? json({ code: 0, message: 'OK' }) : null;
};
