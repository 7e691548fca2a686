import { randomBytes, randomInt } from 'node:crypto';
import { json, ownFile, pixel, redirect } from '../exchange.ts';
import type { Host, Question } from '../exchange.ts';

const YEAR = 365 * 86400;
const domain = 'Domain=.yandex.ru; Path=/; SameSite=None; Secure';

/** The third-party cookies of a first answer, with the names and lifetimes that Yandex gives them. */
function visitorCookies(cookies: Question['cookies']): string[] {
  if (cookies.has('yandexuid')) return [];
  const seconds = Math.floor(Date.now() / 1000);
  return [
    `yandexuid=${randomInt(1000000, 999999999)}${seconds}; Max-Age=${YEAR}; ${domain}`,
    `i=${randomBytes(48).toString('base64url')}; Max-Age=${2 * YEAR}; HttpOnly; ${domain}`,
    `_yasc=${randomBytes(24).toString('base64url')}; Max-Age=${10 * YEAR}; ${domain}`,
  ];
}

/**
 * mc.yandex.ru: the counter's script, its hits, click map and recording. In the breaking form a first hit is answered with
 * third-party cookies and a redirect to the same path with `/1`, as the real one does; in the clean form with neither.
 */
export const metrica: Host = ({ form, url, cookies }) => {
  if (url.pathname === '/metrika/tag.js') return ownFile('yandex/tag.js');
  const [, resource, counter, second] = url.pathname.split('/');
  if (!counter || !/^\d+$/.test(counter)) return null;
  const setCookies = form === 'breaking' ? visitorCookies(cookies) : [];
  if (resource === 'watch' && url.searchParams.get('wmode') === '7') {
    if (setCookies.length > 0 && second !== '1') return redirect(`/watch/${counter}/1${url.search}`, setCookies);
    return json({ settings: { pcs: '0', eu: 0, webvisor: { recp: '1' }, c_recp: '1' }, userData: {} }, setCookies);
  }
  if (resource === 'watch' || resource === 'clmap' || resource === 'webvisor') return pixel(setCookies);
  return null;
};
