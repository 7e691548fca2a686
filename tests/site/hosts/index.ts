import type { Host } from '../exchange.ts';
import { bolashaq } from './bolashaq.ts';
import { googleAnalytics, googleTagManager } from './google.ts';
import { googleFonts } from './google-fonts.ts';
import { jsdelivr } from './jsdelivr.ts';
import { mailRu } from './mail-ru.ts';
import { meta } from './meta.ts';
import { metrica } from './metrica.ts';
import { mixpanel } from './mixpanel.ts';
import { posthog } from './posthog.ts';
import { sendBox } from './send-box.ts';
import { sendBoxStatic } from './send-box-static.ts';
import { tiktok } from './tiktok.ts';

const hosts: Record<string, Host> = {
  'send-box.com': sendBox,
  'static.send-box.com': sendBoxStatic,
  'mc.yandex.ru': metrica,
  'www.googletagmanager.com': googleTagManager,
  'www.google-analytics.com': googleAnalytics,
  'region1.google-analytics.com': googleAnalytics,
  'eu.i.posthog.com': posthog,
  'eu-assets.i.posthog.com': posthog,
  'cdn.mxpnl.com': mixpanel,
  'api-js.mixpanel.com': mixpanel,
  'connect.facebook.net': meta,
  'www.facebook.com': meta,
  'analytics.tiktok.com': tiktok,
  'top-fwz1.mail.ru': mailRu,
  'cdn.jsdelivr.net': jsdelivr,
  'fonts.googleapis.com': googleFonts,
  'stats.bolashaq-metrics.kz': bolashaq,
  'pixel.bolashaq-metrics.kz': bolashaq,
};

/** Every host name that the demo site plays. */
export const HOST_NAMES: readonly string[] = Object.keys(hosts);

/** Who plays this host name, or null where nobody does. A stand-in name of this machine plays send-box.com. */
export function hostOf(name: string): Host | null {
  if (name === 'localhost' || name === '127.0.0.1') return sendBox;
  return Object.hasOwn(hosts, name) ? (hosts[name] ?? null) : null;
}
