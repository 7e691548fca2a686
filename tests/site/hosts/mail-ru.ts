import { ownFile, pixel } from '../exchange.ts';
import type { Host } from '../exchange.ts';

/** top-fwz1.mail.ru: the counter of Top.Mail.ru and VK Ads. */
export const mailRu: Host = ({ url }) => {
  if (url.pathname === '/js/code.js') return ownFile('mail-ru/code.js');
  return url.pathname === '/tracker' || url.pathname === '/counter' ? pixel() : null;
};
