import { randomBytes } from 'node:crypto';
import { ownFile, pixel } from '../exchange.ts';
import type { Host } from '../exchange.ts';

const NINETY_DAYS = 90 * 86400;

/** connect.facebook.net and www.facebook.com: the pixel's script and the image that it calls, which sets `fr`. */
export const meta: Host = ({ url, cookies }) => {
  if (url.hostname === 'connect.facebook.net' && url.pathname === '/en_US/fbevents.js') return ownFile('meta/fbevents.js');
  if (url.hostname !== 'www.facebook.com' || url.pathname !== '/tr/') return null;
  const value = cookies.get('fr') ?? randomBytes(18).toString('base64url');
  return pixel([`fr=${value}; Max-Age=${NINETY_DAYS}; Domain=.facebook.com; Path=/; Secure; HttpOnly; SameSite=None`]);
};
